// Numbers with their units.
#include "compiler/format/expressions.h"

namespace xize::format {
namespace {

// The word after the number: 万元 and measure words as written, others by the table.
std::string_view unit_text(const Page& page, const ast::NumberLit& number) {
  if (!number.measure.empty() &&
      (number.unit == ast::UnitWord::Measure || number.unit == ast::UnitWord::Yuan)) {
    return number.measure == "元" ? page.words.unit(ast::UnitWord::Yuan, false)
                                  : std::string_view(number.measure);
  }
  return page.words.unit(number.unit, number.value == value::Rational(1));
}

}  // namespace

std::string number_text(const ast::NumberLit& number) {
  std::string text = number.spelling.empty() ? number.value.to_string() : number.spelling;
  if (!number.spelling.empty() || !number.percent) {
    if (number.percent && !text.ends_with('%')) text += '%';
    return text;
  }
  return (number.value * value::Rational(100)).to_string() + "%";
}

void print_literal(Page& page, const ast::NumberLit& number) {
  page.put(number_text(number));
  const auto unit = unit_text(page, number);
  if (!unit.empty()) page.put(" ", unit);
  if (number.per_unit == ast::UnitWord::Measure) return page.put("/", number.per_measure);
  if (number.per_unit != ast::UnitWord::None) {
    page.put("/", page.words.per_unit(number.per_unit));
  }
}

void print_counted(Page& page, ast::ExprId id, std::string_view word) {
  const auto* number = page.literal(id);
  const bool plain = number != nullptr && number->unit == ast::UnitWord::None && !number->percent;
  const bool usual =
      number != nullptr && number->unit == ast::UnitWord::Measure && number->measure == word;
  if (!plain && !usual) return page.put(Value{id, Binding::Term});
  page.put(number_text(*number));
  if (page.zh()) page.put(" ", word);
}

bool is_points_literal(const ast::NumberLit& number) {
  return !number.percent && number.per_unit == ast::UnitWord::None &&
         (number.unit == ast::UnitWord::None || number.unit == ast::UnitWord::Points);
}

void print_points(Page& page, ast::ExprId id, Binding binding, bool tight) {
  const auto* number = page.literal(id);
  if (number == nullptr || !is_points_literal(*number)) return page.put(Value{id, binding});
  page.put(number_text(*number));
  if (page.zh()) page.put(tight ? "" : " ", page.words.unit(ast::UnitWord::Points, false));
}

}  // namespace xize::format
