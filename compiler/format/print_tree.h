// print_tree: the tree of a file as text, one line for each entry.
// In: a module. Out: `(Node kind=Item name=即办程度 …)` with entries indented below; fields that
// are absent, false or 0 are left out, spans and comments are never shown. Cost: linear.
#pragma once

#include <string>

#include "compiler/ast/module.h"

namespace xize::format {

std::string print_tree(const ast::Module& module);

// The same with everything left out that is spelling: 分 after amounts of points, measure words,
// how a number is written, the level that an indicator's depth gives. Equal texts are equal trees.
std::string print_meaning(const ast::Module& module);

}  // namespace xize::format
