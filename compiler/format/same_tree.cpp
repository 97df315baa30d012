#include "compiler/format/same_tree.h"

#include "compiler/format/print_tree.h"

namespace xize::format {

bool same_tree(const ast::Module& a, const ast::Module& b) {
  return print_meaning(a) == print_meaning(b);
}

}  // namespace xize::format
