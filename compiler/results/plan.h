// plan: how a run was computed, stage by stage: by whom, why, how many records or units were read.
// In: a Scoring. Out: lines of text in either language.
#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/argument.h"
#include "compiler/driver/scoring.h"

namespace xize::results {

std::vector<std::string> plan_lines(const driver::Scoring& scoring,
                                    diagnostics::Language language);

}  // namespace xize::results
