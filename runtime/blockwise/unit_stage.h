// unit_stage: one unit stage over blocks of unit rows, on all cores.
// In: what earlier stages left in the state. Out: the values of the stage's stored ops, there too,
// for all rows but those that are left to the interpreter: rows with a number that does not fit,
// with a false data check, and those to be traced.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <oneapi/tbb/enumerable_thread_specific.h>

#include "runtime/blockwise/fused_ops.h"
#include "runtime/interpreter/state.h"

namespace xize::blockwise {

class UnitStage {
 public:
  // The stage has no groups.
  UnitStage(interpreter::State& state, const program::Stage& stage, const Machine& machine);
  ~UnitStage();
  UnitStage(const UnitStage&) = delete;
  UnitStage& operator=(const UnitStage&) = delete;
  UnitStage(UnitStage&&) = delete;
  UnitStage& operator=(UnitStage&&) = delete;

  // The unit rows that are left, ascending.
  std::vector<std::size_t> run();
  // What compiled code did.
  [[nodiscard]] const FusedOps& kernels() const { return fused_; }

 private:
  class Worker;

  // How an op gets its lanes: a constant once; one of an earlier stage from the state; a leaf of
  // this stage row by row; all others from their operands.
  enum class How : std::uint8_t { Filled, Loaded, Evaluated, Computed };
  struct Step {
    OpId op;
    How how = How::Computed;
    bool is_kept = false;     // its values go into the state
    bool is_check = false;    // the condition of a data check
    std::uint32_t lanes = 0;  // lent to it until its last use
  };

  void add_step(OpId op, How how);
  void add_operand(OpId op);
  void fuse();
  void lend_lanes();

  interpreter::State& state_;
  const program::Stage& stage_;
  std::vector<Step> steps_;  // operands before those that use them
  std::vector<std::uint32_t> step_of_;  // by op
  std::vector<std::uint32_t> given_;    // the steps that are not computed
  std::vector<std::uint32_t> taken_;    // those whose values somebody else reads
  std::uint32_t lanes_ = 0;  // how many are needed
  FusedOps fused_;
  bool is_fused_;            // kernels may compute several steps at once
  tbb::enumerable_thread_specific<std::unique_ptr<Worker>> workers_;
};

}  // namespace xize::blockwise
