// Leaves the worked examples out of a policy: a run does not ask for them.
// In: the tokens of a file, braces balanced. Out: the same without its `test` entries.
#pragma once

#include <vector>

#include "compiler/syntax/token.h"

namespace xize::syntax {

void leave_out_examples(std::vector<Token>& tokens);

}  // namespace xize::syntax
