// What the new version does to the units, as people read it.
#include <string_view>

#include "compiler/versions/report.h"

namespace xize::versions {
namespace {

using results::Mark;
using results::MarkState;
using value::Rational;

// Decimals shown; a longer number is marked as near.
constexpr int kPlaces = 2;

class EffectWriter {
 public:
  EffectWriter(const Comparison& comparison, Language language)
      : c_(comparison), language_(language), zh_(language == Language::Chinese) {}

  [[nodiscard]] ReportPart part(const RubricEffect& effect) const {
    ReportPart part;
    part.heading = std::string(say("who gains and loses: ", "各单位的得失：")) +
                   names_text(c_, {effect.old_rubric}, {effect.new_rubric});
    part.table = table(effect);
    for (const UnitEffect& unit : effect.units) {
      if (unit.difference && !unit.items.empty()) part.entries.push_back(entry(unit));
    }
    return part;
  }

 private:
  [[nodiscard]] const char* say(const char* english, const char* chinese) const {
    return zh_ ? chinese : english;
  }
  [[nodiscard]] std::string text(const Mark& mark) const {
    if (mark.state == MarkState::Absent) return say("none", "无此项");
    return results::print_mark(mark, language_, kPlaces);
  }
  // `+3`, `-3`, `≈+3.33`.
  [[nodiscard]] static std::string change_text(const Rational& number) {
    const std::string size = results::print_number(value::abs(number), kPlaces);
    const std::string sign = number.sign() > 0 ? "+" : number.sign() < 0 ? "-" : "";
    constexpr std::string_view kNear = "≈";
    if (!size.starts_with(kNear)) return sign + size;
    return std::string(kNear) + sign + size.substr(kNear.size());
  }
  [[nodiscard]] static std::string name_of(const UnitEffect& unit) {
    return unit.period.empty() ? unit.unit : unit.unit + " " + unit.period;
  }

  [[nodiscard]] ReportTable table(const RubricEffect& effect) const {
    ReportTable table;
    const auto column = [&](const char* english, const char* chinese, results::Align align) {
      table.columns.push_back({say(english, chinese), align});
    };
    column("unit", "单位", results::Align::Left);
    column("old", "旧版", results::Align::Right);
    column("new", "新版", results::Align::Right);
    column("change", "增减", results::Align::Right);
    column("rank", "名次", results::Align::Right);
    if (effect.has_grades) column("grade", "等次", results::Align::Left);
    for (const UnitEffect& unit : effect.units) {
      std::vector<std::string> row = {name_of(unit), text(unit.before), text(unit.after),
                                      unit.difference ? change_text(*unit.difference) : "?",
                                      arrow(rank(unit.rank_before), rank(unit.rank_after))};
      if (effect.has_grades)
        row.push_back(arrow(grade(unit.grade_before), grade(unit.grade_after)));
      table.rows.push_back(std::move(row));
    }
    add_remarks(effect, table);
    return table;
  }

  [[nodiscard]] static std::string rank(const std::optional<std::int64_t>& place) {
    return place ? std::to_string(*place) : "–";
  }

  [[nodiscard]] static std::string grade(const std::string& label) {
    return label.empty() ? "–" : label;
  }

  void add_remarks(const RubricEffect& effect, ReportTable& table) const {
    if (effect.unchanged > 0) {
      const std::string number = std::to_string(effect.unchanged);
      table.remarks.push_back(zh_ ? "得分、名次、等次都不变的：" + number + " 家"
                                  : "score, rank and grade unchanged: " + number);
    }
    const auto list = [&](const char* label, const std::vector<std::string>& units) {
      if (units.empty()) return;
      std::string line = label;
      for (std::size_t i = 0; i < units.size(); ++i)
        line += (i > 0 ? say(", ", "、") : "") + units[i];
      table.remarks.push_back(std::move(line));
    };
    list(say("scored by the old version only: ", "只有旧版计分的："), effect.only_before);
    list(say("scored by the new version only: ", "只有新版计分的："), effect.only_after);
    if (effect.only_before.empty() || effect.only_after.empty()) return;
    table.remarks.emplace_back(
        say("one unit under two names is compared where a version says `alias OLD = NEW`",
            "同一单位改了名称的，写明 `简称 旧名 = 新名` 即可对应"));
  }

  [[nodiscard]] ReportEntry entry(const UnitEffect& unit) const {
    ReportEntry entry;
    entry.head = name_of(unit) + say(": ", "：") + text(unit.before) + " → " + text(unit.after);
    if (unit.difference)
      entry.head += say(" (", "（") + change_text(*unit.difference) + say(")", "）");
    for (const ItemEffect& item : unit.items) {
      entry.lines.push_back({LineKind::Plain, 0,
                             (item.difference ? change_text(*item.difference) : "?") + "  " +
                                 names_text(c_, item.olds, item.news) + say(": ", "：") +
                                 marks(item)});
    }
    if (!unit.rest.is_zero()) {
      entry.lines.push_back(
          {LineKind::Plain, 0,
           change_text(unit.rest) + "  " +
               say("the rest: weights, caps, limits, rounding", "其余：权重、上限、下限或取整")});
    }
    return entry;
  }

  [[nodiscard]] std::string marks(const ItemEffect& item) const {
    if (item.olds.empty()) return std::string(say("new, ", "新增，")) + text(item.after);
    if (item.news.empty()) return std::string(say("gone, was ", "删除，原 ")) + text(item.before);
    return text(item.before) + " → " + text(item.after);
  }

  const Comparison& c_;
  Language language_;
  bool zh_;
};

}  // namespace

void add_effect(const Comparison& comparison, const Effect& effect, Language language,
                Report& report) {
  const EffectWriter writer(comparison, language);
  auto place = report.parts.begin();
  for (const RubricEffect& rubric : effect.rubrics) {
    place = report.parts.insert(place, writer.part(rubric)) + 1;
  }
}

}  // namespace xize::versions
