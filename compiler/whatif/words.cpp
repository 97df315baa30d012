#include "compiler/whatif/words.h"

#include <fmt/format.h>

namespace xize::whatif {
namespace {

using results::ExplanationStyle;

bool chinese(const ExplanationStyle& style) {
  return style.language == results::Language::Chinese;
}

// `≈-2` stays as it is; what is above 0 gets its sign behind `≈`.
std::string with_sign(std::string text, bool above) {
  if (!above) return text;
  constexpr std::string_view kAbout = "≈";
  text.insert(text.starts_with(kAbout) ? kAbout.size() : 0, "+");
  return text;
}

}  // namespace

results::Mark towards_total(const results::NodeExplanation& node) {
  results::Mark mark = node.score;
  const bool penalty = node.kind == program::NodeKind::PenaltyItem ||
                       node.kind == program::NodeKind::PenaltyBlock;
  if (penalty) mark.value = -mark.value;
  return mark;
}

std::string signed_number(const value::Rational& number, const ExplanationStyle& style) {
  return with_sign(results::print_number(number, style), number.sign() > 0);
}

std::string signed_datum(const results::Datum& datum, const ExplanationStyle& style) {
  return with_sign(results::print_datum(datum, style), datum.number.sign() > 0);
}

std::string bracketed(const std::string& text, const ExplanationStyle& style) {
  return chinese(style) ? "（" + text + "）" : " (" + text + ")";
}

std::string places_moved(std::int64_t before, std::int64_t after, const ExplanationStyle& style) {
  if (before == after) return chinese(style) ? "不变" : "the same";
  const bool up = after < before;
  const char* word = chinese(style) ? (up ? "升 {} 名" : "降 {} 名") : (up ? "up {}" : "down {}");
  return fmt::format(fmt::runtime(word), up ? before - after : after - before);
}

}  // namespace xize::whatif
