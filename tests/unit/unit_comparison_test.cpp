#include <doctest/doctest.h>

#include <functional>
#include <limits>

#include "runtime/blockwise/blockwise.h"
#include "runtime/interpreter/interpreter.h"
#include "runtime/program/build.h"
#include "runtime/program/verify.h"
#include "tests/differential/same_outcome.h"

namespace xize::blockwise {
namespace {

using program::Opcode;
using program::OpId;
using value::Rational;
using value::Value;

constexpr std::int64_t kBig = std::numeric_limits<std::int64_t>::max();
// Three blocks, the last of them not full.
constexpr std::uint32_t kUnits = 2500;

// Comparisons of units with two numbers x and y, by the interpreter and in blocks.
class Comparisons {
 public:
  Comparisons() : build_(program_) {
    program_.schema.units.name = "units";
    program_.schema.units.is_unit_table = true;
    program_.schema.units.columns = {table::unit_column("name"), table::number_column("x"),
                                     table::number_column("y")};
    program_.schema.units.unit_column = 0;
  }

  void compare(Opcode code, std::uint32_t imm = 0) { watch(code, {yes(), x()}, imm); }
  void rank(std::uint32_t imm) { watch(Opcode::pop_rank, {yes(), x(), y()}, imm); }
  void take(std::int64_t places, program::Ties ties) {
    watch(Opcode::pop_take, {yes(), y(), build_.number(places), x()},
          static_cast<std::uint32_t>(ties));
  }
  void count() { watch(Opcode::pop_count, {yes(), y()}, 0); }

  // Of a unit its number gives x and y. How the comparisons were computed, if the outcome is one.
  Reason run(const std::function<std::pair<Value, Value>(std::int64_t)>& cells) {
    build_.finish();
    REQUIRE(program::verify(program_).empty());
    table::Table rows(3);
    std::vector<std::string> names;
    for (std::uint32_t unit = 0; unit < kUnits; ++unit) {
      names.push_back("U" + std::to_string(unit));
      auto [x, y] = cells(unit);
      const std::vector<Value> row = {value::Text{0}, std::move(x), std::move(y)};
      rows.add({unit, 0, unit + 2, row});
    }
    const table::UnitTable units(names, {value::Missing{}}, std::move(rows));
    engine::TableSource source({});
    const auto expected = interpreter::run(program_, units, source, {});
    const auto found = blockwise::run(program_, units, source, {});
    CHECK(differential::difference(program_, expected, found.outcome) == "");
    for (std::size_t i = 0; i < program_.stages.size(); ++i) {
      const bool compares = program_.stages[i].kind == program::StageKind::Population;
      if (compares) return found.stages[i].reason;
    }
    FAIL("nothing was compared");
    return Reason::NoRows;
  }

 private:
  OpId yes() { return build_.boolean(true); }
  OpId x() { return build_.unit_column(1, {}); }
  OpId y() { return build_.unit_column(2, {}); }
  void watch(Opcode code, std::vector<OpId> operands, std::uint32_t imm) {
    program_.watched.push_back(build_.op(code, std::move(operands), {}, imm));
  }

  program::Program program_;
  program::Builder build_;
};

void compare_all(Comparisons& all) {
  for (const Opcode code : {Opcode::pop_sum, Opcode::pop_average, Opcode::pop_min, Opcode::pop_max,
                            Opcode::pop_median, Opcode::pop_percentile, Opcode::pop_rank}) {
    all.compare(code);
  }
}

TEST_CASE("totals of units beyond 64 bits are exact") {
  Comparisons all;
  compare_all(all);
  CHECK(all.run([](std::int64_t n) {
          return std::pair(Value(Rational(n % 3 == 0 ? -kBig + n : kBig - n)), Value(Rational(0)));
        }) == Reason::None);
}

TEST_CASE("fractions without a common denominator are added up and put in order") {
  Comparisons all;
  compare_all(all);
  all.rank(program::kAscending);
  CHECK(all.run([](std::int64_t n) {
          return std::pair(Value(Rational(n * 7 % 300 - 100, 1 + n % 97)),
                           Value(Rational(1 + n % 5, kBig - n % 40)));
        }) == Reason::None);
}

TEST_CASE("places by several measures, however large they are") {
  Comparisons all;
  for (std::uint32_t how = 0; how < 4; ++how) all.rank(how);
  CHECK(all.run([](std::int64_t n) {
          return std::pair(Value(Rational(n % 11 == 0 ? -kBig : kBig / (1 + n % 7))),
                           Value(Rational(n % 2 == 0 ? kBig - n % 50 : n % 50 - kBig)));
        }) == Reason::None);
}

TEST_CASE("the best of each class, and units of no class") {
  Comparisons all;
  all.count();
  for (const auto ties : {program::Ties::Unstated, program::Ties::Share, program::Ties::Exclude}) {
    for (const std::int64_t places : {-1, 0, 1, 40, 5000}) all.take(places, ties);
  }
  CHECK(all.run([](std::int64_t n) {
          const Value of_class = n % 13 == 0 ? Value(value::NotApplicable{}) : Rational(n % 13, 7);
          return std::pair(n % 29 == 0 ? Value(value::Missing{}) : Rational(n % 120), of_class);
        }) == Reason::None);
}

TEST_CASE("a number beyond 64 bits leaves the comparison to the interpreter") {
  Comparisons all;
  compare_all(all);
  CHECK(all.run([](std::int64_t n) {
          return std::pair(Value(Rational(n) * Rational(kBig)), Value(Rational(0)));
        }) == Reason::LargeNumbers);
}

}  // namespace
}  // namespace xize::blockwise
