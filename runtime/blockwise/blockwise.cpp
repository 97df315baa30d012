#include "runtime/blockwise/blockwise.h"

#include <algorithm>

#include "runtime/blockwise/block_scan.h"
#include "runtime/blockwise/unit_comparison.h"
#include "runtime/blockwise/unit_stage.h"
#include "runtime/interpreter/stages.h"

namespace xize::blockwise {
namespace {

using program::Op;
using program::Program;
using program::Shape;
using program::Stage;
using program::StageKind;

// Computes what it can, and notes how.
class BlockEngine final : public interpreter::StageEngine {
 public:
  BlockEngine(const Program& program, const Machine& machine) : machine_(machine) {
    for (const Stage& stage : program.stages) {
      reports_.push_back({.reason = reason_against(program, stage)});
    }
  }

  bool run_scan(interpreter::State& state, const Stage& stage,
                engine::RecordSource& records) override {
    StageReport& report = report_of(state, stage);
    if (report.reason != Reason::None) return false;
    BlockScan scan(state, stage, machine_);
    const auto& schema = state.program.schema.records[stage.table];
    if (!records.scan_blocks(stage.table, schema, scan)) state.outcome.complete = false;
    scan.finish();
    report.rows = scan.rows();
    report.rows_left = scan.rows_left();
    note_kernels(report, scan.kernels());
    return true;
  }

  bool run_units(interpreter::State& state, const Stage& stage) override {
    StageReport& report = report_of(state, stage);
    if (report.reason != Reason::None) return false;
    UnitStage units(state, stage, machine_);
    const std::vector<std::size_t> left = units.run();
    for (const std::size_t row : left) interpreter::run_unit_row(state, stage, row);
    report.rows = state.units.rows().row_count();
    report.rows_left = left.size();
    note_kernels(report, units.kernels());
    return true;
  }

  bool run_population(interpreter::State& state, program::OpId op) override {
    const bool is_done = compare_units(state, op);
    for (const Stage& stage : state.program.stages) {
      if (std::find(stage.ops.begin(), stage.ops.end(), op) == stage.ops.end()) continue;
      StageReport& report = report_of(state, stage);
      report.rows = state.units.rows().row_count();
      if (!is_done) report.reason = Reason::LargeNumbers;
    }
    return is_done;
  }

  std::vector<StageReport> take_reports() { return std::move(reports_); }

 private:
  // A record of all periods was computed in each of them.
  static void note_kernels(StageReport& report, const FusedOps& kernels) {
    report.rows_fused = std::min(kernels.fused_rows(), report.rows);
    report.compiled = kernels.compiled();
    report.proof = kernels.proof();
  }
  StageReport& report_of(const interpreter::State& state, const Stage& stage) {
    return reports_[static_cast<std::size_t>(&stage - state.program.stages.data())];
  }

  const Machine& machine_;
  std::vector<StageReport> reports_;
};

}  // namespace

Reason reason_against(const Program& program, const Stage& stage) {
  const auto has_op = [&](auto is_such) {
    return std::any_of(stage.ops.begin(), stage.ops.end(),
                       [&](program::OpId op) { return is_such(program.ops[op]); });
  };
  switch (stage.kind) {
    case StageKind::Constant: break;
    case StageKind::Population: return Reason::None;
    case StageKind::Unit:
      return has_op([](const Op& op) { return program::facts(op.code).shape == Shape::Fold; })
                 ? Reason::Groups
                 : Reason::None;
    case StageKind::Aggregate:
      if (!stage.selections.empty()) return Reason::Selection;
      return has_op([](const Op& op) { return op.code == program::Opcode::fold_last; })
                 ? Reason::OrderOfRows
                 : Reason::None;
  }
  return Reason::NoRows;
}

Run run(const Program& program, const table::UnitTable& units, engine::RecordSource& records,
        const engine::RunOptions& options, const Machine& machine) {
  interpreter::State state(program, units, options);
  BlockEngine engine(program, machine);
  engine::Outcome outcome = interpreter::run(state, records, engine);
  return {std::move(outcome), engine.take_reports()};
}

}  // namespace xize::blockwise
