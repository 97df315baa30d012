// What a run found out about the data and the items, as diagnostics.
#pragma once

#include <string>
#include <string_view>

#include "compiler/driver/scoring.h"

namespace xize::driver {

// What a condition on the data says: its own words, or `办结数 <= 事项数` for one of a column.
std::string check_text(const Compilation& compilation, const lower::Place& place);

// A comparison as the policies of a language say it: `不超过`.
std::string_view sign_of(ast::BinaryOp op, bool chinese);

// Constraints, partitions and checks of the policy that the data break, each with its row.
void report_violations(const Compilation& compilation, const Scoring& scoring,
                       diagnostics::Sink& sink);

// What the run left out: records after the cut-off, units of the policy without a row, marks that
// are not given yet, selections of records that the policy leaves open.
void report_left_out(const Compilation& compilation, const Scoring& scoring,
                     diagnostics::Sink& sink);

}  // namespace xize::driver
