// roots: the ops whose values somebody reads after a run, and what they need.
// In: a program. Out: pruning keeps what they need; engines keep their values.
#pragma once

#include <vector>

#include "runtime/program/program.h"

namespace xize::program {

// The unit and constant ops named by nodes, rubrics, reports and watched, each once, in order.
std::vector<OpId> kept_ops(const Program& program);

// Of these, the ones that say what came out: scores, totals, ranks, grades, selections, reports,
// and the points there were to earn.
std::vector<OpId> result_ops(const Program& program);

// The ops that engines read while they run: checks and row selections.
std::vector<OpId> engine_ops(const Program& program);

// By op: is it one of `roots` or needed by one.
std::vector<bool> needed_ops(const Program& program, const std::vector<OpId>& roots);

}  // namespace xize::program
