// thresholds: bounds that the former version sets and the new one does not.
// In: both versions and their comparison. Out: findings at the items of the new version, for rules
// that compare something and went without another in their place.
#pragma once

#include "compiler/diagnostics/sink.h"
#include "compiler/versions/comparison.h"

namespace xize::versions {

// The new version stands as the current file of the sink.
void check_thresholds(const Comparison& comparison, const driver::Compilation& old,
                      diagnostics::Sink& sink);

}  // namespace xize::versions
