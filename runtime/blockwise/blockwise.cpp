#include "runtime/blockwise/blockwise.h"

#include <algorithm>

#include "runtime/blockwise/block_scan.h"
#include "runtime/interpreter/stages.h"

namespace xize::blockwise {
namespace {

using program::Program;
using program::Stage;

// Computes what it can, and notes how.
class BlockEngine final : public interpreter::StageEngine {
 public:
  explicit BlockEngine(const Program& program) {
    for (const Stage& stage : program.stages) {
      reports_.push_back({.reason = reason_against(program, stage)});
    }
  }

  bool run_scan(interpreter::State& state, const Stage& stage,
                engine::RecordSource& records) override {
    StageReport& report = reports_[static_cast<std::size_t>(&stage - state.program.stages.data())];
    if (report.reason != Reason::None) return false;
    BlockScan scan(state, stage);
    const auto& schema = state.program.schema.records[stage.table];
    if (!records.scan_blocks(stage.table, schema, scan)) state.outcome.complete = false;
    scan.finish();
    report.rows = scan.rows();
    report.rows_left = scan.rows_left();
    return true;
  }

  bool run_units(interpreter::State&, const Stage&) override { return false; }

  std::vector<StageReport> take_reports() { return std::move(reports_); }

 private:
  std::vector<StageReport> reports_;
};

}  // namespace

Reason reason_against(const Program& program, const Stage& stage) {
  if (stage.kind != program::StageKind::Aggregate) return Reason::NoRecords;
  if (!stage.selections.empty()) return Reason::Selection;
  const bool ordered = std::any_of(stage.ops.begin(), stage.ops.end(), [&](program::OpId op) {
    return program.ops[op].code == program::Opcode::fold_last;
  });
  return ordered ? Reason::OrderOfRows : Reason::None;
}

Run run(const Program& program, const table::UnitTable& units, engine::RecordSource& records,
        const engine::RunOptions& options) {
  interpreter::State state(program, units, options);
  BlockEngine engine(program);
  engine::Outcome outcome = interpreter::run(state, records, engine);
  return {std::move(outcome), engine.take_reports()};
}

}  // namespace xize::blockwise
