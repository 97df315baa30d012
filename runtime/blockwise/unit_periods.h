// unit_periods: a unit in one period and the same unit in others (language §6.6).
#pragma once

#include <span>

#include "runtime/blockwise/unit_numbers.h"

namespace xize::blockwise {

// Writes the values of a pop_previous; they are the interpreter's.
void write_previous(interpreter::State& state, OpId id, const UnitNumbers& numbers);

// Writes the values of a pop_combine, likewise.
void write_combined(interpreter::State& state, OpId id, std::span<const UnitNumbers> operands);

}  // namespace xize::blockwise
