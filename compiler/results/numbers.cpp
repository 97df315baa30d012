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

constexpr int kShortPlaces = 4;  // of the short form

// The decimals do not end, so that the exact form is a fraction.
bool is_fraction(const std::string& exact) { return exact.find('/') != std::string::npos; }

std::string with_about(const std::string& exact, const std::string& about,
                       const ExplanationStyle& style) {
  if (!style.about) return exact;
  return style.language == Language::Chinese ? exact + "（" + about + "）"
                                             : exact + " (" + about + ")";
}

}  // namespace

std::string print_number(const value::Rational& number, const ExplanationStyle& style) {
  if (!style.exact) return print_number(number, kShortPlaces);
  const std::string exact = number.to_string();
  return is_fraction(exact) ? with_about(exact, print_number(number, kShortPlaces), style) : exact;
}

std::string print_percent(const value::Rational& ratio, const ExplanationStyle& style) {
  const value::Rational percent = ratio * value::Rational(100);
  const std::string about = print_number(percent, kShortPlaces) + "%";
  if (!style.exact) return about;
  const std::string exact = percent.to_string();
  return is_fraction(exact) ? with_about(ratio.to_string(), about, style) : exact + "%";
}

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
