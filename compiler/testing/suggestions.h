// suggestions: worked examples that nobody has written yet, one for each row, guard and boundary
// of an item that no test reaches, with today's outcome.
// In: a sound Compilation. Out: `test` blocks in the policy's surface, as `fmt` prints them.
// Must hold: the policy with the blocks behind it is sound, and each of them passes. Whether the
// outcome is meant is for the author to say: each block carries a comment that asks for it.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "compiler/testing/testing.h"

namespace xize::testing {

struct Suggestions {
  std::string text;                  // empty: nothing is left to suggest
  std::size_t count = 0;             // of blocks
  std::vector<CoverPoint> open;      // places that neither tests nor suggestions reach
};

Suggestions suggest_tests(const driver::Compilation& compilation);

}  // namespace xize::testing
