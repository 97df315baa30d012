// unit_totals: what the units that take part come to together: their number, sum, mean, least,
// greatest and middle value, exactly.
#pragma once

#include "runtime/blockwise/unit_fields.h"

namespace xize::blockwise {

// Writes the values of a pop_count, pop_sum, pop_average, pop_min, pop_max or pop_median; they are
// the interpreter's.
void write_totals(const UnitComparison& c);

}  // namespace xize::blockwise
