// Gives every word its role by its place, inserts separators, balances brackets.
// In: words cut by split.h. Out: the tokens the parser reads; comments apart.
// Must hold: braces and parentheses of the result are balanced, whatever the text; nesting is at
// most kNestingMax deep; the last token is EOF (grammar type -1 as 65535).
#pragma once

#include <string_view>
#include <vector>

#include "compiler/ast/module.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/syntax/scan.h"
#include "compiler/syntax/token.h"

namespace xize::syntax {

inline constexpr int kNestingMax = 200;
inline constexpr std::size_t kTokensMax = 4'000'000;

// The tokens of a file and what is no token.
struct Classified {
  std::vector<Token> tokens;            // empty when a limit was passed
  std::vector<ast::Comment> comments;
  ast::Surface surface = ast::Surface::Chinese;
};

Classified classify(std::string_view text, const std::vector<RawToken>& words,
                    diagnostics::Sink& sink);

}  // namespace xize::syntax
