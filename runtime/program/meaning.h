// meaning: which ops are the points of an item, the total of a rubric, a clause's contribution.
// In: lowering fills it. Out: results, explanations and selections read the outcome through it.
// Must hold: every op is of constant or unit level unless it says otherwise; an invalid op means
// "not so here".
//
// The score of a node is a number, or Missing where it is unscored, NotApplicable where it does
// not apply, a Fault where it could not be computed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/program/op.h"
#include "runtime/value/rational.h"

namespace xize::program {

// What a node of the rubric is.
enum class NodeKind : std::uint8_t {
  Section, Item, BonusBlock, BonusItem, PenaltyBlock, PenaltyItem,
};
using NodeId = base::Id<struct NodeTag>;

enum class DecisionKind : std::uint8_t { Zero, Full, Give, Unscored, NotApplicable, Veto };

// A guard in its order: it decides when `condition` is true and none before it was.
struct Decision {
  DecisionKind kind = DecisionKind::Zero;
  OpId condition;
  OpId outcome;      // the score it gives; invalid for Unscored, NotApplicable
  Origin origin;
};

// What one clause adds (negative: takes away), after its cap; zero where its `when` does not hold.
// A clause inside a block has the block as parent; only top-level contributions are summed.
struct Contribution {
  OpId amount;
  OpId active;       // Bool: did its conditions hold; invalid: always
  OpId measure;      // what it was counted over (`per`), or the measure of a scale
  int parent = -1;   // index into the node's contributions
  Origin origin;
};

// A row of a tier, case, lookup, rank or grade table: whether it was the one that fitted.
struct RowHit {
  OpId chosen;       // Bool
  Origin origin;
};

// Grades of a rubric or section. A grade is the index of its label, 0 the best.
struct GradeScheme {
  std::vector<std::string> labels;
  std::vector<RowHit> rows;
  OpId before_rules;            // Number: index from the rows
  OpId grade;                   // Number: index after set, lower, at least, at most; Missing for
                                // a reference unit or one that is not scored
  std::vector<Decision> rules;  // outcome: the index after the rule
};

// One section or item, bonus or penalty block.
struct Node {
  NodeKind kind = NodeKind::Item;
  std::string name, title;
  NodeId parent;         // invalid: directly under its rubric
  std::uint32_t rubric = 0;
  Origin origin;
  std::vector<NodeId> children;
  bool scored = true;    // false: neither it nor anything in it can earn points
  OpId points;           // declared points, or the cap of a block
  OpId applicable;       // Bool
  OpId unscored;         // Bool: no score is given though it applies
  OpId base;             // where the clauses start
  OpId before_cap;       // base + contributions; of a section: its children together
  OpId raw;              // score before redistribution
  OpId factor;           // of redistribution; invalid: 1
  OpId worth;            // points after redistribution
  OpId before_round;     // score before its own `round`; invalid: it has none
  OpId score;
  std::vector<Decision> decisions;
  std::vector<Contribution> contributions;
  std::vector<RowHit> rows;      // rows of the scales and tables that stand in it
  std::vector<OpId> inputs;      // column and fold ops it reads, in order, for the explanation
  std::optional<GradeScheme> grade;
};

// A selection of units.
struct Selection {
  std::string name;
  OpId taken;            // Bool
  Origin origin;
};

// A selection of rows of a records table, over all units of a period.
struct RowSelection {
  std::string name;
  std::uint32_t rubric = 0;
  Origin origin;
  std::uint16_t table = kNoTable;
  OpId candidate;                 // Bool, row level
  std::vector<OpId> measures;     // row level, highest first: the value, then tie-breaks
  OpId key;                       // row level: the class the places are counted in; invalid: one
  OpId places;                    // how many, or the share of the candidates of the class
  bool is_share = false;
  std::optional<value::Rounding> round;  // of the share
  Ties ties = Ties::Unstated;
};

// A result that is no points.
struct Report {
  std::string name;
  OpId value;
  Origin origin;
  NodeId node;           // the section or item it stands in; invalid: the rubric or the policy
  std::vector<OpId> inputs;  // as those of a node
};

// One rubric: who is in it and what comes out, step by step.
struct Rubric {
  std::string name, title;
  Origin origin;
  OpId member;             // Bool: the unit is scored by this rubric
  OpId reference;          // Bool: scored, not ranked or graded; invalid: nobody is
  std::vector<NodeId> top;
  bool has_total = true;   // false: `total none` keeps its results apart, or nothing earns points
  OpId declared_total;
  OpId sections_sum, bonus_sum, penalty_sum;
  OpId before_rules;       // sections + bonus - penalty
  OpId before_round;       // after guards, floor and ceiling
  OpId unscored;           // Bool
  OpId total;
  OpId combined;           // over periods; invalid: none
  OpId converted;          // invalid: none
  OpId rank;               // Missing for a reference unit or one that is not scored
  std::vector<Decision> decisions;
  std::optional<GradeScheme> grade;
  std::vector<Selection> selections;
  std::vector<Report> reports;
};

}  // namespace xize::program
