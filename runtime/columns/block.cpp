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

Block::Block(const table::TableSchema& schema, const std::vector<bool>& wanted)
    : units(kBlockRows), periods(kBlockRows), lines(kBlockRows), columns(schema.columns.size()) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].type = schema.columns[i].type;
    columns[i].wanted = wanted[i];
    if (!wanted[i]) continue;
    columns[i].cells.resize(kBlockRows);
    columns[i].states.resize(kBlockRows);
  }
}

void Block::clear() {
  size = 0;
  for (Column& column : columns) {
    column.most_state = CellState::Plain;
    column.least = 0;
    column.most = 0;
    // One number of many decimals shall not make all that follow odd.
    if (!column.odd.empty()) column.scale = 0;
    column.odd.clear();
  }
}

void Block::pack() {
  for (Column& column : columns) {
    if (!column.wanted) continue;
    const base::Element element = base::element_for(column.least, column.most);
    std::vector<std::byte> packed(kBlockRows * base::bytes_of(element));
    base::convert(column.view(), size, element, packed.data());
    column.packed = std::move(packed);
    column.cells = {};
    if (column.all_plain()) column.states = {};
  }
  const auto first = periods.begin();
  const auto has_none = [](std::uint32_t period) { return period == table::kNoPeriod; };
  if (std::all_of(first, first + static_cast<std::ptrdiff_t>(size), has_none)) periods = {};
}

Value Block::value(std::size_t row, std::size_t column) const {
  const Column& c = columns[column];
  if (!c.wanted) return value::Missing{};
  switch (c.all_plain() ? CellState::Plain : c.states[row]) {
    case CellState::Plain: return plain_value(c.type, c.view().at(row), c.scale);
    case CellState::Missing: return value::Missing{};
    case CellState::NotApplicable: return value::NotApplicable{};
    case CellState::Pending: return value::Pending{};
    case CellState::Bad: return value::Fault{value::FaultKind::BadCell, 0};
    case CellState::Odd: break;
  }
  const auto at = std::lower_bound(c.odd.begin(), c.odd.end(), row,
                                   [](const auto& cell, std::size_t r) { return cell.first < r; });
  return at->second;
}

table::RowView Block::row_view(std::size_t row, std::vector<Value>& cells) const {
  cells.resize(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) cells[i] = value(row, i);
  return {units[row], period(row), lines[row], cells};
}

}  // namespace xize::columns
