#include "compiler/driver/stages.h"

#include "compiler/format/print_tree.h"
#include "compiler/lower/lower.h"
#include "compiler/syntax/parse.h"
#include "runtime/program/print.h"

namespace xize::driver {

std::string print_stage(const Compilation& compilation, std::string_view stage) {
  if (stage == "tokens") return syntax::print_tokens(compilation.file());
  if (stage == "parse") return format::print_tree(compilation.module());
  if (!compilation.sound()) return {};
  return program::print(lower::to_program(compilation.model(), {}).program);
}

}  // namespace xize::driver
