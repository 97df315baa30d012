// facts: what of two lists of facts differs.
// In: facts of a thing, or of several that became others, in both versions. Out: one detail for
// each fact that changed, came or went, by aspect.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "compiler/versions/comparison.h"

namespace xize::versions {

using FactList = std::vector<const Fact*>;

// The facts that differ, and the names that these rest on.
struct FactDifference {
  std::vector<Detail> details;
  std::set<std::string> mentioned_before, mentioned_after;
};

// `several`: of more than one thing on a side, where what all of them say is said once.
FactDifference difference_of(FactList before, FactList after, bool several);

}  // namespace xize::versions
