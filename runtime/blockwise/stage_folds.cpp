#include "runtime/blockwise/stage_folds.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace xize::blockwise {
namespace {

using interpreter::Fold;
using program::Op;
using program::Opcode;
using value::Rational;

bool is_extreme(Opcode code) { return code == Opcode::fold_min || code == Opcode::fold_max; }

// What every element is better than, or as good as.
std::int64_t worst(Opcode code) {
  using Limits = std::numeric_limits<std::int64_t>;
  return code == Opcode::fold_max ? Limits::min() : Limits::max();
}

bool adds_numbers(Opcode code) {
  return code == Opcode::fold_sum || code == Opcode::fold_average || code == Opcode::fold_any ||
         code == Opcode::fold_all;
}

Value element_value(program::Type type, std::int64_t num, std::int64_t den) {
  if (type == program::Type::Date) return value::Date{static_cast<std::int32_t>(num)};
  if (type == program::Type::Month) return value::Month{static_cast<std::int32_t>(num)};
  return Rational(num, den);
}

}  // namespace

StageFold::StageFold(const Op& op, std::size_t unit_rows)
    : op_(op),
      unit_rows_(unit_rows),
      has_arrays_(op.grouping == program::kNoGrouping &&
                  (op.code == Opcode::fold_count || adds_numbers(op.code) ||
                   is_extreme(op.code))) {
  if (op.grouping != program::kNoGrouping) groups_.resize(unit_rows);
  if (!has_arrays_) return;
  counts_.resize(unit_rows + 1);
  faults_.resize(unit_rows);
  if (adds_numbers(op.code)) sums_.resize(unit_rows + 1);
  if (is_extreme(op.code)) best_.assign(unit_rows, worst(op.code));
}

void StageFold::add(const FoldInput& input, const FoldRows& rows) {
  const bool has_element = input.operands.size() > 1;
  if (!has_arrays_ || (has_element && !input.operands[1].lanes->one_den)) {
    return add_row_by_row(input, rows);
  }
  if (has_element && input.operands[1].lanes->den != den_) change_den(input.operands[1].lanes->den);
  weigh(input, rows);
  for (std::size_t r = 0; r < rows.unit_rows.size(); ++r) {
    counts_[rows.unit_rows[r]] += weights_[r];
  }
  if (!has_element) return;
  const Lanes& element = *input.operands[1].lanes;
  if (is_extreme(op_.code)) {
    add_extremes(element, rows);
  } else {
    add_numbers(element, rows);
  }
}

void StageFold::add_total(std::size_t unit_row, const FoldTotal& total) {
  if (!sums_.empty() && total.den != den_) change_den(total.den);
  counts_[unit_row] += total.count;
  if (!sums_.empty()) sums_[unit_row] += total.sum;
}

// Which rows count; those that cannot be used are blamed on their unit.
void StageFold::weigh(const FoldInput& input, const FoldRows& rows) {
  const Lanes& where = *input.operands.front().lanes;
  const std::size_t count = rows.unit_rows.size();
  for (std::size_t r = 0; r < count; ++r) {
    weights_[r] = static_cast<std::uint8_t>((where.nums[r] != 0 ? 1 : 0) & (rows.skipped[r] ^ 1));
  }
  if (!where.all_plain) {
    for (std::size_t r = 0; r < count; ++r) {
      if (where.states[r] == kPlain || rows.skipped[r] != 0) continue;
      weights_[r] = 0;
      blame(rows.unit_rows[r], used_state(where.states[r], input.operands[0].id));
    }
  }
  if (input.operands.size() < 2 || input.operands[1].lanes->all_plain) return;
  const Lanes& element = *input.operands[1].lanes;
  for (std::size_t r = 0; r < count; ++r) {
    if (weights_[r] == 0 || element.states[r] == kPlain) continue;
    weights_[r] = 0;
    blame(rows.unit_rows[r], used_state(element.states[r], input.operands[1].id));
  }
}

void StageFold::blame(std::uint32_t unit_row, RowState fault) {
  RowState& known = faults_[unit_row];
  known = known == kPlain ? fault : std::min(known, fault);
}

void StageFold::add_numbers(const Lanes& element, const FoldRows& rows) {
  for (std::size_t r = 0; r < rows.unit_rows.size(); ++r) {
    sums_[rows.unit_rows[r]] += weights_[r] != 0 ? element.nums[r] : 0;
  }
}

