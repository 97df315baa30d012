// blockwise: the engine for many records and many units. It computes aggregate and unit stages in
// blocks of rows as integers, compares units column by column, on all cores, and leaves to the
// interpreter what it cannot prove; so its outcome is the interpreter's, to the last digit and
// fault.
// In and out as interpreter.h, and a report of who computed what.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/blockwise/machine.h"
#include "runtime/blockwise/proof.h"
#include "runtime/engine/engine.h"

namespace xize::blockwise {

// Why a stage is not computed in blocks.
enum class Reason : std::uint8_t {
  None,         // it is
  NoRows,       // constants
  Groups,       // it folds groups of the unit's records
  OrderOfRows,  // `last` needs the rows in their order
  Selection,    // rows are selected
  LargeNumbers, // units compared by numbers beyond 64 bits
};

// How one stage was computed: how many records or units it read, how many of them the interpreter,
// and of how many compiled code computed what it could prove.
struct StageReport {
  Reason reason = Reason::None;
  std::uint64_t rows = 0;
  std::uint64_t rows_left = 0;
  std::uint64_t rows_fused = 0;
  Compiled compiled = Compiled::Nobody;
  Proof proof = {};  // of the latest kernel, if there was one
};

// The outcome, and a report for each stage of the program.
struct Run {
  engine::Outcome outcome;
  std::vector<StageReport> stages;
};

Run run(const program::Program& program, const table::UnitTable& units,
        engine::RecordSource& records, const engine::RunOptions& options,
        const Machine& machine = {});

// Why a stage would not be computed in blocks.
Reason reason_against(const program::Program& program, const program::Stage& stage);

}  // namespace xize::blockwise
