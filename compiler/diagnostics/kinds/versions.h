// XZ33xx: two versions of a policy, and what the new one says of the old one.
// In: the rows of kinds/versions.def. Out: one constant for each.
#pragma once

#include "compiler/diagnostics/kinds.h"

namespace xize::diagnostics::kinds {

#include "compiler/diagnostics/kinds/declare.def"
#include "compiler/diagnostics/kinds/versions.def"
#include "compiler/diagnostics/kinds/close.def"

}  // namespace xize::diagnostics::kinds
