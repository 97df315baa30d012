#include "runtime/io/record_rows.h"

#include <utility>
#include <variant>

#include "runtime/io/cell_text.h"

namespace xize::io {
namespace {

using table::kNoColumn;
using table::kNoPeriod;

}  // namespace

RecordRows::RecordRows(const std::string& file, const CsvContext& context,
                       const RecordTarget& target)
    : context_(context), target_(target), keys_(file, context) {}

void RecordRows::take(const TypedRow& row) {
  if (row.unit.empty()) return;
  const auto unit = find_unit(row);
  const bool doubled = keys_.check(row);
  if (!unit) return;
  if (is_late(row)) {
    ++late_rows_;
    return;
  }
  const auto found = find_period(row, *unit);
  if (const auto* lost = std::get_if<Lost>(&found)) {
    if (*lost == Lost::Unknown) report_period(row);
    // It may belong to any period; that the unit lacks a row for its period was said before.
    if (*lost != Lost::UnitAbsent) target_.units.mark_faulty(*unit, kNoPeriod);
    return;
  }
  const auto period = std::get<std::uint32_t>(found);
  if (row.faulty || doubled) target_.units.mark_faulty(*unit, period);
  if (target_.sink != nullptr) {
    target_.sink->add({*unit, period, target_.first_line + row.line, row.cells});
  }
}

std::optional<std::uint32_t> RecordRows::find_unit(const TypedRow& row) {
  const auto unit = target_.units.find_unit(row.unit);
  // In a ragged row the cell may be another column's, and the row has been reported.
  if (unit || row.ragged || !target_.units_complete) return unit;
  auto problem = keys_.problem(ProblemKind::UnknownUnit, row);
  problem.column = context_.table.unit_column;
  problem.column_name = context_.table.columns[problem.column].name;
  problem.text = shorten(row.unit);
  problem.nearest = context_.names.nearest(row.unit);
  context_.problems.add(std::move(problem));
  return std::nullopt;
}

bool RecordRows::is_late(const TypedRow& row) const {
  const table::TableSchema& table = context_.table;
  if (!table.cutoff || table.cutoff_column == kNoColumn) return false;
  const value::Value& when = row.cells[table.cutoff_column];
  if (const auto* date = std::get_if<value::Date>(&when)) return *date > *table.cutoff;
  const auto* month = std::get_if<value::Month>(&when);
  return month != nullptr && *month > value::month_of(*table.cutoff);
}

std::optional<std::uint32_t> period_of(value::Value cell, const table::TableSchema& unit_schema,
                                       const table::UnitTable& units) {
  const auto& period = unit_schema.columns[unit_schema.period_column];
  if (period.type == table::ColumnType::Month) {
    if (const auto* date = std::get_if<value::Date>(&cell)) cell = value::month_of(*date);
    if (const auto* month = std::get_if<value::Month>(&cell)) {
      cell = table::period_start(*month, period.months_each);
    }
  }
  return units.find_period(cell);
}

std::variant<std::uint32_t, RecordRows::Lost> RecordRows::find_period(const TypedRow& row,
                                                                      std::uint32_t unit) const {
  const std::uint32_t column = context_.table.period_column;
  if (target_.unit_schema.period_column == kNoColumn) return 0u;
  if (column == kNoColumn) return target_.period;
  const value::Value& cell = row.cells[column];
  if (std::holds_alternative<value::Fault>(cell)) return Lost::Unreadable;
  const auto period = period_of(cell, target_.unit_schema, target_.units);
  if (!period) return Lost::Unknown;
  if (!target_.units.find_row(unit, *period)) return Lost::UnitAbsent;
  return *period;
}

void RecordRows::report_period(const TypedRow& row) {
  const std::uint32_t column = context_.table.period_column;
  auto problem = keys_.problem(ProblemKind::UnknownPeriod, row);
  problem.column = column;
  problem.column_name = context_.table.columns[column].name;
  problem.text = cell_text(row.cells[column], context_.pool);
  context_.problems.add(std::move(problem));
}

}  // namespace xize::io
