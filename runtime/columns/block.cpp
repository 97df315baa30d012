#include "runtime/columns/block.h"

#include <algorithm>

namespace xize::columns {
namespace {

using table::ColumnType;
using value::Value;

Value plain_value(ColumnType type, std::int64_t cell, int scale) {
  switch (type) {
    case ColumnType::Number:
      return value::Rational(cell, kPowersOfTen[static_cast<std::size_t>(scale)]);
    case ColumnType::Bool: return cell != 0;
    case ColumnType::Date: return value::Date{static_cast<std::int32_t>(cell)};
    case ColumnType::Month: return value::Month{static_cast<std::int32_t>(cell)};
    case ColumnType::Text:
    case ColumnType::Choice:
    case ColumnType::Unit: break;
  }
  return value::Text{static_cast<std::uint32_t>(cell)};
}

}  // namespace

void Column::clear() {
  most_state = CellState::Plain;
  least = 0;
  most = 0;
  // One number of many decimals shall not make all that follow odd.
  if (!odd.empty()) scale = 0;
  odd.clear();
}

void Column::pack(const Column& wide, std::size_t size) {
  type = wide.type;
  wanted = wide.wanted;
  scale = wide.scale;
  most_state = wide.most_state;
  if (!wanted || size == 0) return;
  element = base::element_for(wide.least, wide.most);
  packed.resize(size * base::bytes_of(element));
  base::convert(wide.view(), size, element, packed.data());
  const auto range = base::range_of({view(), size});
  least = range.least;
  most = range.most;
  const auto states_end = wide.states.begin() + static_cast<std::ptrdiff_t>(size);
  states.assign(wide.states.begin(), all_plain() ? wide.states.begin() : states_end);
  odd = wide.odd;
}

void Column::keep(std::span<const std::uint32_t> rows) {
  for (std::size_t to = 0; to < rows.size(); ++to) {
    cells[to] = cells[rows[to]];
    states[to] = states[rows[to]];
  }
  std::vector<std::pair<std::uint32_t, Value>> kept;
  for (auto& [row, value] : odd) {
    const auto at = std::lower_bound(rows.begin(), rows.end(), row);
    if (at == rows.end() || *at != row) continue;
    kept.emplace_back(static_cast<std::uint32_t>(at - rows.begin()), std::move(value));
  }
  odd = std::move(kept);
}

Value Column::value(std::size_t row) const {
  if (!wanted) return value::Missing{};
  switch (all_plain() ? CellState::Plain : states[row]) {
    case CellState::Plain: return plain_value(type, view().at(row), scale);
    case CellState::Missing: return value::Missing{};
    case CellState::NotApplicable: return value::NotApplicable{};
    case CellState::Pending: return value::Pending{};
    case CellState::Bad: return value::Fault{value::FaultKind::BadCell, 0};
    case CellState::Odd: break;
  }
  const auto at = std::lower_bound(odd.begin(), odd.end(), row,
                                   [](const auto& cell, std::size_t r) { return cell.first < r; });
  return at->second;
}

Block::Block(const table::TableSchema& schema, const std::vector<bool>& wanted)
    : units(kBlockRows), periods(kBlockRows), lines(kBlockRows), columns(schema.columns.size()) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].type = schema.columns[i].type;
    columns[i].wanted = wanted[i];
    if (wanted[i]) columns[i].allocate();
  }
}

void Block::clear() {
  size = 0;
  for (Column& column : columns) column.clear();
}

void Block::pack(const Block& wide) {
  size = wide.size;
  const auto count = static_cast<std::ptrdiff_t>(size);
  units.assign(wide.units.begin(), wide.units.begin() + count);
  lines.assign(wide.lines.begin(), wide.lines.begin() + count);
  periods.assign(wide.periods.begin(), wide.periods.begin() + count);
  const auto has_none = [](std::uint32_t period) { return period == table::kNoPeriod; };
  if (std::all_of(periods.begin(), periods.end(), has_none)) periods.clear();
  columns.resize(wide.columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i].pack(wide.columns[i], size);
}

table::RowView Block::row_view(std::size_t row, std::vector<Value>& cells) const {
  cells.resize(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) cells[i] = columns[i].value(row);
  return {units[row], period(row), lines[row], cells};
}

}  // namespace xize::columns
