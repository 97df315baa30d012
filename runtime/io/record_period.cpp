#include "runtime/io/record_period.h"

namespace xize::io {

using table::kNoColumn;

std::optional<std::uint32_t> fixed_period(const PeriodColumns& columns) {
  if (columns.units.period_column == kNoColumn) return 0u;
  if (columns.records_column == kNoColumn) return columns.of_file;
  return std::nullopt;
}

std::optional<std::uint32_t> period_of(const PeriodColumns& columns, const table::UnitTable& units,
                                       const value::Value& cell) {
  const auto& schema = columns.units.columns[columns.units.period_column];
  if (schema.type != table::ColumnType::Month) return units.find_period(cell);
  const auto* month = std::get_if<value::Month>(&cell);
  const auto* date = std::get_if<value::Date>(&cell);
  if (month == nullptr && date == nullptr) return units.find_period(cell);
  const value::Month in = date != nullptr ? value::month_of(*date) : *month;
  return units.find_period(table::period_start(in, schema.months_each));
}

bool is_after(const value::Value& when, value::Date day) {
  if (const auto* date = std::get_if<value::Date>(&when)) return *date > day;
  const auto* month = std::get_if<value::Month>(&when);
  return month != nullptr && *month > value::month_of(day);
}

}  // namespace xize::io
