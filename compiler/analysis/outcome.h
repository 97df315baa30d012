// What an item can come to: its clauses, where no guard decides before them, and what its guards
// give.
// In: an item whose points are constant. Out: bounds that no unit passes, and a best result that
// some unit reaches; of a penalty item, of what is taken away.
// Must hold: all are before the item's points cut them off, and proved under the declared ranges.
#pragma once

#include "compiler/analysis/clause_estimate.h"

namespace xize::analysis {

// What is known of the results of an item.
struct Outcome {
  Extended bound = Extended::infinity(-1);  // of the best
  Extended floor = Extended::infinity(1);   // of the worst
  Extended reached = Extended::infinity(-1);
  ClauseSum clauses;
};

// Whether a guard holds, with everything it stands under.
Condition condition_of(Evaluator& evaluator, const sema::GuardInfo& guard);

Outcome outcome_of(const sema::Model& model, Evaluator& evaluator, NodeId item,
                   const Rational& points);

}  // namespace xize::analysis
