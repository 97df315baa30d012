// fragment: one entry of a policy as text, away from its file.
// In: an entry, or a part of one, and the module it belongs to. Out: its lines as `fmt` lays them
// out, in the words that a role has first: two entries that differ only in layout, comments or
// synonyms give the same text.
#pragma once

#include <string>

#include "compiler/ast/module.h"

namespace xize::format {

std::string fragment(const ast::Module& module, const ast::EntryNode& node, ast::Surface surface);
std::string fragment(const ast::Module& module, ast::ExprId expr, ast::Surface surface);
// `all 部门 where C`, `甲 + 乙`.
std::string fragment(const ast::Module& module, const ast::GroupExpr& group, ast::Surface surface);

}  // namespace xize::format
