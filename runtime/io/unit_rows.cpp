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
      rows_(context.table, columns_to_read(context.table)) {
  if (context.table.period_column == kNoColumn) periods_.push_back(value::Missing{});
}

void UnitRows::take(const TypedRow& row) {
  if (row.unit.empty()) return;
  const std::uint32_t unit = names_.add(row.unit);
  const std::uint32_t column = context_.table.period_column;
  const auto period = column == kNoColumn ? 0 : number_of_period(row.cells[column]);
  if (!period) {
    report_period(row);
    faulty_.emplace_back(unit, kNoPeriod);
    return;
  }
  const auto first_row = enter(unit, *period, rows_.row_count());
  if (row.faulty || first_row) faulty_.emplace_back(unit, *period);
  if (first_row) return report_doubled(row, *first_row);
  if (keys_.check(row)) faulty_.emplace_back(unit, *period);
  rows_.add({unit, *period, row.line, row.cells});
}

PlainRows* UnitRows::plain_rows(const FileForm& form) {
  plain_ = std::make_unique<PlainUnits>(form, context_);
  return plain_->possible() ? plain_.get() : nullptr;
}

void UnitRows::take_plain(PlainPiece& piece, std::uint64_t before_line) {
  while (piece.named_taken < piece.named.size()) {
    const auto& named = piece.named[piece.named_taken];
    const auto lines = std::span(named->rows.lines).first(named->rows.size);
    const auto end = std::lower_bound(lines.begin(), lines.end(), before_line) - lines.begin();
    take_rows(named, piece.named_rows_taken, static_cast<std::size_t>(end));
    piece.named_rows_taken = static_cast<std::size_t>(end);
    if (piece.named_rows_taken < lines.size()) return;
    ++piece.named_taken;
    piece.named_rows_taken = 0;
  }
}

void UnitRows::take_rows(const std::shared_ptr<NamedRows>& named, std::size_t begin,
                         std::size_t end) {
  columns::Block& rows = named->rows;
  names_.add_all(named->names, begin, end, rows.units.data() + begin);
  const std::shared_ptr<const columns::Block> shared(named, &rows);
  const std::uint32_t column = context_.table.period_column;
  if (column == kNoColumn && are_all_new(rows, begin, end)) {
    std::fill(rows.periods.begin(), rows.periods.end(), 0u);
    return rows_.add(shared, begin, end);
  }
  for (std::size_t r = begin; r < end; ++r) {
    // What is no period did not come this way.
    rows.periods[r] = column == kNoColumn ? 0 : *number_of_period(rows.columns[column].value(r));
    const auto first_row = enter(rows.units[r], rows.periods[r], rows_.row_count() + r - begin);
    if (!first_row) continue;
    rows_.add(shared, begin, r);
    begin = r + 1;
    faulty_.emplace_back(rows.units[r], rows.periods[r]);
    std::vector<value::Value> cells;
    const table::RowView row = rows.row_view(r, cells);
    report_doubled({row.line, names_.units()->name(row.unit), row.cells, {}}, *first_row);
  }
  rows_.add(shared, begin, end);
}

// Of rows in the one period there is: a unit that was there before takes no number.
bool UnitRows::are_all_new(const columns::Block& rows, std::size_t begin, std::size_t end) const {
  return begin == end || rows.units[end - 1] + 1 == rows_.row_count() + end - begin;
}

std::optional<std::uint32_t> UnitRows::enter(std::uint32_t unit, std::uint32_t period,
                                             std::size_t row) {
  if (context_.table.period_column == kNoColumn) {
    // Every unit has a row, so they have the same numbers.
    return unit < row ? std::optional(unit) : std::nullopt;
  }
  if (period >= first_rows_.size()) first_rows_.resize(period + 1);
  RowsOfUnits& rows = first_rows_[period];
  if (unit >= rows.size()) rows.resize(std::max<std::size_t>(unit + 1, 2 * rows.size()));
  if (rows[unit] != 0) return rows[unit] - 1;
  rows[unit] = static_cast<std::uint32_t>(row + 1);
  return std::nullopt;
}

// Empty of what is no period.
std::optional<std::uint32_t> UnitRows::number_of_period(const value::Value& cell) {
  if (last_period_ < periods_.size() && periods_[last_period_] == cell) return last_period_;
  if (!is_period_value(cell, context_.table.columns[context_.table.period_column])) {
    return std::nullopt;
  }
  const auto it = std::find(periods_.begin(), periods_.end(), cell);
  last_period_ = static_cast<std::uint32_t>(it - periods_.begin());
  if (it == periods_.end()) periods_.push_back(cell);
  return last_period_;
}

// Unless its cell has been reported.
void UnitRows::report_period(const TypedRow& row) {
  const std::uint32_t column = context_.table.period_column;
  if (is_bad(row.cells[column])) return;
  auto problem = keys_.problem(ProblemKind::UnknownPeriod, row);
  problem.column = column;
  problem.column_name = context_.table.columns[column].name;
  problem.text = cell_text(row.cells[column], context_.table.columns[column], context_.pool);
  context_.problems.add(std::move(problem));
}

void UnitRows::report_doubled(const TypedRow& row, std::uint32_t first_row) {
  auto problem = keys_.problem(ProblemKind::DoubledUnit, row);
  problem.column = context_.table.unit_column;
  problem.column_name = context_.table.columns[problem.column].name;
  if (const std::uint32_t period = context_.table.period_column; period != kNoColumn) {
    problem.text = cell_text(row.cells[period], context_.table.columns[period], context_.pool);
  }
  problem.other = rows_.line(first_row);
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
  name_rows();
  table::Table rows = rows_.finish();
  rows.renumber_periods(number_of);
  table::UnitTable units(names_.units(), std::move(periods), std::move(rows));
  for (const auto& [unit, period] : faulty_) {
    units.mark_faulty(unit, period == kNoPeriod ? kNoPeriod : number_of[period]);
  }
  report_missing_periods(units);
  return units;
}

// The column of units, if somebody wants to know what it says.
void UnitRows::name_rows() {
  const std::uint32_t column = context_.table.unit_column;
  if (!context_.table.columns[column].needed) return;
  table::Column names;
  for (std::size_t r = 0; r < rows_.row_count(); ++r) {
    names.push(value::Text{context_.pool.intern(names_.units()->name(rows_.unit(r)))});
  }
  names.pack();
  rows_.set_column(column, std::move(names));
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
  // No pair has two rows.
  const std::size_t pairs = std::size_t{units.unit_count()} * units.period_count();
  if (units.rows().row_count() == pairs) return;
  std::vector<bool> unreadable(units.unit_count());
  for (const auto& [unit, period] : faulty_) {
    if (period == kNoPeriod) unreadable[unit] = true;
  }
  for (std::uint32_t unit = 0; unit < units.unit_count(); ++unit) {
    for (std::uint32_t period = 0; period < units.period_count(); ++period) {
      if (unreadable[unit] || units.find_row(unit, period)) continue;
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
