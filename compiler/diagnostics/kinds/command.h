// XZ60xx: the command line.
// In: the rows of kinds/command.def. Out: one constant for each.
#pragma once

#include "compiler/diagnostics/kinds.h"

namespace xize::diagnostics::kinds {

#include "compiler/diagnostics/kinds/declare.def"
#include "compiler/diagnostics/kinds/command.def"
#include "compiler/diagnostics/kinds/close.def"

}  // namespace xize::diagnostics::kinds
