// analysis: what a rubric promises and does not keep.
// In: a checked model; the days whose holidays are known. Out: findings (families XZ30xx to
// XZ32xx), each with its place and, for sums, the list that makes it up. Must hold: nothing is
// reported about an Invalid expression.
// Cost: linear in the policy.
#pragma once

#include <optional>

#include "compiler/diagnostics/sink.h"
#include "compiler/sema/model.h"

namespace xize::analysis {

// The days of which it is known whether they are worked; nothing: it is not asked.
struct KnownDays {
  value::Date first, last;
};

// `examples`: the model has the worked examples of the policy, so what nobody reads is known.
void run(const sema::Model& model, diagnostics::Sink& sink,
         const std::optional<KnownDays>& workdays = {}, bool examples = true);

}  // namespace xize::analysis
