// amendments: what the new version says it changes, against what it changes.
// In: both versions and their comparison. Out: what the document declares, for the matching; and
// findings XZ33xx at the places of the new version.
// Must hold: nothing is compared where the new version amends another document than the old one.
#pragma once

#include <vector>

#include "compiler/diagnostics/sink.h"
#include "compiler/versions/comparison.h"

namespace xize::versions {

// True where the new version amends a document of the old one, or the old one has no number.
bool amends(const sema::Model& now, const sema::Model& old);
// What `amends` says became what; without the documents, nothing.
std::vector<DeclaredMatch> declared_matches(const sema::Model& now, const sema::Model& old);

// Reports what the new version does not accept (`allow CODE because "…"`).
void check_amendments(const Comparison& comparison, const driver::Compilation& old,
                      const driver::Compilation& now, diagnostics::Sink& sink);

}  // namespace xize::versions
