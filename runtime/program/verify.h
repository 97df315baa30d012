// verify: is a program well formed? Runs after lowering and after each pass.
// In: any program. Out: what is wrong, in words for whoever made it; empty if sound. A violation
// is our own mistake, never the user's.
// What holds for a sound program:
//   operands stand before their op and fit its row of ops.def in number, type and level;
//   row ops read one table, group ops one grouping; folds read row ops of their table or group ops
//   of their grouping; populations read only units;
//   every op stands in exactly one stage (row ops in the scans that need them), after its operands;
//   immediates are in range; meaning names constant or unit ops; checks stand in one stage each.
#pragma once

#include <string>
#include <vector>

#include "runtime/program/program.h"

namespace xize::program {

std::vector<std::string> verify(const Program& program);

}  // namespace xize::program
