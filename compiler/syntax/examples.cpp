#include "compiler/syntax/examples.h"

#include <XizeLexer.h>

#include <utility>

namespace xize::syntax {
namespace {

using T = grammar::XizeLexer;

// One behind the brace that closes the block whose head begins at `begin`.
std::size_t end_of_block(const std::vector<Token>& tokens, std::size_t begin) {
  int depth = 0;
  for (std::size_t i = begin; i < tokens.size(); ++i) {
    if (tokens[i].type == T::LBRACE) ++depth;
    if (tokens[i].type == T::RBRACE && --depth == 0) return i + 1;
    if (tokens[i].type == T::SEP && depth == 0) break;
  }
  return begin;
}

}  // namespace

// An entry goes with the separator behind it, the last one with that before it.
void leave_out_examples(std::vector<Token>& tokens) {
  std::size_t kept = 0;
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool begins_entry = depth == 0 && (kept == 0 || tokens[kept - 1].type == T::SEP);
    if (begins_entry && tokens[i].type == T::TEST) {
      const std::size_t end = end_of_block(tokens, i);
      if (end > i) {
        const bool is_last = tokens[end].type != T::SEP;
        if (is_last && kept > 0) --kept;
        i = is_last ? end - 1 : end;
        continue;
      }
    }
    if (tokens[i].type == T::LBRACE) ++depth;
    if (tokens[i].type == T::RBRACE) --depth;
    if (kept != i) tokens[kept] = std::move(tokens[i]);
    ++kept;
  }
  tokens.resize(kept);
}

}  // namespace xize::syntax
