#include "runtime/blockwise/unit_fields.h"

#include <algorithm>

#include "runtime/blockwise/unit_blocks.h"
#include "runtime/blockwise/unit_keys.h"

namespace xize::blockwise {

using program::Opcode;

namespace {

// One more than the greatest.
std::int64_t end_of(const std::vector<std::int64_t>& keys) {
  return keys.empty() ? 0 : *std::max_element(keys.begin(), keys.end()) + 1;
}

}  // namespace

UnitFields::UnitFields(const interpreter::State& state, const program::Op& op,
                       std::span<const UnitNumbers> operands)
    : fields_(state.units.rows().row_count()), takes_part_(fields_.size()) {
  const bool across = (op.imm & program::kAcrossPeriods) != 0;
  if (!across) {
    size_ = state.units.period_count();
    for (std::size_t row = 0; row < fields_.size(); ++row) {
      fields_[row] = state.units.rows().period(row);
    }
  }
  const bool is_take = op.code == Opcode::pop_take;
  if (is_take || op.code == Opcode::pop_count) part_by_class(operands[1]);
  find_participants(state, operands[0], operands.subspan(is_take ? 3 : 1));
  if (across && state.units.period_count() > 1) keep_last_of_each(state.units);
}

// Rows whose class cannot be used are one more class: nobody asks who of them is better.
void UnitFields::part_by_class(const UnitNumbers& classes) {
  if (classes.is_constant()) return;
  std::vector<std::int64_t> keys = dense_keys(UnitKeys(classes, fields_.size()).by_row());
  const std::int64_t unusable = end_of(keys);
  for (std::size_t row = 0; row < fields_.size(); ++row) {
    const std::int64_t own = classes.state(row) == kPlain ? keys[row] : unusable;
    keys[row] = fields_[row] * (unusable + 1) + own;
  }
  if (size_ > 1) keys = dense_keys(keys);
  size_ = static_cast<std::size_t>(end_of(keys));
  for (std::size_t row = 0; row < fields_.size(); ++row) {
    fields_[row] = static_cast<std::uint32_t>(keys[row]);
  }
}

void UnitFields::find_participants(const interpreter::State& state, const UnitNumbers& who,
                                   std::span<const UnitNumbers> used) {
  for_unit_blocks(fields_.size(), [&](std::size_t first, std::size_t count) {
    for (std::size_t row = first; row < first + count; ++row) {
      const bool is_in = who.state(row) == kPlain && who.at(row).num != 0 && !state.faulty[row];
      const bool is_known = std::all_of(used.begin(), used.end(), [row](const UnitNumbers& x) {
        return x.state(row) == kPlain;
      });
      takes_part_[row] = is_in && is_known ? 1 : 0;
    }
  });
}

// Across periods a unit takes part once in a field, by its last row there.
void UnitFields::keep_last_of_each(const table::UnitTable& units) {
  std::vector<std::uint8_t> is_last = takes_part_;
  const auto rows = static_cast<std::uint32_t>(fields_.size());
  for_unit_blocks(rows, [&](std::size_t first, std::size_t count) {
    for (std::size_t row = first; row < first + count; ++row) {
      std::uint32_t period = units.rows().period(row);
      while (is_last[row] != 0 && ++period < units.period_count()) {
        const std::uint32_t later = units.row_or_end(units.rows().unit(row), period);
        if (later == rows || fields_[later] != fields_[row]) continue;
        if (takes_part_[later] != 0) is_last[row] = 0;
      }
    }
  });
  takes_part_ = std::move(is_last);
}

std::vector<std::vector<std::int64_t>> UnitFields::part(std::span<const std::int64_t> keys) const {
  std::vector<std::vector<std::int64_t>> parted(size_);
  for (std::size_t row = 0; row < keys.size(); ++row) {
    if (takes_part_[row] != 0) parted[fields_[row]].push_back(keys[row]);
  }
  return parted;
}

}  // namespace xize::blockwise
