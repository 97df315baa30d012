// print_tree: the tree of a file as text, one line for each entry.
// In: a module. Out: `(Node kind=Item name=即办程度 …)` with entries indented below; fields that
// are absent, false or 0 are left out, spans and comments are never shown. Cost: linear.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "compiler/ast/module.h"

namespace xize::format {

std::string print_tree(const ast::Module& module);

// The same with everything left out that is spelling: 分 after amounts of points, measure words,
// how a number is written, the level that an indicator's depth gives. Equal texts are equal trees.
std::string print_meaning(const ast::Module& module);

// How one who compares two policies reads the names in them.
struct Reading {
  std::function<std::string(std::string_view)> name;       // what a name is called there
  std::function<ast::ExprId(ast::ExprId)> stands_for;      // of a definition: what it says
};
// The meaning of one entry or expression, read so. Equal texts mean the same: here the order of
// `and`, `or` and the members of a set are left out too.
std::string print_meaning(const ast::Module& module, const ast::EntryNode& node,
                          const Reading& reading);
std::string print_meaning(const ast::Module& module, ast::ExprId expr, const Reading& reading);

}  // namespace xize::format