void StageFold::add_extremes(const Lanes& element, const FoldRows& rows) {
  const bool largest = op_.code == Opcode::fold_max;
  for (std::size_t r = 0; r < rows.unit_rows.size(); ++r) {
    if (weights_[r] == 0) continue;
    std::int64_t& best = best_[rows.unit_rows[r]];
    best = largest ? std::max(best, element.nums[r]) : std::min(best, element.nums[r]);
  }
}

void StageFold::add_row_by_row(const FoldInput& input, const FoldRows& rows) {
  std::vector<OpId> ids;
  std::vector<Value> values(op_.operands.size());
  std::vector<const Value*> pointers;
  for (std::size_t i = 0; i < values.size(); ++i) {
    ids.push_back(op_.operands[i]);
    pointers.push_back(&values[i]);
  }
  const bool grouped = !groups_.empty();
  if (!grouped && folds_.empty()) folds_.resize(unit_rows_);
  const Lanes& where = *input.operands.front().lanes;
  for (std::size_t r = 0; r < rows.unit_rows.size(); ++r) {
    const bool counts = where.state(r) != kPlain || where.nums[r] != 0;
    if (rows.skipped[r] != 0 || (!counts && !grouped)) continue;
    for (std::size_t i = 0; i < input.operands.size(); ++i) {
      values[i] = counts || i == 0 ? input.operands[i].lanes->value(r) : Value();
    }
    const std::uint32_t unit_row = rows.unit_rows[r];
    if (!grouped) {
      folds_[unit_row].add(op_, {ids, pointers});
      continue;
    }
    const Value key = input.key.lanes->value(r);
    if (std::holds_alternative<value::Missing>(key)) continue;  // a row of no group
    groups_[unit_row][interpreter::usable(key, input.key.id)].add(op_, {ids, pointers});
  }
}

Fold StageFold::fold_of(std::size_t unit_row) const {
  interpreter::PartialFold part;
  part.count = counts_[unit_row];
  if (faults_[unit_row] != kPlain) part.fault = fault_of_state(faults_[unit_row]);
  if (part.count == 0) return Fold(std::move(part));
  if (is_extreme(op_.code)) {
    part.best = element_value(op_.type, best_[unit_row], den_);
  } else if (op_.code == Opcode::fold_any) {
    part.holds_any = sums_[unit_row] > 0;
  } else if (op_.code == Opcode::fold_all) {
    part.holds_all = sums_[unit_row] == part.count;
  } else if (!sums_.empty()) {
    part.sum = rational(sums_[unit_row], den_);
  }
  return Fold(std::move(part));
}

void StageFold::change_den(std::int64_t den) {
  if (folds_.empty()) folds_.resize(unit_rows_);
  for (std::size_t row = 0; row < unit_rows_; ++row) {
    if (counts_[row] == 0 && faults_[row] == kPlain) continue;
    folds_[row].merge(op_, fold_of(row));
    counts_[row] = 0;
  }
  std::fill(faults_.begin(), faults_.end(), kPlain);
  std::fill(sums_.begin(), sums_.end(), 0);
  std::fill(best_.begin(), best_.end(), worst(op_.code));
  den_ = den;
}

bool StageFold::join(StageFold& other) {
  if (!is_plain() || !other.is_plain() || den_ != other.den_) return false;
  const bool largest = op_.code == Opcode::fold_max;
  for (std::size_t row = 0; row < unit_rows_; ++row) {
    counts_[row] += std::exchange(other.counts_[row], 0);
    const RowState fault = std::exchange(other.faults_[row], kPlain);
    if (fault != kPlain) blame(static_cast<std::uint32_t>(row), fault);
    if (!sums_.empty()) sums_[row] += std::exchange(other.sums_[row], 0);
    if (best_.empty()) continue;
    const std::int64_t best = std::exchange(other.best_[row], worst(op_.code));
    best_[row] = largest ? std::max(best_[row], best) : std::min(best_[row], best);
  }
  return true;
}

void StageFold::settle(interpreter::Scan& scan, std::size_t i) const {
  scan.settle(i, [this](std::size_t row) { return fold_of(row); });
}

void StageFold::merge_into(interpreter::Scan& scan, std::size_t i) {
  for (std::size_t row = 0; row < unit_rows_; ++row) {
    if (!groups_.empty()) {
      for (const auto& [key, fold] : groups_[row]) scan.merge_group(i, row, key, fold);
    }
    if (!folds_.empty()) scan.merge(i, row, folds_[row]);
    if (!has_arrays_ || (counts_[row] == 0 && faults_[row] == kPlain)) continue;
    scan.merge(i, row, fold_of(row));
  }
}

}  // namespace xize::blockwise
