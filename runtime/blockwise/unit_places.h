// unit_places: where a unit stands among others (language §6.7), over integers: ranks, percentiles
// and who is among the best.
#pragma once

#include "runtime/blockwise/unit_fields.h"

namespace xize::blockwise {

// Writes the values of a pop_rank, pop_percentile or pop_take; they are the interpreter's. False,
// and nothing is written: its measures together are beyond 64 bits.
bool write_places(const UnitComparison& c);

}  // namespace xize::blockwise
