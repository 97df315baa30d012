#include "runtime/io/unit_rows.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <variant>

#include "runtime/io/cell_text.h"

namespace xize::io {
namespace {

using table::kNoColumn;
using table::kNoPeriod;

std::uint64_t pair_key(std::uint32_t unit, std::uint32_t period) {
  return (std::uint64_t{unit} << 32) | period;
}

bool is_bad(const value::Value& v) { return std::holds_alternative<value::Fault>(v); }

// The rank of a period among its like: numbers, dates and months by size, choices by label; texts
// all alike, so that a stable sort leaves them as they came.
bool comes_before(const value::Value& a, const value::Value& b, const table::ColumnSchema& column,
                  const base::StringPool& pool) {
  if (column.type == table::ColumnType::Choice) {
    const auto rank = [&](const value::Value& v) {
      const auto label = pool.text(std::get<value::Text>(v).id);
      return std::find(column.choices.begin(), column.choices.end(), label);
    };
    return rank(a) < rank(b);
  }
  if (const auto* x = std::get_if<value::Rational>(&a)) return *x < std::get<value::Rational>(b);
  if (const auto* x = std::get_if<value::Date>(&a)) return *x < std::get<value::Date>(b);
  if (const auto* x = std::get_if<value::Month>(&a)) return *x < std::get<value::Month>(b);
  return false;
}

bool is_period_value(const value::Value& v, const table::ColumnSchema& column) {
  switch (column.type) {
    case table::ColumnType::Number: return std::holds_alternative<value::Rational>(v);
    case table::ColumnType::Date: return std::holds_alternative<value::Date>(v);
    case table::ColumnType::Month: return std::holds_alternative<value::Month>(v);
    default: return std::holds_alternative<value::Text>(v);
  }
}

}  // namespace

UnitRows::UnitRows(const std::string& file, const CsvContext& context, UnitNames& names)
    : file_(file),
      context_(context),
      names_(names),
      keys_(file, context),
      rows_(context.table.columns.size()) {
  if (context.table.period_column == kNoColumn) periods_.push_back(value::Missing{});
}

void UnitRows::take(const TypedRow& row) {
  if (row.unit.empty()) return;
  const std::uint32_t unit = number_of_unit(row.unit);
  const auto period = number_of_period(row);
  if (!period) {
    faulty_.emplace_back(unit, kNoPeriod);
    return;
  }
  const auto [it, is_new] = first_lines_.emplace(pair_key(unit, *period), row.line);
  if (row.faulty || !is_new) faulty_.emplace_back(unit, *period);
  if (!is_new) {
    report_doubled(row, it->second);
    return;
  }
  if (keys_.check(row)) faulty_.emplace_back(unit, *period);
  rows_.add({unit, *period, row.line, row.cells});
}

std::uint32_t UnitRows::number_of_unit(std::string_view name) {
  const auto [it, is_new] =
      unit_numbers_.emplace(std::string(name), static_cast<std::uint32_t>(unit_names_.size()));
  if (is_new) {
    unit_names_.emplace_back(name);
    names_.add(name);
  }
  return it->second;
}

// Empty if the row's period cannot be known, which has been reported.
std::optional<std::uint32_t> UnitRows::number_of_period(const TypedRow& row) {
  const std::uint32_t column = context_.table.period_column;
  if (column == kNoColumn) return 0;
  const auto& cell = row.cells[column];
  if (!is_period_value(cell, context_.table.columns[column])) {
    if (!is_bad(cell)) {
      auto problem = keys_.problem(ProblemKind::UnknownPeriod, row);
      problem.column = column;
      problem.column_name = context_.table.columns[column].name;
      problem.text = cell_text(cell, context_.table.columns[column], context_.pool);
      context_.problems.add(std::move(problem));
    }
    return std::nullopt;
  }
  const auto it = std::find(periods_.begin(), periods_.end(), cell);
  if (it != periods_.end()) return static_cast<std::uint32_t>(it - periods_.begin());
  periods_.push_back(cell);
  return static_cast<std::uint32_t>(periods_.size() - 1);
}

void UnitRows::report_doubled(const TypedRow& row, std::uint64_t first_line) {
  auto problem = keys_.problem(ProblemKind::DoubledUnit, row);
  problem.column = context_.table.unit_column;
  problem.column_name = context_.table.columns[problem.column].name;
  if (const std::uint32_t period = context_.table.period_column; period != kNoColumn) {
    problem.text = cell_text(row.cells[period], context_.table.columns[period], context_.pool);
  }
  problem.other = first_line;
  context_.problems.add(std::move(problem));
}

table::UnitTable UnitRows::finish() {
  const auto order = period_order();
  std::vector<value::Value> periods;
  std::vector<std::uint32_t> number_of(order.size());
  for (const std::uint32_t old_number : order) {
    number_of[old_number] = static_cast<std::uint32_t>(periods.size());
    periods.push_back(periods_[old_number]);
  }
  rows_.renumber_periods(number_of);
  table::UnitTable units(std::move(unit_names_), std::move(periods), std::move(rows_));
  for (const auto& [unit, period] : faulty_) {
    units.mark_faulty(unit, period == kNoPeriod ? kNoPeriod : number_of[period]);
  }
  report_missing_periods(units);
  return units;
}

std::vector<std::uint32_t> UnitRows::period_order() const {
  std::vector<std::uint32_t> order(periods_.size());
  std::iota(order.begin(), order.end(), 0u);
  if (context_.table.period_column == kNoColumn) return order;
  const auto& column = context_.table.columns[context_.table.period_column];
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return comes_before(periods_[a], periods_[b], column, context_.pool);
  });
  return order;
}

// A unit whose period could not be read lacks nothing that has not been said.
void UnitRows::report_missing_periods(const table::UnitTable& units) {
  for (std::uint32_t unit = 0; unit < units.unit_count(); ++unit) {
    const bool unreadable =
        std::find(faulty_.begin(), faulty_.end(), std::pair{unit, kNoPeriod}) != faulty_.end();
    for (std::uint32_t period = 0; period < units.period_count(); ++period) {
      if (unreadable || units.find_row(unit, period)) continue;
      DataProblem problem{ProblemKind::MissingPeriod, Severity::Error, file_};
      problem.table = context_.table_number;
      problem.column = context_.table.period_column;
      problem.unit = units.unit_name(unit);
      problem.text = cell_text(units.period_value(period),
                               context_.table.columns[context_.table.period_column], context_.pool);
      context_.problems.add(std::move(problem));
    }
  }
}

}  // namespace xize::io
