// imports: the files that a policy imports, behind its own text. Private to this room.
//   引用 “标准库/计分方法”   a file of the standard library, which is part of the program
//   引用 “常用.xize”         a file by its path from the folder of the file that says so
#pragma once

#include "compiler/ast/module.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/source/file.h"

namespace xize::driver {

// Appends what `module` imports, and what that imports, to the file, each once, and reads the whole
// again. Nothing happens without imports. What cannot be found is reported where it is imported.
void add_imports(source::File& file, ast::Module& module, diagnostics::Sink& sink);

}  // namespace xize::driver
