// program: what is run, in stages, without sugar: only ops of ops.def.
// In: compiler/lower builds it; verify.h checks it. Out: engines run it over tables.
// It owns everything it names; it knows columns by index and places in the policy only as opaque
// origins. Values are exact; faults are values with the op that raised them first.
//
// An op has a level. Constant ops depend on nothing, Row ops on one row of a records table, Unit
// ops on one row of the unit table (a unit in a period). Folds lift rows to units; population ops
// read all units. A stage lists the ops that can be computed together, in order:
//   Aggregate(table) scans that table once: row ops for each row, then its folds;
//   Unit             computes scalars of one unit;
//   Population       computes reductions over all units.
// A record scan may use unit values of an earlier stage, so a table may be scanned more than once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/id.h"
#include "runtime/base/store.h"
#include "runtime/base/string_pool.h"
#include "runtime/table/schema.h"
#include "runtime/value/value.h"

namespace xize::program {

using OpId = base::Id<struct OpTag>;
// An index into the compiler's list of places; `kNoOrigin` where nothing was written.
using Origin = base::Id<struct OriginTag>;

enum class Opcode : std::uint8_t {
#define XIZE_OP(name, level, result, arity, meaning) name,
#include "runtime/program/ops.def"
#undef XIZE_OP
};
enum class Type : std::uint8_t { Any, Same, Number, Bool, Text, Date, Month };
enum class Level : std::uint8_t { Constant, Row, Unit };
// The imm of pop_take.
enum class Ties : std::uint8_t { Unstated, Share, Exclude };

struct Op {
  Opcode code = Opcode::constant;
  Type type = Type::Number;
  Level level = Level::Constant;
  std::uint16_t table = 0;            // records table of a Row op or a fold
  std::uint32_t imm = 0;
  std::vector<OpId> operands;
  Origin origin;
};

enum class StageKind : std::uint8_t { Constant, Aggregate, Unit, Population };
struct Stage {
  StageKind kind = StageKind::Unit;
  std::uint16_t table = 0;            // Aggregate
  std::vector<OpId> rows;             // Aggregate: row ops in order
  std::vector<OpId> ops;              // the stage's results, in order
};

// ---- what the ops mean to a reader ------------------------------------------------------------

enum class NodeKind : std::uint8_t { Rubric, Section, Item, Bonus, Penalty, BonusItem, PenaltyItem };
using NodeId = base::Id<struct NodeTag>;

enum class DecisionKind : std::uint8_t { Zero, Full, Give, Unscored, NotApplicable, Veto };
// A guard in its order: it decides when `condition` is true and none before it was.
struct Decision {
  DecisionKind kind = DecisionKind::Zero;
  OpId condition;
  OpId outcome;                       // the score it gives; invalid for Unscored, NotApplicable
  Origin origin;
};
// What one clause adds (negative: takes away), after its cap; zero where its `when` does not hold.
// A clause inside a block has the block as parent; only top-level contributions are summed.
struct Contribution {
  OpId amount;
  OpId active;                        // Bool: did its conditions hold; invalid: always
  OpId count;                         // what it was counted over (`per`), or the measure of a scale
  int parent = -1;                    // index into the node's contributions
  Origin origin;
};

// One section or item; ops are unit-level. An invalid op means "not so for this node".
struct Node {
  NodeKind kind = NodeKind::Item;
  std::string name, title;
  NodeId parent;
  Origin origin;
  OpId points;        // declared points (Number); invalid: none
  OpId applicable;    // Bool
  OpId unscored;      // Bool: no score is given though it applies
  OpId base;          // where the clauses start
  OpId before_cap;    // base + contributions
  OpId raw;           // score before redistribution
  OpId worth;         // points after redistribution
  OpId score;         // after redistribution and rounding
  std::vector<Decision> decisions;
  std::vector<Contribution> contributions;
  std::vector<OpId> inputs;           // column and fold ops it reads, for the explanation
};

// A row of the final grade table is a label; its index is the grade, 0 the best.
struct GradeScheme {
  std::vector<std::string> labels;
  OpId before_rules;  // Number: index from the rows
  OpId grade;         // Number: index after set / at least / at most / lower
  std::vector<Decision> rules;        // rules that changed it
};
struct Selection {
  std::string name;
  Origin origin;
  OpId taken;                         // Bool per unit; invalid for a selection of rows
  // a selection of rows of a records table
  std::uint16_t table = 0;
  std::uint32_t label_column = 0;
  OpId candidate, value, key, places; // row ops; `places` is the share or the number, unit level
  bool is_share = false;
  std::optional<value::Rounding> round;
  Ties ties = Ties::Unstated;
  bool of_rows = false;
};
struct Report {
  std::string name;
  OpId value;
  Origin origin;
};

// One rubric: who is in it and what comes out, step by step.
struct Rubric {
  std::string name, title;
  Origin origin;
  OpId member;            // Bool: the unit is scored by this rubric
  OpId reference;         // Bool: scored, not ranked or graded; invalid: none
  std::vector<NodeId> top;
  OpId declared_total;    // Number
  OpId sections_sum, bonus_sum, penalty_sum;
  OpId before_rules;      // sections + bonus - penalty
  OpId before_round;      // after guards, floor, ceiling
  OpId unscored;          // Bool
  OpId total;
  OpId combined;          // over periods; invalid: none
  OpId converted;         // invalid: none
  OpId rank;
  std::vector<Decision> decisions;
  std::optional<GradeScheme> grade;
  std::vector<Selection> selections;
  std::vector<Report> reports;
};

// A data condition (a constraint over columns): reported with the unit where it does not hold.
struct DataCheck {
  OpId condition;                     // Bool at unit or row level
  Origin origin;
};

struct ParameterSlot {
  std::string name;
  Type type = Type::Number;
  std::optional<value::Value> default_value;
};

struct Program {
  table::DataSchema schema;
  base::StringPool strings;
  std::vector<value::Value> constants;
  std::vector<std::vector<std::string>> unit_sets;  // names of units
  std::vector<ParameterSlot> parameters;
  base::Store<OpId, Op> ops;
  std::vector<Stage> stages;
  base::Store<NodeId, Node> nodes;
  std::vector<Rubric> rubrics;
  std::vector<DataCheck> checks;
};

}  // namespace xize::program
