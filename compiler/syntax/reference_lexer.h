// The raw tokens as the lexer that ANTLR generates from grammar/XizeLexer.g4 gives them: the same
// as scan() gives, several times slower. Tests hold the scanner to the grammar with it.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/syntax/scan.h"

namespace xize::syntax {

// Comments are tokens, as they are for scan(); blanks are not. `text` is valid UTF-8.
std::vector<RawToken> scan_by_grammar(std::string_view text);
// The name of a raw token's type, `WORD`.
std::string_view raw_token_name(const RawToken& token);

}  // namespace xize::syntax
