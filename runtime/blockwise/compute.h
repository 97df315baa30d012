// compute: the lanes of a scalar op from the lanes of its operands: what interpreter/scalar.h
// defines, for the rows of a block at once.
// Integer loops where the intervals prove that they cannot overflow; else 128 bits row by row,
// where what does not fit is left. What has no loop here is computed by the interpreter's own
// functions, row by row. So no op is missing and none has a second meaning.
#pragma once

#include <span>

#include "runtime/blockwise/lanes.h"
#include "runtime/builtins/workdays.h"

namespace xize::blockwise {

// An op to compute: itself, its operands, how many rows.
struct Task {
  const program::Op& op;
  OpId id;
  std::span<const Operand> operands;
  std::size_t count = 0;

  [[nodiscard]] const Lanes& lanes(std::size_t i) const { return *operands[i].lanes; }
};

// Not for `row_in_keys`.
void compute(const Task& task, const builtins::WorkdayCalendar& calendar, Lanes& out);

// Its families. False, and `out` says nothing, where the op has no loop, or none for such operands.
bool compute_arithmetic(const Task& task, Lanes& out);
bool compute_comparison(const Task& task, Lanes& out);
bool compute_choice(const Task& task, Lanes& out);

}  // namespace xize::blockwise
