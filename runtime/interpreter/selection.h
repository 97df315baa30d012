// selection: rows of records chosen over all units of a period, `select 服务明星 top 10% of 人员 per
// 类别` (language §6.7).
#pragma once

#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/interpreter/use.h"

namespace xize::interpreter {

// A candidate row as it was read, with its period.
struct Candidate {
  engine::RowChoice choice;
  std::uint32_t period = 0;
};

// Decides `taken` for every candidate; best first within each class of each period. `places` is
// the number of places, or the share of the candidates of a class.
std::vector<engine::RowChoice> choose_rows(const program::RowSelection& selection,
                                           std::vector<Candidate> candidates, const Value& places);

}  // namespace xize::interpreter
