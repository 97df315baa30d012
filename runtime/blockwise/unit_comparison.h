// unit_comparison: units among each other (language §4, population; §6, ranks and quotas), over
// packed columns of integers.
// In: the operands of a population op, in the state. Out: its values, there too: the interpreter's.
#pragma once

#include "runtime/interpreter/state.h"

namespace xize::blockwise {

// The values of a population op. False, and nothing is changed: its numbers are beyond 64 bits.
bool compare_units(interpreter::State& state, program::OpId id);

}  // namespace xize::blockwise
