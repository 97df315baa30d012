// same_tree: whether two files say the same, whatever their surface and layout.
// In: two modules. Out: equal up to spans, comments and spelling (print_tree.h says what that is).
#pragma once

#include "compiler/ast/module.h"

namespace xize::format {

bool same_tree(const ast::Module& a, const ast::Module& b);

}  // namespace xize::format
