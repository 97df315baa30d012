// What a run found out about the data and the items, as diagnostics.
#pragma once

#include "compiler/driver/scoring.h"

namespace xize::driver {

// Constraints, partitions and checks of the policy that the data break, each with its row.
void report_violations(const Compilation& compilation, const Scoring& scoring,
                       diagnostics::Sink& sink);

}  // namespace xize::driver
