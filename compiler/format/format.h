// format: a policy in canonical layout, in either surface, from its tree.
// In: a module without InvalidExpr or InvalidEntry, and the file it was read from (for comments and
// empty lines; an empty file for a tree that was built). Out: the text.
// Must hold: formatting the result again gives the same text; reading it gives the same tree up to
// spans; Chinese to English and back gives the same tree.
//
// The layout: indentation 2; a line for each entry and row; a block with a single item that opens
// no block, has no comment and fits its line stands on one line; lines above 100 cells are broken
// after a list mark or before an operator or a tail, and go on 4 further in; at most one empty line
// between entries, where the file had one; a comment on its own line stays before what follows it,
// any other at the end of the line it was on.
// Chinese prints the phrase of a construct where it has one. A synonym that the author chose
// (未达到 for 低于) is kept in its own surface. 分 is said after amounts of points in
// Chinese and left out in English; other units stay. A name that the place would read otherwise
// stands in “…” or backticks.
// Cost: linear in the size of the tree, but for single-item blocks, which may be tried once.
#pragma once

#include <optional>
#include <string>

#include "compiler/ast/module.h"
#include "compiler/source/file.h"

namespace xize::format {

// What to print; without a surface, the one that most of the file's words are in.
struct Options {
  std::optional<ast::Surface> surface;
};

std::string to_text(const ast::Module& module, const source::File& file,
                    const Options& options = {});

}  // namespace xize::format
