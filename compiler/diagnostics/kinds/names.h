// XZ20xx: names and what they stand for.
// In: the rows of kinds/names.def. Out: one constant for each.
#pragma once

#include "compiler/diagnostics/kinds.h"

namespace xize::diagnostics::kinds {

#include "compiler/diagnostics/kinds/declare.def"
#include "compiler/diagnostics/kinds/names.def"
#include "compiler/diagnostics/kinds/close.def"

}  // namespace xize::diagnostics::kinds
