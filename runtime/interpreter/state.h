// state: what the stages of one run share. Each stage reads what earlier ones left here.
#pragma once

#include <map>
#include <unordered_map>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/interpreter/fold.h"
#include "runtime/interpreter/storage.h"

namespace xize::interpreter {

// The folds of one op for one unit row, by key of the group.
using FoldsByKey = std::map<Value, Fold, value::ValueBefore>;

struct State {
  State(const program::Program& p, const table::UnitTable& u, const engine::RunOptions& o);

  [[nodiscard]] const program::Op& op(OpId id) const { return program.ops[id]; }

  const program::Program& program;
  const table::UnitTable& units;
  const engine::RunOptions& options;
  builtins::WorkdayCalendar weekdays;           // used when the options bring no calendar
  const builtins::WorkdayCalendar& calendar;
  Storage storage;
  std::vector<bool> faulty;                     // by unit row
  std::vector<std::vector<std::uint32_t>> sets; // by unit set: numbers of its units, sorted
  std::unordered_map<OpId, std::vector<FoldsByKey>> grouped;          // by fold, then unit row
  std::unordered_map<OpId, std::vector<std::vector<Value>>> top_keys; // by fold, then unit row
  std::vector<std::vector<OpId>> group_ops;     // by grouping: its group ops, in order
  engine::Outcome outcome;
};

// The value of a constant, unit or row op at a place; `cells` are those of the row at hand.
// Operands are read from storage.
Value evaluate(const State& state, OpId id, std::size_t row, std::span<const Value> cells = {});

// The values of an op's operands at a place. `buffer` is lent.
Operands operands_of(const State& state, OpId id, std::size_t row,
                     std::vector<const Value*>& buffer);

// The value of a fold over the groups of a unit row.
Value fold_groups(State& state, OpId id, std::size_t row);

// Notes a data check that is false at a unit row (and a line of records).
void test_check(State& state, std::uint32_t check, engine::Violation where);

// One scan of a records table: row ops, folds, checks, selections.
void run_scan(State& state, const program::Stage& stage, engine::RecordSource& records);

}  // namespace xize::interpreter
