#include <algorithm>
#include <tuple>

#include "runtime/interpreter/interpreter.h"
#include "runtime/interpreter/population.h"
#include "runtime/interpreter/stages.h"

namespace xize::interpreter {
namespace {

using program::Op;
using program::Shape;
using program::Stage;
using program::StageKind;

// Units whose data are in error, as far as is known by now.
void update_faulty(State& state) {
  if (!state.units.has_faulty()) return;
  const table::Table& rows = state.units.rows();
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    if (state.units.is_faulty(rows.unit(row), rows.period(row))) state.faulty[row] = true;
  }
}

void run_constants(State& state, const Stage& stage) {
  for (const OpId id : stage.ops) {
    const Value value = evaluate(state, id, 0);
    state.storage.set_column(id, {&value, 1});
  }
}

// Group ops are computed by the folds over them.
void run_unit(State& state, const Stage& stage, std::size_t row) {
  for (const OpId id : stage.ops) {
    const Op& op = state.op(id);
    if (op.level == program::Level::Group) continue;
    const bool is_fold = program::facts(op.code).shape == Shape::Fold;
    state.storage.set(id, row, is_fold ? fold_groups(state, id, row) : evaluate(state, id, row));
  }
}

// Values of the unit row that are not in columns are gone with the next row.
void trace_unit(State& state, const Stage& stage, std::size_t row) {
  for (std::size_t t = 0; t < state.outcome.traced_rows.size(); ++t) {
    if (state.outcome.traced_rows[t] != row) continue;
    for (const OpId id : stage.ops) state.outcome.traces[t][id.index] = state.storage.get(id, row);
  }
}

void run_units(State& state, const Stage& stage) {
  for (std::size_t row = 0; row < state.units.rows().row_count(); ++row) {
    run_unit_row(state, stage, row);
  }
}

// Ranks and the like read their operands often, in any order.
std::vector<Value> unpacked(const value::PackedValues& column) {
  std::vector<Value> values;
  values.reserve(column.size());
  for (std::size_t row = 0; row < column.size(); ++row) values.push_back(column.at(row));
  return values;
}

void run_populations(State& state, const Stage& stage, StageEngine& engine) {
  for (const OpId id : stage.ops) {
    if (engine.run_population(state, id)) continue;
    Columns columns;
    for (const OpId operand : state.op(id).operands) {
      columns.ids.push_back(operand);
      columns.values.push_back(unpacked(state.storage.column(operand)));
    }
    state.storage.set_column(
        id, apply_population({state.op(id), id, std::move(columns)}, {state.units, state.faulty}));
  }
}

// False where the rows of the stage have to be scanned.
bool take_folds(State& state, const Stage& stage, engine::RecordSource& records) {
  const auto folds = records.fold(stage);
  for (std::size_t i = 0; folds && i < stage.ops.size(); ++i) {
    state.storage.set_column(stage.ops[i], (*folds)[i]);
  }
  return folds.has_value();
}

void run_stage(State& state, const Stage& stage, engine::RecordSource& records,
               StageEngine& engine) {
  update_faulty(state);
  switch (stage.kind) {
    case StageKind::Constant: return run_constants(state, stage);
    case StageKind::Unit:
      if (!engine.run_units(state, stage)) run_units(state, stage);
      return;
    case StageKind::Population: return run_populations(state, stage, engine);
    case StageKind::Aggregate:
      if (take_folds(state, stage, records) || engine.run_scan(state, stage, records)) return;
      return run_scan(state, stage, records);
  }
}

// The interpreter by itself.
class NoEngine final : public StageEngine {
 public:
  bool run_scan(State&, const Stage&, engine::RecordSource&) override { return false; }
  bool run_units(State&, const Stage&) override { return false; }
  bool run_population(State&, OpId) override { return false; }
};

// Checks whose condition became known in a stage that has no units of its own.
void test_unit_checks(State& state, const Stage& stage) {
  if (stage.kind == StageKind::Unit) return;
  for (const std::uint32_t check : stage.checks) {
    if (state.op(state.program.checks[check].condition).level == program::Level::Row) continue;
    for (std::size_t row = 0; row < state.units.rows().row_count(); ++row) {
      test_check(state, check, {.row = row});
    }
  }
}

// Columns of stored ops into the traces; the others were noted when they were computed.
void finish_traces(State& state) {
  for (std::size_t t = 0; t < state.outcome.traced_rows.size(); ++t) {
    const std::size_t row = state.outcome.traced_rows[t];
    for (std::size_t i = 0; i < state.program.ops.size(); ++i) {
      const OpId id = state.program.ops.id_at(i);
      if (state.storage.is_stored(id)) state.outcome.traces[t][i] = state.storage.get(id, row);
    }
  }
}

void sort_violations(std::vector<engine::Violation>& violations) {
  const auto place = [](const engine::Violation& v) { return std::tie(v.check, v.row, v.line); };
  std::sort(violations.begin(), violations.end(),
            [&](const auto& a, const auto& b) { return place(a) < place(b); });
}

}  // namespace

void run_unit_row(State& state, const Stage& stage, std::size_t row) {
  run_unit(state, stage, row);
  for (const std::uint32_t check : stage.checks) test_check(state, check, {.row = row});
  trace_unit(state, stage, row);
}

engine::Outcome run(State& state, engine::RecordSource& records, StageEngine& engine) {
  const auto& stages = state.program.stages;
  for (std::size_t s = 0; s < stages.size(); ++s) {
    if (state.options.progress) state.options.progress({s, stages.size(), 0});
    run_stage(state, stages[s], records, engine);
    test_unit_checks(state, stages[s]);
  }
  update_faulty(state);
  finish_traces(state);
  sort_violations(state.outcome.violations);
  state.outcome.columns = state.storage.take_kept();
  state.outcome.faulty = std::move(state.faulty);
  return std::move(state.outcome);
}

engine::Outcome run(const program::Program& program, const table::UnitTable& units,
                    engine::RecordSource& records, const engine::RunOptions& options) {
  State state(program, units, options);
  NoEngine nobody;
  return run(state, records, nobody);
}

}  // namespace xize::interpreter
