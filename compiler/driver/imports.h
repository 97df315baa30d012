// imports: the definitions of other files, read behind the policy that names them.
// In: a parsed policy. Out: their types, lookups, groups, aliases, parameters, definitions and
// methods among the policy's own; what else a file holds, such as a rubric with tests of its
// methods, stays there.
// Must hold: each file is read once, however often and in whatever circle it is imported; all
// together are no larger than one file may be.
#pragma once

#include "compiler/ast/module.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/source/file.h"

namespace xize::driver {

void read_imports(ast::Module& module, source::File& file, diagnostics::Sink& sink);

}  // namespace xize::driver
