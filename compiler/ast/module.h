// ast: one parsed file. A tree always exists; what could not be read is an Invalid node.
// In: syntax::parse fills it. Out: format, sema and diff read it. It owns every node.
#pragma once

#include <string>
#include <vector>

#include "compiler/ast/entry.h"
#include "runtime/base/store.h"

namespace xize::ast {

enum class Surface : std::uint8_t { Chinese, English };

// A `#` comment without its mark. `own_line`: nothing else stands before it on its line.
struct Comment {
  std::string text;
  Span span;
  bool own_line = false;
};

// One file: the stores of its nodes, its top-level entries in order, its comments in order.
struct Module {
  base::Store<ExprId, Expr> exprs;
  base::Store<EntryId, Entry> entries;
  std::vector<EntryId> top;
  std::vector<Comment> comments;
  Surface surface = Surface::Chinese;  // the one most of its keywords are written in
  std::uint32_t imports_begin = UINT32_MAX;  // entries from this byte on stand in imported files
};

}  // namespace xize::ast
