// The best that an item can come to: its clauses, where no guard decides before them, and what its
// guards give.
// In: an item whose points are constant. Out: a bound that no unit passes, and a result that some
// unit reaches; of a penalty item, of what is taken away.
// Must hold: both are before the item's points cut them off, and both are proved under the declared
// ranges.
#pragma once

#include "compiler/analysis/clause_estimate.h"

namespace xize::analysis {

// What is known of the best result of an item.
struct Outcome {
  Extended bound = Extended::infinity(-1);
  Extended reached = Extended::infinity(-1);
  ClauseSum clauses;
};

// Whether a guard holds, with everything it stands under.
Condition condition_of(Evaluator& evaluator, const sema::GuardInfo& guard);

Outcome outcome_of(const sema::Model& model, Evaluator& evaluator, NodeId item,
                   const Rational& points);

}  // namespace xize::analysis
