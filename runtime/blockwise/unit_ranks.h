// unit_ranks: places of units among each other (language §6.7), over integers.
// In: the operands of a rank, in packed columns of the state. Out: its places, there too.
// Where the measures of all rows have one denominator, comparing them is comparing numerators; and
// where these lie close together, as scores do, a place is read from a table.
#pragma once

#include "runtime/interpreter/state.h"

namespace xize::blockwise {

// The places of a `pop_rank` by one measure within each period. False, and nothing is changed: it
// is another op, or its numbers are too large for a common denominator.
bool compute_ranks(interpreter::State& state, program::OpId id);

}  // namespace xize::blockwise
