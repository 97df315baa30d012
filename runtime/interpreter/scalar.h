// scalar: the value of a scalar op from the values of its operands.
// This is the definition of the language's arithmetic, comparison, logic and dates.
#pragma once

#include "runtime/builtins/workdays.h"
#include "runtime/interpreter/use.h"
#include "runtime/program/op.h"

namespace xize::interpreter {

// `id` is the op's own handle, for the faults it raises. Not for `row_in_keys`, which needs the
// keys of a fold.
Value apply_scalar(const program::Op& op, OpId id, const Operands& operands,
                   const builtins::WorkdayCalendar& calendar);

// Its families; every operand can be used.
Value apply_arithmetic(const program::Op& op, OpId id, const Operands& operands);
Value apply_comparison(const program::Op& op, const Operands& operands);
Value apply_date(const program::Op& op, OpId id, const Operands& operands,
                 const builtins::WorkdayCalendar& calendar);

}  // namespace xize::interpreter
