// The checks of this room, one function each.
// In: a checked model, what the nodes are worth, an evaluator. Out: findings (XZ30xx to XZ32xx).
// Cost: each is linear in the policy.
#pragma once

#include "compiler/analysis/analysis.h"
#include "compiler/analysis/evaluator.h"
#include "compiler/analysis/findings.h"

namespace xize::analysis {

inline constexpr std::size_t kUnitsNamed = 4;  // in a finding about more of them

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
// Units of no rubric, of two, or under two names.
void check_groups(Context& c);

// Tables of rows: gaps, idle and contested rows, outcomes that fall and rise again.
void check_rows(Context& c);
// Lookups: combinations of keys without a row, idle and contested rows, turns along one key.
void check_lookups(Context& c);
// Scales whose outcomes turn back, ratios that leave 0 to 100 % or of which a floor leaves nothing.
void check_scales(Context& c);
// Amounts counted up to a cap that ends a step in the middle, comes early, or never.
void check_steps(Context& c);
// Jumps where points in proportion meet another rule.
void check_jumps(Context& c);
// Guards that never or always hold, that others stand before, or that contradict each other.
void check_guards(Context& c);
// Awards under thresholds that imply one another, which add up.
void check_thresholds(Context& c);
// Divisions by what can be 0.
void check_denominators(Context& c);
// Definitions that are alike, or that differ under one name.
void check_definitions(Context& c);
// Figures, definitions, groups and records that nothing reads.
void check_unused(Context& c);
// Totals without an end, cuts without a rule, grades out of reach.
void check_results(Context& c);
// What is left to judgement, and what the document leaves open.
void check_judgement(Context& c);
// Siblings, repeated sentences, numbers.
void check_document(Context& c);
// Sentences that say the opposite of their copy, lists unlike their number, names written
// otherwise.
void check_sentences(Context& c);
// Issuers, dates, years, periods.
void check_heading(Context& c);
// Working days that are counted in years whose holidays are not known.
void check_workdays(Context& c, const KnownDays& known);

// The words for a difference: `a` is more or less than `b`.
diagnostics::Term more_or_less(const Rational& a, const Rational& b);
// Notes each part of a sum at its place.
void note_parts(const Context& c, diagnostics::Draft& draft, const std::vector<NodeId>& parts);

}  // namespace xize::analysis
