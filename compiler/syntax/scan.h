// Raw tokens: runs of letters, numbers, strings and marks, before any word is understood.
// The same tokens as grammar/XizeLexer.g4 defines (a test compares the two), several times faster.
// Hand-written because the generated lexer leaves its DFA cache on every non-ASCII character.
// Must hold: spans are in order and do not overlap; blanks are not tokens; text is valid UTF-8.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/source/span.h"

namespace xize::syntax {

// `type` is a lexer token type of the generated grammar (WORD, NUMBER, STRING, LBRACE …).
struct RawToken {
  std::uint16_t type = 0;
  source::Span span;
  bool glued = false;  // cut from a run of a name and keywords, which was reported
};

// From the byte `begin` on.
std::vector<RawToken> scan(std::string_view text, std::uint32_t begin = 0);

}  // namespace xize::syntax
