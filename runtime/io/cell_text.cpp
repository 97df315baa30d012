#include "runtime/io/cell_text.h"

#include <variant>

namespace xize::io {

std::string cell_text(const value::Value& v, const base::StringPool& pool) {
  if (std::holds_alternative<value::NotApplicable>(v)) return "不涉及";
  if (const auto* number = std::get_if<value::Rational>(&v)) return number->to_string();
  if (const auto* truth = std::get_if<bool>(&v)) return *truth ? "是" : "否";
  if (const auto* text = std::get_if<value::Text>(&v)) return std::string(pool.text(text->id));
  if (const auto* date = std::get_if<value::Date>(&v)) return to_string(*date);
  if (const auto* month = std::get_if<value::Month>(&v)) return to_string(*month);
  return {};
}

}  // namespace xize::io
