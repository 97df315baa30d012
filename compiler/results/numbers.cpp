#include "compiler/results/sheet.h"

namespace xize::results {
namespace {

const char* state_text(MarkState state, bool chinese) {
  switch (state) {
    case MarkState::Unscored: return chinese ? "不予评分" : "unscored";
    case MarkState::NotApplicable: return chinese ? "不涉及" : "n/a";
    case MarkState::Pending: return chinese ? "待评" : "pending";
    case MarkState::Faulty: return chinese ? "有误" : "error";
    case MarkState::Score: case MarkState::Absent: break;
  }
  return "";
}

}  // namespace

std::string print_number(const value::Rational& number, std::optional<int> places) {
  if (!places) return number.to_string();
  const value::Rational rounded = value::round(number, *places, value::Rounding::HalfUp);
  return (rounded == number ? "" : "≈") + rounded.to_string();
}

std::string print_mark(const Mark& mark, Language language, std::optional<int> places) {
  if (mark.state == MarkState::Score) return print_number(mark.value, places);
  return state_text(mark.state, language == Language::Chinese);
}

}  // namespace xize::results
