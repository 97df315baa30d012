// program: what is run, in stages, without sugar: only ops of ops.def.
// In: compiler/lower builds it (build.h); verify.h checks it. Out: engines run it over tables.
// It owns everything it names; it knows columns by index and places in the policy only as opaque
// origins. Values are exact; faults are values with the op that raised them first.
//
// An op has a level. Constant ops depend on nothing, Row ops on one row of a records table, Unit
// ops on one row of the unit table (a unit in a period), Group ops on the rows of a unit that share
// a key. Folds lift rows to groups or units, and groups to units; population ops read all units.
// A stage lists the ops that can be computed together, in order:
//   Aggregate   scans its table once: row ops for each row, then its folds;
//   Unit        computes scalars of one unit, its group ops, and folds over groups;
//   Population  computes reductions over all units.
// A scan may use unit values of an earlier stage, so a table may be scanned more than once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/store.h"
#include "runtime/base/string_pool.h"
#include "runtime/program/meaning.h"
#include "runtime/program/op.h"
#include "runtime/table/schema.h"
#include "runtime/value/value.h"

namespace xize::program {

enum class StageKind : std::uint8_t { Constant, Aggregate, Unit, Population };

// Ops that are computed together. An op stands in one stage, except that the row ops of a table
// may stand in several of its scans.
struct Stage {
  StageKind kind = StageKind::Unit;
  std::uint16_t table = kNoTable;          // Aggregate
  std::vector<OpId> rows = {};             // Aggregate: row ops, in order
  std::vector<OpId> ops = {};              // the stage's results, in order
  std::vector<std::uint32_t> checks = {};  // indexes of data checks that can be tested here
  std::vector<std::uint32_t> selections =
      {};  // Aggregate: indexes of row selections collected here
};

// How the rows of one table are grouped: the rows of a unit with equal keys (a row op).
struct GroupKey {
  std::uint16_t table = kNoTable;
  OpId key;
};
// A grouping may span tables: rows of all of them with one key (a month) are one group. A group
// exists where at least one row has its key.
struct Grouping {
  std::vector<GroupKey> keys;
};

// A data condition (a constraint over columns): where it is false, the data of the unit are in
// error and the unit is not scored. Where it cannot be computed (a cell is missing or 不涉及) it
// says nothing.
struct DataCheck {
  OpId condition;  // Bool at unit or row level
  Origin origin;
};

// A value given at the run.
struct ParameterSlot {
  std::string name;
  Type type = Type::Number;
  table::ColumnSchema schema;  // how its text is read, and what it may be
  std::optional<value::Value> default_value;
};

struct Program {
  table::DataSchema schema;
  base::StringPool strings;
  std::vector<value::Value> constants;
  std::vector<std::vector<std::string>> unit_sets;  // names of units
  std::vector<ParameterSlot> parameters;
  std::vector<Grouping> groupings;
  base::Store<OpId, Op> ops;
  std::vector<Stage> stages;
  base::Store<NodeId, Node> nodes;
  std::vector<Rubric> rubrics;
  std::vector<RowSelection> row_selections;
  std::vector<Report> reports;  // those that belong to no rubric
  std::vector<DataCheck> checks;
  std::vector<OpId> watched;  // further unit ops whose values are kept (test expectations)
};

}  // namespace xize::program
