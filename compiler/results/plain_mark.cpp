#include "compiler/results/plain_mark.h"

#include <variant>

#include "runtime/value/packed_cell.h"

namespace xize::results {

Mark PlainMark::exact() const {
  if (state != MarkState::Score) return {state, {}};
  return {state, large != nullptr ? *large : value::Rational(number.num, number.den)};
}

std::optional<std::int64_t> PlainMark::whole() const {
  if (state != MarkState::Score || large != nullptr || number.num % number.den != 0) {
    return std::nullopt;
  }
  return number.num / number.den;
}

MarkColumn::MarkColumn(const engine::Outcome& outcome, program::OpId op)
    : faulty_(&outcome.faulty) {
  if (!op.valid()) return;
  column_ = &outcome.columns[op.index];
  constant_ = column_->size() == 1;
  for (std::size_t row = 0; row < column_->size(); row += value::kPartRows) {
    parts_.push_back(part_of(column_->part(row / value::kPartRows)));
  }
}

MarkColumn::Part MarkColumn::part_of(const value::PackedPart& part) {
  Part known;
  known.numbers = part.is_integers && part.kind == value::IntegerKind::Number;
  if (!known.numbers) return known;
  known.num = part.nums.least();
  known.den = part.dens.least();
  if (!part.nums.all_same()) known.nums = part.nums.cells();
  if (!part.dens.all_same()) known.dens = part.dens.cells();
  if (!part.which.empty()) known.which = part.which.data();
  return known;
}

PlainMark MarkColumn::other_at(std::size_t row) const {
  const value::PackedCell cell = value::packed_cell(*column_, row);
  if (cell.other == nullptr) {
    if (cell.kind != value::IntegerKind::Number) return {};
    return {MarkState::Score, cell.fraction};
  }
  const auto* number = std::get_if<value::Rational>(cell.other);
  if (number == nullptr) return {mark_of(*cell.other).state};
  if (const auto small = value::small_fraction(*number)) return {MarkState::Score, *small};
  return {MarkState::Score, {}, number};
}

PlainMark MarkColumn::given_at(std::size_t row) const {
  if (exists() && (*faulty_)[row]) return {MarkState::Faulty};
  return at(row);
}

bool holds(const engine::Outcome& outcome, program::OpId op, std::size_t row) {
  if (!op.valid() || outcome.columns[op.index].empty()) return false;
  const value::PackedCell cell = value::packed_cell(outcome.columns[op.index], row);
  if (cell.other != nullptr) return *cell.other == value::Value(true);
  return cell.kind == value::IntegerKind::Bool && cell.fraction.num != 0;
}

}  // namespace xize::results
