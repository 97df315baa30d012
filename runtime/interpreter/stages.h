// stages: a run in which somebody else may compute whole stages, with the same result.
// In: a fresh State, the records. Out: the Outcome. Faster engines come in here: what they leave,
// the interpreter computes.
#pragma once

#include "runtime/interpreter/state.h"

namespace xize::interpreter {

// Computes stages for the interpreter. Each function gives false, and has changed nothing, where
// it leaves the stage or the op.
class StageEngine {
 public:
  virtual ~StageEngine() = default;
  virtual bool run_scan(State& state, const program::Stage& stage,
                        engine::RecordSource& records) = 0;
  // Rows that it cannot compute whole are for `run_unit_row`, and so are those with a false check
  // and those to be traced.
  virtual bool run_units(State& state, const program::Stage& stage) = 0;
  // One op of a population stage.
  virtual bool run_population(State& state, program::OpId op) = 0;
};

engine::Outcome run(State& state, engine::RecordSource& records, StageEngine& engine);

// One unit row of a unit stage, with its checks and traces: for rows that such an engine leaves.
void run_unit_row(State& state, const program::Stage& stage, std::size_t row);

}  // namespace xize::interpreter
