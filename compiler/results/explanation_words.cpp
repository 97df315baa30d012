#include "compiler/results/explanation_words.h"

#include <fmt/format.h>

#include "compiler/sema/fault_names.h"

namespace xize::results {
namespace {

std::string number_text(const Datum& datum, const ExplanationStyle& style) {
  if (datum.percent) return print_percent(datum.number, style);
  std::string text = print_number(datum.number, style);
  const bool chinese = style.language == Language::Chinese;
  const std::string& measure = chinese ? datum.measure.chinese : datum.measure.english;
  return measure.empty() ? text : text + " " + measure;
}

std::string joined_texts(const std::vector<Written>& rows, const char* between) {
  std::string text;
  for (const Written& row : rows) text += (text.empty() ? "" : between) + row.text;
  return text;
}

}  // namespace

std::string print_datum(const Datum& datum, const ExplanationStyle& style) {
  const bool chinese = style.language == Language::Chinese;
  switch (datum.kind) {
    case DatumKind::Number: return number_text(datum, style);
    case DatumKind::Text: return datum.text.empty() ? "“”" : datum.text;
    case DatumKind::Bool: return datum.yes ? (chinese ? "是" : "yes") : (chinese ? "否" : "no");
    case DatumKind::Missing: return chinese ? "未填报" : "missing";
    case DatumKind::NotApplicable: return chinese ? "不涉及" : "n/a";
    case DatumKind::Pending: return chinese ? "待评" : "pending";
    case DatumKind::Fault: return std::string(sema::fault_words(datum.fault, chinese));
    case DatumKind::Unscored: return chinese ? "不予评分" : "unscored";
    case DatumKind::Absent: break;
  }
  return {};
}

std::string print_fault(const FaultNote& fault, Language language) {
  return ExplanationWords({language, false, false}).fault(fault);
}

std::string ExplanationWords::number(const value::Rational& number) const {
  return print_number(number, style_);
}

std::string ExplanationWords::mark(const Mark& mark) const {
  if (mark.state == MarkState::Score) return print_number(mark.value, style_);
  return print_mark(mark, style_.language, std::nullopt);
}

std::string ExplanationWords::reading(const Reading& reading) const {
  std::string value = datum(reading.value);
  if (!reading.fewer_than.empty()) {
    value += fmt::format(fmt::runtime(say(" (fewer than {}: deductions are scaled)",
                                          "（不足 {}，按比例扣分）")),
                         reading.fewer_than);
  }
  constexpr std::string_view kAbout = "≈";
  if (!value.starts_with(kAbout)) return reading.name + " = " + value;
  return reading.name + " ≈ " + value.substr(kAbout.size());
}

std::string ExplanationWords::report(const ReportNote& report) const {
  std::string from;
  for (const Reading& input : report.inputs) {
    // A cell that is reported as it stands says nothing twice.
    if (datum(input.value) == datum(report.result.value) && report.inputs.size() == 1) continue;
    from += (from.empty() ? say(" (", "（") : say(", ", "，")) + reading(input);
  }
  return reading(report.result) + (from.empty() ? "" : from + say(")", "）"));
}

std::string ExplanationWords::line(std::uint32_t line, const std::string& file) const {
  if (line == 0) return {};
  if (file.empty()) return fmt::format(fmt::runtime(say(" (line {})", "（第 {} 行）")), line);
  return fmt::format(fmt::runtime(say(" ({}, line {})", "（{} 第 {} 行）")), file, line);
}

std::string ExplanationWords::quoted(const std::string& text) const { return "“" + text + "”"; }

std::string ExplanationWords::at(const Written& written) const {
  return "`" + written.text + "`" + line(written.line, written.file);
}

std::string ExplanationWords::verdict(const Verdict& verdict) const {
  using program::DecisionKind;
  const char* what = "";
  switch (verdict.kind) {
    case DecisionKind::Zero: what = say("no points, by ", "不得分，依据 "); break;
    case DecisionKind::Full: what = say("full points, by ", "得满分，依据 "); break;
    case DecisionKind::Give: what = say("points given by ", "得分依据 "); break;
    case DecisionKind::Unscored: what = say("not scored, by ", "不予评分，依据 "); break;
    case DecisionKind::NotApplicable: what = say("not applicable, by ", "不涉及，依据 "); break;
    case DecisionKind::Veto: what = say("vetoed by ", "一票否决，依据 "); break;
  }
  return what + at(verdict.guard);
}

std::string ExplanationWords::not_applicable(const NotApplicableNote& note) const {
  std::string text = why_not_applicable(note);
  const bool lost = note.lost.state == MarkState::Score && note.lost.value.sign() > 0;
  if (lost) {
    text += fmt::format(fmt::runtime(say("; its {} points are not shared out", "；其 {} 分不分摊")),
                        mark(note.lost));
  }
  return text;
}

std::string ExplanationWords::why_not_applicable(const NotApplicableNote& note) const {
  switch (note.why) {
    case NotApplicableWhy::Group: {
      const std::string group = note.name.empty() ? note.place.text : note.name;
      return fmt::format(fmt::runtime(say("the unit is not in `{}`{}", "单位不属于 `{}`{}")), group,
                         line(note.place.line));
    }
    case NotApplicableWhy::Cell:
      return fmt::format(fmt::runtime(say("`{}` is reported as n/a", "`{}` 填报为不涉及")),
                         note.name);
    case NotApplicableWhy::Guard: return say("by ", "依据 ") + at(note.place);
    case NotApplicableWhy::Above:
      return fmt::format(fmt::runtime(say("as all of `{}`: `{}`{}", "同 `{}` 整体：`{}`{}")),
                         note.name, note.place.text, line(note.place.line));
    case NotApplicableWhy::Children: break;
  }
  return say("nothing in it applies", "其中各项均不涉及");
}

std::string ExplanationWords::fault(const FaultNote& fault) const {
  std::string text(sema::fault_words(fault.kind, chinese()));
  if (!fault.name.empty()) return text + say(": ", "：") + "`" + fault.name + "`";
  if (fault.place.present()) text += say(": ", "：") + at(fault.place);
  return text;
}

std::string ExplanationWords::open(const OpenNote& note) const {
  std::string text = say("not specified: ", "未明确：") + note.what.text;
  if (!note.accepted.empty()) text += say(", accepted by ", "，经确认 ") + quoted(note.accepted);
  return text + line(note.what.line, note.what.file);
}

// `扣分 每1项 …：3 项 → -6`
std::string ExplanationWords::clause(const ClauseStep& step) const {
  std::string text = at(step.clause);
  if (!step.measure.name.empty()) text += say(": ", "：") + reading(step.measure);
  if (!step.rows.empty()) text += say(", row `", "，适用 `") + joined_texts(step.rows, "`、`") + "`";
  if (!step.missed.empty())
    text += say(", not met `", "，未满足 `") + joined_texts(step.missed, "`、`") + "`";
  if (!step.active) return text + say(": its condition does not hold", "：条件不成立");
  return text + " → " + mark(step.amount);
}

std::string ExplanationWords::grade(const GradeNote& grade) const {
  if (grade.fault) return say("no grade: ", "等次未定：") + fault(*grade.fault);
  if (grade.grade.empty()) {
    std::string text = say("no grade", "无等次");
    for (std::size_t i = 0; i < grade.open.size(); ++i) {
      text += i == 0 ? say(", for ", "，因 ") : say(", ", "、");
      text += at(grade.open[i]);
    }
    return text;
  }
  std::string text = say("grade ", "等次 ") + grade.grade;
  if (grade.row.present()) text += say(", by ", "，依据 ") + at(grade.row);
  for (const auto& [rule, after] : grade.rules) {
    text += say("; then ", "；又依据 ") + at(rule) + " → " + after;
  }
  return text;
}

std::string ExplanationWords::taken(const std::string& selection,
                                    const RowSelectionSheet::Taken& taken) const {
  std::string text = say("selected for ", "入选 ") + selection + say(":", "：");
  if (chinese() && !taken.texts.empty()) text += taken.texts.front();
  for (std::size_t i = chinese() ? 1 : 0; i < taken.texts.size(); ++i) text += " " + taken.texts[i];
  std::string by = datum(taken.measure);
  if (!by.empty()) by += say(", ", "，");
  return text + fmt::format(fmt::runtime(say(" ({}line {} of the data)", "（{}数据第 {} 行）")), by,
                            taken.line);
}

std::string ExplanationWords::part(TotalPart part) const {
  switch (part) {
    case TotalPart::Sections: return say("sections", "各项得分");
    case TotalPart::Bonus: return say("+ bonus", "＋ 加分");
    case TotalPart::Penalty: return say("- penalty", "－ 扣分");
    case TotalPart::Together: return say("together", "合计");
    case TotalPart::Guard: return say("by the guard", "依判定");
    case TotalPart::Floor: return say("not below", "不低于");
    case TotalPart::Ceiling: return say("not above", "不高于");
    case TotalPart::Round: return say("rounded", "取舍后");
    case TotalPart::Total: return say("total", "总分");
    case TotalPart::Combined: return say("periods combined", "各期合并");
    case TotalPart::Converted: return say("converted", "折算");
  }
  return {};
}

}  // namespace xize::results
