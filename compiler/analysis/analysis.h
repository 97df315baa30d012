// analysis: what a rubric promises and does not keep.
// In: a checked model. Out: findings (families XZ30xx), each with its place and, for sums, the list
// that makes it up. Must hold: nothing is reported about an Invalid expression.
// Cost: linear in the policy.
#pragma once

#include "compiler/diagnostics/sink.h"
#include "compiler/sema/model.h"

namespace xize::analysis {

void run(const sema::Model& model, diagnostics::Sink& sink);

}  // namespace xize::analysis
