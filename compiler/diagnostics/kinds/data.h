// XZ40xx: data files.
// In: the rows of kinds/data.def. Out: one constant for each.
#pragma once

#include "compiler/diagnostics/kinds.h"

namespace xize::diagnostics::kinds {

#include "compiler/diagnostics/kinds/declare.def"
#include "compiler/diagnostics/kinds/data.def"
#include "compiler/diagnostics/kinds/close.def"

}  // namespace xize::diagnostics::kinds
