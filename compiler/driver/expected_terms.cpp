// The words for what a column of data wants.
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "compiler/driver/report_data.h"

namespace xize::driver {
namespace {

using diagnostics::Term;
using table::ColumnType;
using table::NumberKind;

std::string text_of(const value::Value& v) {
  if (const auto* number = std::get_if<value::Rational>(&v)) return number->to_string();
  if (const auto* date = std::get_if<value::Date>(&v)) return value::to_string(*date);
  if (const auto* month = std::get_if<value::Month>(&v)) return value::to_string(*month);
  return {};
}

Term number_term(const table::NumberFormat& format) {
  switch (format.kind) {
    case NumberKind::Count: return {"a whole number, 0 or more", "不小于 0 的整数"};
    case NumberKind::Ratio: return {"a ratio, e.g. `85%` or `0.85`", "比率，例如 `85%` 或 `0.85`"};
    case NumberKind::Points: return {"a number of points", "分数"};
    case NumberKind::Money: return {"an amount of money", "金额"};
    case NumberKind::Plain:
    case NumberKind::Quantity: break;
  }
  if (format.integer_only) {
    return format.non_negative ? Term{"a whole number, 0 or more", "不小于 0 的整数"}
                               : Term{"a whole number", "整数"};
  }
  return format.non_negative ? Term{"a number, 0 or more", "不小于 0 的数"} : Term{"a number", "数"};
}

// One end of a range that is open on the other side.
Term one_end_term(const table::Bound& bound, bool low) {
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"less than", "小于"}, {"at most", "不大于"}, {"more than", "大于"}, {"at least", "不小于"}};
  const auto& words = kWords[(low ? 2 : 0) + (bound.closed ? 1 : 0)];
  const auto text = text_of(bound.value);
  return {fmt::format("a value {} {}", words.first, text),
          fmt::format("{} {} 的值", words.second, text)};
}

}  // namespace

Term expected_term(const table::ColumnSchema& column) {
  switch (column.type) {
    case ColumnType::Unit: return {"the name of a unit", "单位名称"};
    case ColumnType::Number: return number_term(column.number);
    case ColumnType::Bool: return {"yes or no, e.g. `1` or `0`", "`是` 或 `否`"};
    case ColumnType::Text: return {"text", "文字"};
    case ColumnType::Choice: return {"one of the declared choices", "已声明的选项"};
    case ColumnType::Date: return {"a date, e.g. `2023-11-30`", "日期，例如 `2023-11-30`"};
    case ColumnType::Month: break;
  }
  if (column.months_each == 3) {
    return {"a quarter, e.g. `2023Q4`", "季度，例如 `2023年第四季度`"};
  }
  if (column.months_each == 6) {
    return {"a half-year, e.g. `2023H2`", "半年，例如 `2023年下半年`"};
  }
  if (column.months_each == 12) return {"a year, e.g. `2023`", "年份，例如 `2023`"};
  return {"a month, e.g. `2023-11`", "月份，例如 `2023-11`"};
}

Term range_term(const table::Range& range) {
  if (range.low && range.high) {
    const auto text = fmt::format("{}{}, {}{}", range.low->closed ? '[' : '(',
                                  text_of(range.low->value), text_of(range.high->value),
                                  range.high->closed ? ']' : ')');
    return {fmt::format("a value in `{}`", text), fmt::format("`{}` 内的值", text)};
  }
  if (range.low) return one_end_term(*range.low, true);
  if (range.high) return one_end_term(*range.high, false);
  return {"any value", "任意值"};
}

}  // namespace xize::driver
