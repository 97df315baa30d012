// sheet_order: which rows stand in a sheet, and in which order.
// In: a run, a rubric of its program, what is wanted. Out: rows of the unit table, best first.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/results/sheet.h"

namespace xize::results {

// The members that are wanted, each period by itself: scored ones by their total, then by rank;
// those without a total last; in the order of the data where nothing else decides. `periods` are
// the texts of the periods, by number; none where the policy has none.
std::vector<std::size_t> best_first(const driver::Scoring& scoring, const program::Rubric& rubric,
                                    const SheetFilter& filter,
                                    const std::vector<std::string>& periods);

// The filter takes this unit.
bool wanted(const SheetFilter& filter, std::string_view unit);

}  // namespace xize::results
