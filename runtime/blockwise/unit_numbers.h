// unit_numbers: an operand of a comparison of units, for all unit rows.
// In: its column in the state. Out: integers over one denominator if there is one in 64 bits, else
// fractions; what is no number (a condition, a text) is the integer that stands for it.
// Must hold: a row that cannot be used has number 0.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/blockwise/lanes.h"
#include "runtime/interpreter/state.h"
#include "runtime/value/fraction.h"

namespace xize::blockwise {

class UnitNumbers {
 public:
  // Empty: a number is beyond 64 bits.
  static std::optional<UnitNumbers> load(interpreter::State& state, OpId operand);

  // A constant has one row, which stands for all.
  [[nodiscard]] bool is_constant() const { return nums_.size() == 1; }
  [[nodiscard]] bool has_one_den() const { return dens_.empty(); }
  // num / den with den > 0, perhaps not in lowest terms.
  [[nodiscard]] value::Fraction at(std::size_t row) const {
    const std::size_t i = is_constant() ? 0 : row;
    return {nums_[i], dens_.empty() ? den_ : dens_[i]};
  }
  // The state of the row's value, and that of using it.
  [[nodiscard]] RowState own_state(std::size_t row) const {
    return states_[is_constant() ? 0 : row];
  }
  [[nodiscard]] RowState state(std::size_t row) const {
    const RowState own = own_state(row);
    return own == kPlain ? kPlain : used_state(own, operand_);
  }

 private:
  struct Loading;

  UnitNumbers(OpId operand, std::size_t rows)
      : operand_(operand), nums_(rows), states_(rows, kPlain) {}
  void load_block(Loading& loading, std::size_t first, std::size_t count);
  // Over one denominator, or each row with its own.
  void settle(const Loading& loading);

  OpId operand_;
  std::vector<std::int64_t> nums_;
  std::int64_t den_ = 1;
  std::vector<std::int64_t> dens_;  // where they have no common one
  std::vector<RowState> states_;
};

}  // namespace xize::blockwise
