#include "runtime/blockwise/unit_stage.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "runtime/blockwise/compute.h"
#include "runtime/blockwise/unit_blocks.h"
#include "runtime/blockwise/unit_lanes.h"

namespace xize::blockwise {
namespace {

using program::Level;
using program::Op;
using program::Opcode;
using program::Shape;

constexpr std::uint32_t kNoStep = 0xffffffffu;

}  // namespace

// One thread's lanes, and the rows that it left.
class UnitStage::Worker {
 public:
  explicit Worker(UnitStage& stage)
      : stage_(stage), state_(stage.state_), by_op_(stage.state_.program.ops.size()) {
    for (std::uint32_t i = 0; i < stage.lanes_; ++i) lanes_.push_back(std::make_unique<Lanes>());
    for (const Step& step : stage.steps_) {
      by_op_[step.op.index] = lanes_[step.lanes].get();
      if (step.how != How::Filled) continue;
      fill(*lanes_[step.lanes], state_.op(step.op).type,
           state_.storage.column(step.op).at(0));
    }
  }

  void run(std::size_t first, std::size_t count) {
    first_ = first;
    count_ = count;
    if (has_left_) left_.fill(0);
    has_left_ = false;
    for (const std::size_t row : state_.outcome.traced_rows) {
      if (row >= first && row < first + count) leave(row - first);
    }
    const FusedKernel* kernel = run_kernel();
    if (kernel != nullptr && kernel->has_all()) {
      for (const std::uint32_t i : stage_.taken_) take(stage_.steps_[i]);
    } else {
      for (const Step& step : stage_.steps_) {
        if (!is_given(kernel, step)) give(step);
        take(step);
      }
    }
    for (std::size_t r = 0; has_left_ && r < count; ++r) {
      if (left_[r] != 0) rows_left.push_back(first + r);
    }
  }

  std::vector<std::size_t> rows_left;

 private:
  // Whatever its inputs are: a kernel needs all of them at once.
  const FusedKernel* run_kernel() {
    if (!stage_.is_fused_) return nullptr;
    for (const std::uint32_t i : stage_.given_) give(stage_.steps_[i]);
    const FusedKernel* kernel = stage_.fused_.find(by_op_, count_);
    if (kernel == nullptr) return nullptr;
    kernel->write(by_op_, count_, space_);
    stage_.fused_.add_rows(count_);
    return kernel;
  }
  [[nodiscard]] bool is_given(const FusedKernel* kernel, const Step& step) const {
    if (!stage_.is_fused_) return false;
    return step.how != How::Computed || (kernel != nullptr && kernel->has(step.op));
  }

  // The lanes of a step.
  void give(const Step& step) {
    Lanes& lanes = *lanes_[step.lanes];
    if (step.how == How::Loaded) load_rows(state_.storage.column(step.op), step.op, lanes);
    if (step.how == How::Evaluated) evaluate_rows(step.op, lanes);
    if (step.how == How::Computed) compute(step.op, lanes);
  }
  void take(const Step& step) {
    Lanes& lanes = *lanes_[step.lanes];
    if (step.is_check) check(lanes);
    if (step.is_kept) keep(step.op, lanes);
  }

  void load_rows(const value::PackedValues& column, OpId op, Lanes& out) const {
    const std::size_t number = first_ / kBlockRows;
    column.prefetch(number + 1);
    load(out, state_.op(op).type, column.part(number), count_);
  }

  // A leaf of this stage. A cell in error is a fault of the column that holds it.
  void evaluate_rows(OpId id, Lanes& out) const {
    const Op& op = state_.op(id);
    if (op.code == Opcode::column) {
      load_rows(state_.units.rows().column(op.imm), id, out);
      if (out.all_plain || out.most_state < kFaults) return;
      for (std::size_t r = 0; r < count_; ++r) {
        RowState& state = out.states[r];
        if (state >= kFaults) state = fault_state(fault_of_state(state).kind, id);
      }
      out.most_state = kAnyState;
      return;
    }
    std::vector<Value> values;
    for (std::size_t r = 0; r < count_; ++r) {
      values.push_back(interpreter::evaluate(state_, id, first_ + r));
    }
    const value::PackedPart part(values);
    load(out, op.type, part, count_);
    out.widen(count_);  // the part is gone soon
  }

  void compute(OpId id, Lanes& out) {
    const Op& op = state_.op(id);
    operands_.clear();
    for (const OpId operand : op.operands) {
      const Step& step = stage_.steps_[stage_.step_of_[operand.index]];
      lanes_[step.lanes]->widen(count_);
      operands_.push_back({lanes_[step.lanes].get(), operand});
    }
    blockwise::compute({op, id, operands_, count_}, state_.calendar, out);
  }

  void leave(std::size_t row) {
    left_[row] = 1;
    has_left_ = true;
  }

