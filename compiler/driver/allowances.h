// allowances: what a policy accepts, `allow CODE because "…"`, where it stands.
// In: a checked policy and findings about it. Out: the findings it does not accept.
// Must hold: errors cannot be accepted, and nothing outside of what the `allow` stands in.
#pragma once

#include "compiler/diagnostics/sink.h"
#include "compiler/sema/model.h"
#include "compiler/source/file.h"

namespace xize::driver {

// Hands what `found` holds on to `sink`, but for what the policy in `file` accepts.
void pass_on(const diagnostics::Sink& found, const sema::Model& model, const source::File& file,
             diagnostics::Sink& sink);

}  // namespace xize::driver
