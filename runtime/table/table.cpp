#include "runtime/table/table.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace xize::table {
namespace {

constexpr std::uint32_t kNoRow = 0xffffffffu;

}  // namespace

Table::Table(std::vector<Column> columns, RowPlaces rows)
    : columns_(std::move(columns)), rows_(std::move(rows)) {}

void Table::add(const RowView& row) {
  assert(row.cells.size() == columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].push(row.cells[i]);
  rows_.units.push_back(row.unit);
  rows_.periods.push_back(row.period);
  rows_.lines.push_back(row.line);
}

void Table::pack() {
  for (Column& column : columns_) column.pack();
}

void Table::renumber_periods(std::span<const std::uint32_t> number_of) {
  std::uint32_t n = 0;
  const auto stays = [&](std::uint32_t number) { return number == n++; };
  if (std::all_of(number_of.begin(), number_of.end(), stays)) return;
  rows_.periods.change_each([&](std::uint32_t period) {
    return period == kNoPeriod ? period : number_of[period];
  });
}

UnitTable::UnitTable(std::vector<std::string> names, std::vector<value::Value> periods, Table rows)
    : UnitTable(std::make_shared<NameIndex>(names), std::move(periods), std::move(rows)) {}

UnitTable::UnitTable(std::shared_ptr<const NameIndex> names, std::vector<value::Value> periods,
                     Table rows)
    : rows_(std::move(rows)),
      names_(std::move(names)),
      periods_(std::move(periods)),
      faulty_(names_->size() * periods_.size(), false) {
  rows_.pack();
  const bool are_in_order = faulty_.size() == rows_.row_count() && periods_.size() == 1 &&
                            rows_.places().units.counts_from_zero();
  if (are_in_order) return;
  row_of_.assign(faulty_.size(), kNoRow);
  for (std::size_t row = 0; row < rows_.row_count(); ++row) {
    row_of_[slot(rows_.unit(row), rows_.period(row))] = static_cast<std::uint32_t>(row);
  }
}

std::optional<std::uint32_t> UnitTable::find_unit(std::string_view name) const {
  const std::uint32_t unit = names_->find(name);
  if (unit == NameIndex::kNone) return std::nullopt;
  return unit;
}

std::optional<std::uint32_t> UnitTable::find_period(const value::Value& period) const {
  const auto it = std::find(periods_.begin(), periods_.end(), period);
  if (it == periods_.end()) return std::nullopt;
  return static_cast<std::uint32_t>(it - periods_.begin());
}

std::optional<std::size_t> UnitTable::find_row(std::uint32_t unit, std::uint32_t period) const {
  const std::uint32_t row = row_or_end(unit, period);
  if (row == rows_.row_count()) return std::nullopt;
  return row;
}

value::Value UnitTable::at(std::uint32_t unit, std::uint32_t period, std::size_t column) const {
  const auto row = find_row(unit, period);
  return row ? rows_.at(*row, column) : value::Missing{};
}

void UnitTable::mark_faulty(std::uint32_t unit, std::uint32_t period) {
  has_faulty_ = true;
  if (period != kNoPeriod) {
    faulty_[slot(unit, period)] = true;
    return;
  }
  for (std::uint32_t p = 0; p < period_count(); ++p) faulty_[slot(unit, p)] = true;
}

bool UnitTable::is_faulty(std::uint32_t unit, std::uint32_t period) const {
  return faulty_[slot(unit, period)];
}

}  // namespace xize::table