  // What a false check says of its row is the interpreter's to tell.
  void check(Lanes& holds) {
    const base::Cells cells = holds.cells();
    const bool are_bytes = cells.element == base::Element::Unsigned8;
    if (holds.all_plain && are_bytes && std::memchr(cells.data, 0, count_) == nullptr) return;
    holds.widen(count_);
    for (std::size_t r = 0; r < count_; ++r) {
      const RowState state = holds.state(r);
      if (state == kLeft || (state == kPlain && holds.nums[r] == 0)) leave(r);
    }
  }

  void keep(OpId op, Lanes& lanes) {
    if (!lanes.are_plain(count_)) {
      lanes.widen(count_);
      for (std::size_t r = 0; r < count_; ++r) {
        if (lanes.states[r] == kLeft) leave(r);
      }
    }
    state_.storage.put(op, first_ / kBlockRows, packed(lanes, count_));
  }

  UnitStage& stage_;
  interpreter::State& state_;
  std::vector<std::unique_ptr<Lanes>> lanes_;
  LanesByOp by_op_;
  FusedSpace space_;
  std::vector<Operand> operands_;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::array<std::uint8_t, kBlockRows> left_{};
  bool has_left_ = false;
};

UnitStage::UnitStage(interpreter::State& state, const program::Stage& stage,
                     const Machine& machine)
    : state_(state),
      stage_(stage),
      step_of_(state.program.ops.size(), kNoStep),
      fused_(state.program, machine),
      is_fused_(machine.open && state.units.rows().row_count() > machine.rows_before) {
  for (const OpId id : stage.ops) {
    const Op& op = state.op(id);
    for (const OpId operand : op.operands) add_operand(operand);
    add_step(id, program::facts(op.code).shape == Shape::Leaf ? How::Evaluated : How::Computed);
    steps_.back().is_kept = state.storage.is_stored(id);
  }
  for (const std::uint32_t check : stage.checks) {
    const OpId condition = state.program.checks[check].condition;
    add_operand(condition);
    steps_[step_of_[condition.index]].is_check = true;
  }
  for (std::uint32_t i = 0; i < steps_.size(); ++i) {
    if (steps_[i].how != How::Computed) given_.push_back(i);
    if (steps_[i].is_kept || steps_[i].is_check) taken_.push_back(i);
  }
  if (is_fused_) {
    fuse();
  } else {
    lend_lanes();
  }
}

UnitStage::~UnitStage() = default;

void UnitStage::add_step(OpId op, How how) {
  step_of_[op.index] = static_cast<std::uint32_t>(steps_.size());
  Step& step = steps_.emplace_back();
  step.op = op;
  step.how = how;
}

// An op of an earlier stage, unless it is there.
void UnitStage::add_operand(OpId op) {
  if (step_of_[op.index] != kNoStep) return;
  state_.storage.pack(op);
  add_step(op, state_.op(op).level == Level::Constant ? How::Filled : How::Loaded);
}

// Every op has its own lanes.
void UnitStage::fuse() {
  std::vector<OpId> ops;
  std::vector<OpId> read;
  for (Step& step : steps_) {
    step.lanes = lanes_++;
    if (step.how == How::Computed) ops.push_back(step.op);
    if (step.is_kept || step.is_check) read.push_back(step.op);
  }
  fused_.set(std::move(ops), read, {.rows = state_.units.rows().row_count(),
                                .table = &state_.program.schema.units});
}

// The lanes of an op are free behind its last use; those of constants stay as they are.
void UnitStage::lend_lanes() {
  std::vector<std::size_t> last_use(steps_.size(), 0);
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    last_use[i] = i;
    if (steps_[i].how != How::Computed) continue;
    for (const OpId operand : state_.op(steps_[i].op).operands) {
      last_use[step_of_[operand.index]] = i;
    }
  }
  std::vector<std::vector<std::uint32_t>> free_behind(steps_.size());
  std::vector<std::uint32_t> free;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    Step& step = steps_[i];
    if (step.how == How::Filled || free.empty()) {
      step.lanes = lanes_++;
    } else {
      step.lanes = free.back();
      free.pop_back();
    }
    if (step.how != How::Filled) free_behind[last_use[i]].push_back(step.lanes);
    free.insert(free.end(), free_behind[i].begin(), free_behind[i].end());
  }
}

std::vector<std::size_t> UnitStage::run() {
  const std::size_t rows = state_.units.rows().row_count();
  for_unit_blocks(rows, [&](std::size_t first, std::size_t count) {
    auto& worker = workers_.local();
    if (!worker) worker = std::make_unique<Worker>(*this);
    worker->run(first, count);
  });
  std::vector<std::size_t> left;
  for (const auto& worker : workers_) {
    left.insert(left.end(), worker->rows_left.begin(), worker->rows_left.end());
  }
  std::sort(left.begin(), left.end());
  return left;
}

}  // namespace xize::blockwise
