#include "tests/proofs/hundred_policy.h"

#include <array>
#include <random>

#include <fmt/format.h>

namespace xize::proofs {
namespace {

// Items of one section, all on the inputs of that section.
class Section {
 public:
  Section(int number, std::mt19937_64& random) : random_(random), n_(number) {}

  [[nodiscard]] std::string columns() const {
    return fmt::format(
        "  M{0} : count of matter >= 1\n"
        "  A{0}, B{0}, C{0} : count of matter\n"
        "  partition A{0} + B{0} + C{0} <= M{0}\n"
        "  late{0}, lost{0} : count of mistake\n"
        "  share{0}, rate{0} : ratio in [0, 1]\n"
        "  told{0}, failed{0}, spared{0} : bool\n"
        "  kind{0} : choice {{ large; middle; small }}\n",
        n_);
  }

  [[nodiscard]] std::string records() const {
    return fmt::format(
        "records cases{0} {{ department : unit; late : bool; days : days; "
        "score : points in [0, 10] }}\n",
        n_);
  }

  // Ten items, each of another kind, with numbers of its own.
  [[nodiscard]] std::string items() {
    std::string text;
    for (int i = 0; i < 10; ++i) {
      text += fmt::format("    item i{}_{} points 10 {{ {} }}\n", n_, i, clauses(i));
    }
    return text;
  }

  [[nodiscard]] std::string properties() const {
    return fmt::format(
        "property \"more done {0}\" {{ i{0}_0 increases with A{0} }}\n"
        "property \"better {0}\" {{ i{0}_2 increases with share{0} }}\n"
        "property \"more mistakes {0}\" {{ i{0}_3 decreases with late{0} }}\n"
        "property \"parts {0}\" {{ (A{0} + B{0}) / M{0} <= 1 }}\n",
        n_);
  }

 private:
  int up_to(int least, int most) {
    return least + static_cast<int>(random_() % static_cast<std::uint64_t>(most - least + 1));
  }

  std::string clauses(int kind) {
    const int low = up_to(40, 60);
    const int high = up_to(70, 90);
    const int few = up_to(2, 6);
    switch (kind) {
      case 0:
        return fmt::format(
            "tier A{0} / M{0} {{ < {1}% => 0; [{1}%, {2}%) => {3}; >= {2}% => full }}", n_, low,
            high, few);
      case 1:
        return fmt::format(
            "ordered {{ zero when failed{0}; full when told{0} }}; ratio B{0} / M{0}", n_);
      case 2:
        return fmt::format("linear share{0} {{ {1}% => 0; {2}% => {3}; 100% => full }}", n_, low,
                           high, few + 2);
      case 3:
        return fmt::format("deduct 0.{1} per late{0}; deduct 1 per lost{0} max {1}", n_, few);
      case 4: return fmt::format("award (A{0} + 0.5 * B{0}) / M{0} * 10 points", n_);
      case 5: return fmt::format("deduct 1 per cases{0} where late max {1}", n_, few);
      case 6:
        return fmt::format(
            "not applicable when spared{0}; tier rate{0} {{ < {1}% => 0; [{1}%, {2}%) => {3}; "
            ">= {2}% => full }}",
            n_, low, high, few);
      case 7:
        return fmt::format("base {1}; award 1 per {2} A{0} every started max {3}; "
                           "deduct sum(cases{0}.score where late) / {2}",
                           n_, few, up_to(3, 9), 10 - few);
      case 8:
        return fmt::format("award case kind{0} {{ large => 10 * rate{0}; middle => 8 * share{0}; "
                           "small => {1} * rate{0} * share{0} }} * 1 points",
                           n_, few);
      default:
        return fmt::format("base 10; deduct (1 - share{0}) * 10 points when told{0}; "
                           "deduct {1} when count(cases{0} where days > {2}) > {1}",
                           n_, few, low);
    }
  }

  std::mt19937_64& random_;
  int n_;
};

}  // namespace

std::string policy_of_sections(int sections, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string columns, records, rubric, properties;
  for (int n = 1; n <= sections; ++n) {
    Section section(n, random);
    columns += section.columns();
    records += section.records();
    rubric += fmt::format("  section part{} points 100 {{\n{}  }}\n", n, section.items());
    properties += section.properties();
  }
  return fmt::format(
      "policy hundred {{ period yearly }}\n"
      "table departments {{\n  name : unit\n  complaint : bool\n{}}}\n{}"
      "rubric whole for all departments total {} {{\n{}"
      "  redistribute proportionally within rubric\n"
      "  veto when complaint\n  round 2 half up\n}}\n{}",
      columns, records, 100 * sections, rubric, properties);
}

}  // namespace xize::proofs
