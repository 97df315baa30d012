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

std::string cell_text(const value::Value& v, const table::ColumnSchema& column,
                      const base::StringPool& pool) {
  const auto* month = std::get_if<value::Month>(&v);
  if (month == nullptr || column.months_each == 1) return cell_text(v, pool);
  const value::CivilDate day = value::to_civil(value::first_day(*month));
  const std::string year = std::to_string(day.year);
  if (column.months_each == 12) return year;
  const int part = (day.month - 1) / column.months_each + 1;
  return year + (column.months_each == 3 ? 'Q' : 'H') + std::to_string(part);
}

}  // namespace xize::io
