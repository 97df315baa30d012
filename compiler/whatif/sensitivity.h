// sensitivity: what is at stake in each item over all units of a period, and who stands near an
// edge where points jump.
// In: a scoring that kept its records, a period. Out: plain facts for each item, and the edges.
// Must hold: sums are exact; every edge was scored on both sides.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/results/sheet.h"
#include "compiler/whatif/probe.h"

namespace xize::whatif {

// One item over the units that have a score in it. Scores count towards the total, so those of
// penalties are 0 or below.
struct ItemStake {
  program::NodeId node;
  std::string name;                        // its path
  results::Mark points;                    // declared
  bool penalty = false;
  std::size_t units = 0;
  value::Rational lowest, highest, average;
  value::Rational worth;                   // in sum, after what was shared out; of a penalty 0
  value::Rational lost;                    // in sum; of a bonus nothing is lost
  std::size_t losing = 0;                  // units with less than all
  std::size_t whole = 0;                   // units with all of it
  std::optional<std::size_t> moved;        // ranks that would change without the item's points
};

// A unit whose input lies near a place where the score of an item jumps.
struct Edge {
  std::string unit, item, input;
  results::Datum now, beyond;              // the cell, and the nearest value on the other side
  value::Rational score, score_beyond;     // of the item, towards the total
};

struct RubricStakes {
  std::string rubric, period;
  std::size_t ranked = 0;                  // units with a rank
  std::vector<ItemStake> items;            // in the order of the policy
  std::vector<Edge> edges;                 // by item, the largest jump first
  std::vector<std::string> not_searched;   // items that compare units: their edges move with others
};

struct StakesRequest {
  std::string rubric;                      // empty: all
  std::string period;                      // as `results::period_of` has it
  value::Rational within = value::Rational(2, 100);  // how near, in proportion; at least one step
};

std::vector<RubricStakes> find_stakes(const driver::Compilation& compilation,
                                      driver::Scoring& scoring, const StakesRequest& request);

std::string stakes_text(const std::vector<RubricStakes>& stakes,
                        const results::ExplanationStyle& style);
std::string stakes_json(const std::vector<RubricStakes>& stakes);
// A table of the items, then one of the edges, an empty line between them.
std::string stakes_csv(const std::vector<RubricStakes>& stakes, results::Language language);

}  // namespace xize::whatif
