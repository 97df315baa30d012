#include "runtime/columns/block_builder.h"

#include <algorithm>
#include <optional>

#include "runtime/value/fraction.h"

namespace xize::columns {
namespace {

using value::Value;

// The least number of decimals that `den` needs as a denominator; empty beyond kScaleMax.
std::optional<int> decimals_of(std::int64_t den) {
  for (int scale = 0; scale <= kScaleMax; ++scale) {
    if (kPowersOfTen[static_cast<std::size_t>(scale)] % den == 0) return scale;
  }
  return std::nullopt;
}

// The number as an integer of the column's scale, which grows if need be.
std::optional<std::int64_t> scaled(Column& column, std::size_t row, const value::Rational& number) {
  const auto fraction = value::small_fraction(number);
  if (!fraction) return std::nullopt;
  const auto decimals = decimals_of(fraction->den);
  if (!decimals || !raise_scale(column, row, *decimals)) return std::nullopt;
  const std::int64_t factor = kPowersOfTen[static_cast<std::size_t>(column.scale)] / fraction->den;
  std::int64_t cell = 0;
  if (__builtin_mul_overflow(fraction->num, factor, &cell) || cell == INT64_MIN) {
    return std::nullopt;
  }
  return cell;
}

// The integer of a value of the column's own type.
std::optional<std::int64_t> integer_of(Column& column, std::size_t row, const Value& v) {
  using table::ColumnType;
  switch (column.type) {
    case ColumnType::Number:
      if (const auto* x = std::get_if<value::Rational>(&v)) return scaled(column, row, *x);
      break;
    case ColumnType::Bool:
      if (const auto* b = std::get_if<bool>(&v)) return *b ? 1 : 0;
      break;
    case ColumnType::Date:
      if (const auto* date = std::get_if<value::Date>(&v)) return date->days;
      break;
    case ColumnType::Month:
      if (const auto* month = std::get_if<value::Month>(&v)) return month->months;
      break;
    case ColumnType::Text:
    case ColumnType::Choice:
    case ColumnType::Unit:
      if (const auto* text = std::get_if<value::Text>(&v)) return text->id;
      break;
  }
  return std::nullopt;
}

std::optional<CellState> state_of(const Value& v) {
  if (std::holds_alternative<value::Missing>(v)) return CellState::Missing;
  if (std::holds_alternative<value::NotApplicable>(v)) return CellState::NotApplicable;
  if (std::holds_alternative<value::Pending>(v)) return CellState::Pending;
  const auto* fault = std::get_if<value::Fault>(&v);
  if (fault != nullptr && fault->kind == value::FaultKind::BadCell) return CellState::Bad;
  return std::nullopt;
}

}  // namespace

bool raise_scale(Column& column, std::size_t row, int scale) {
  if (scale <= column.scale) return true;
  const std::int64_t factor = kPowersOfTen[static_cast<std::size_t>(scale - column.scale)];
  const std::int64_t limit = INT64_MAX / factor;
  if (column.least < -limit || column.most > limit) return false;
  for (std::size_t i = 0; i < row; ++i) column.cells[i] *= factor;
  column.least *= factor;
  column.most *= factor;
  column.scale = scale;
  return true;
}

void put(Column& column, std::size_t row, const Value& v) {
  if (const auto state = state_of(v)) return column.set_state(row, *state);
  if (const auto cell = integer_of(column, row, v)) return column.set(row, *cell);
  column.set_state(row, CellState::Odd);
  column.odd.emplace_back(static_cast<std::uint32_t>(row), v);
}

BlockBuilder::BlockBuilder(const table::TableSchema& schema, BlockSink& sink)
    : sink_(sink), block_(schema, sink.wanted()) {}

void BlockBuilder::add(const table::RowView& row) {
  const std::size_t at = block_.size++;
  block_.units[at] = row.unit;
  block_.periods[at] = row.period;
  block_.lines[at] = row.line;
  for (std::size_t i = 0; i < block_.columns.size(); ++i) {
    if (block_.columns[i].wanted) put(block_.columns[i], at, row.cells[i]);
  }
  if (block_.size == kBlockRows) finish();
}

void BlockBuilder::finish() {
  if (block_.size == 0) return;
  left_.clear();
  sink_.take(block_, left_);
  for (const std::uint32_t row : left_) sink_.take_row(block_.row_view(row, cells_));
  block_.clear();
}

}  // namespace xize::columns
