// The checks of this room, one function each.
// In: a checked model, what the nodes are worth, an evaluator. Out: findings (XZ30xx to XZ32xx).
// Cost: each is linear in the policy.
#pragma once

#include "compiler/analysis/evaluator.h"
#include "compiler/analysis/findings.h"

namespace xize::analysis {

// What every check may look at.
struct Context {
  const sema::Model& model;
  const std::vector<Worth>& worths;
  Evaluator& evaluator;
  Findings& findings;
};

// Declared points against the points of what they are made of, from items to the total.
void check_sums(Context& c);
// Caps of bonus and penalty blocks against the sum of their items.
void check_caps(Context& c);
// Weights of a weighted section against 100 %.
void check_weights(Context& c);
// An item's rules against its points.
void check_items(Context& c);
// Points and sentences in what has no points.
void check_frameworks(Context& c);
// What the document says of itself.
void check_claims(Context& c);
// Units to which less than the total applies, without redistribution.
void check_units(Context& c);

// Tables of rows: gaps, idle and contested rows, outcomes that fall and rise again.
void check_rows(Context& c);
// Guards that never or always hold, or that contradict each other.
void check_guards(Context& c);
// Awards under thresholds that imply one another, which add up.
void check_thresholds(Context& c);
// Divisions by what can be 0.
void check_denominators(Context& c);
// Figures and definitions that nothing reads.
void check_unused(Context& c);
// Totals without an end, cuts without a rule, grades out of reach.
void check_results(Context& c);
// What is left to judgement, and what the document leaves open.
void check_judgement(Context& c);
// Siblings, repeated sentences, numbers, dates.
void check_document(Context& c);

// The words for a difference: `a` is more or less than `b`.
diagnostics::Term more_or_less(const Rational& a, const Rational& b);
// Notes each part of a sum at its place.
void note_parts(const Context& c, diagnostics::Draft& draft, const std::vector<NodeId>& parts);

}  // namespace xize::analysis
