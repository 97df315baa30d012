// test_unit: the unit that a test is about where it names none.
// In: what the test expects. Out: the first unit of the policy that is scored on all of it.
#pragma once

#include <string>
#include <vector>

#include "compiler/sema/model.h"

namespace xize::testing {

std::string unit_for(const sema::Model& model, const sema::TestInfo& test);

// The first unit that is scored on these nodes; else one that the policy does not name.
std::string unit_in(const sema::Model& model, const std::vector<sema::NodeId>& nodes);

}  // namespace xize::testing
