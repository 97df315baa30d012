// Secondary places that several families want.
// In: the rows of kinds/notes.def. Out: one constant for each.
#pragma once

#include "compiler/diagnostics/kinds.h"

namespace xize::diagnostics::kinds {

#include "compiler/diagnostics/kinds/declare.def"
#include "compiler/diagnostics/kinds/notes.def"
#include "compiler/diagnostics/kinds/close.def"

}  // namespace xize::diagnostics::kinds
