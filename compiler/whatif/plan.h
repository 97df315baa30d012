// plan: several suggestions that together bring so many points. Private to this room.
#pragma once

#include "compiler/whatif/improvement.h"

namespace xize::whatif {

// One unit by one rubric.
struct PlanPlace {
  const program::Rubric& rubric;
  Bench& bench;  // of all units
  std::size_t row = 0;
};

// The total and rank of a row.
Standing standing_of(const program::Rubric& rubric, const engine::Outcome& outcome,
                     std::size_t row);

// Takes the suggestions that cost least for a point, one for each item and column, until all
// together, scored again, bring what is wanted; then leaves out those that are not needed.
Plan make_plan(const PlanPlace& place, const RubricAdvice& advice, const value::Rational& wanted);

}  // namespace xize::whatif
