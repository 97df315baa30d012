// plan: how a run was computed, stage by stage: by whom and why, how many records or units were
// read, what compiled code was proved for, and how long it took.
// In: a Scoring. Out: lines of text in either language.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/diagnostics/argument.h"
#include "compiler/driver/compilation.h"
#include "compiler/driver/scoring.h"

namespace xize::results {

// Who computed and what was proved of it; rows and times; or all of it.
enum class PlanDetail : std::uint8_t { Engines, Costs, All };

std::vector<std::string> plan_lines(const driver::Compilation& compilation,
                                    const driver::Scoring& scoring, PlanDetail detail,
                                    diagnostics::Language language);

}  // namespace xize::results
