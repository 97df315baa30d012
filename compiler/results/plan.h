// plan: how a run was computed, stage by stage: by whom, why, how many records or units were read.
// In: a Scoring. Out: lines of text in either language.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/diagnostics/argument.h"
#include "compiler/driver/scoring.h"

namespace xize::results {

// With or without the time that each stage took.
enum class PlanDetail : std::uint8_t { Engines, EnginesAndTimes };

std::vector<std::string> plan_lines(const driver::Scoring& scoring, PlanDetail detail,
                                    diagnostics::Language language);

}  // namespace xize::results
