// lanes: the values of one op for the rows of a block, as machine integers.
// A plain number is num / den, where the denominator is mostly one for all rows; other types are
// as in columns/block.h. What a row lacks to be plain is its state: missing, 不涉及, pending, a
// fault with the op that raised it, or Left: only the interpreter knows.
// Must hold for every row: num lies in [least, most], den > 0; where the state is not plain, num is
// 0 and den 1. So arithmetic that the interval proves needs to look at no row.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "runtime/blockwise/wide.h"
#include "runtime/columns/block.h"
#include "runtime/interpreter/use.h"
#include "runtime/program/op.h"
#include "runtime/value/value.h"

namespace xize::blockwise {

using columns::kBlockRows;
using program::OpId;
using value::FaultKind;
using value::Value;

// The state of a row.
using RowState = std::uint32_t;
inline constexpr RowState kPlain = 0;
inline constexpr RowState kMissing = 1;
inline constexpr RowState kNotApplicable = 2;
inline constexpr RowState kPending = 3;
inline constexpr RowState kLeft = 4;
inline constexpr RowState kAnyState = 0xffffffffu;
inline constexpr RowState kFaults = 8;  // and above; in the order of `interpreter::earlier`
static_assert(value::kFaultKinds <= 16);

inline RowState fault_state(FaultKind kind, OpId op) {
  return kFaults + op.index * 16 + static_cast<RowState>(kind);
}
inline value::Fault fault_of_state(RowState state) {
  return {static_cast<FaultKind>((state - kFaults) % 16), (state - kFaults) / 16};
}

// What using a value of op `from` in this state gives: the state of a fault, kLeft or kPlain.
RowState used_state(RowState state, OpId from);

// num / den, den > 0.
value::Rational rational(Wide num, std::int64_t den);

// The values of one op; see above. Numbers and states of a column are where the column keeps them,
// in its width; whoever wants them as `nums` and `states` widens them before.
struct Lanes {
  Lanes() : num_store(kBlockRows) {}

  program::Type type = program::Type::Any;  // Any: no row is plain
  bool all_plain = true;
  bool one_den = true;
  std::int64_t den = 1;  // of all rows, if one_den
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::vector<std::int64_t> num_store;
  const std::int64_t* nums = num_store.data();  // null: they stand in `column`
  base::Cells column;
  base::Cells column_states;         // no data: they stand in `states`
  std::vector<std::int64_t> dens;    // unless one_den
  std::vector<RowState> states;      // unless all_plain
  RowState most_state = kAnyState;   // the greatest there may be, unless all_plain
  std::vector<std::byte> narrow_store;

  Lanes(const Lanes&) = delete;
  Lanes& operator=(const Lanes&) = delete;
  Lanes(Lanes&&) = delete;
  Lanes& operator=(Lanes&&) = delete;
  ~Lanes() = default;

  [[nodiscard]] RowState state(std::size_t row) const {
    return all_plain ? kPlain : states[row];
  }
  [[nodiscard]] std::int64_t den_at(std::size_t row) const { return one_den ? den : dens[row]; }
  // All rows are the same plain value.
  [[nodiscard]] bool is_constant() const { return all_plain && one_den && least == most; }

  // The numbers, as they stand.
  [[nodiscard]] base::Cells cells() const {
    return nums == nullptr ? column : base::Cells{nums, base::Element::Signed64};
  }
  [[nodiscard]] base::Cells state_cells() const {
    return column_states.data == nullptr
               ? base::Cells{states.data(), base::Element::Unsigned32}
               : column_states;
  }
  // None of the first rows lacks anything, whatever `all_plain` says.
  [[nodiscard]] bool are_plain(std::size_t count) const {
    return all_plain || base::range_of({state_cells(), count}).most == kPlain;
  }
  // The numbers are those of a column.
  void read(base::Cells cells);
  // The states are those of a column, up to such a one.
  void read_states(base::Cells cells, RowState greatest);
  void widen(std::size_t count);
  // Before rows are written as elements, which the caller does.
  void* write_narrow(program::Type t, base::Element element);
  // Before rows are written: own numbers, one denominator.
  std::int64_t* write(program::Type t, std::int64_t common_den = 1);
  // Before numbers of denominators of their own are written.
  void write_dens();
  // Rows are no longer all plain.
  void open_states();
  // The state of a row that was plain until now.
  void mark(std::size_t row, RowState state);
  // Ends writing: puts rows that are not plain in order; the interval is that of all rows.
  void settle(std::size_t count);
  // As `settle`, and finds the interval.
  void settle_and_measure(std::size_t count);
  // num / den > 0 in any terms; a row whose number does not fit is left.
  void set_fraction(std::size_t row, Wide num, Wide den);

  [[nodiscard]] Value value(std::size_t row) const;
  // Writes a value that the interpreter computed; a row that does not fit is left.
  void set_value(std::size_t row, const Value& v);
};

// An operand: its lanes and the op it is.
struct Operand {
  const Lanes* lanes = nullptr;
  OpId id;
};

// The state of using all operands, from left to right, into `out`.
void join_states(std::span<const Operand> operands, std::size_t count, Lanes& out);

// Both as integers over one denominator: a * a_factor / den and b * b_factor / den.
struct SharedDen {
  std::int64_t den = 1;
  std::int64_t a_factor = 1;
  std::int64_t b_factor = 1;
};
// Empty if either has denominators of its own, or they have no common one in 64 bits.
std::optional<SharedDen> common_den(const Lanes& a, const Lanes& b);

}  // namespace xize::blockwise
