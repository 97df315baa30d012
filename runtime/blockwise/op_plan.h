// op_plan: scalar ops as steps of a kernel: what compute.h does over lanes, with proofs.
// In: what is known of the values that the kernel reads. Out: for each op steps for its number and
// its state, or nothing where no proof was found; such an op stays with compute.h.
// Must hold: a row's number counts only where its state is plain; elsewhere it is anything within
// its range.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "runtime/blockwise/lanes.h"
#include "runtime/blockwise/ratios.h"
#include "runtime/kernel/builder.h"
#include "runtime/program/program.h"

namespace xize::blockwise {

// The values of an op: numbers where the state is kPlain. What is no number has the scale 1.
struct Planned {
  program::Type type = program::Type::Any;
  Ratio number = {};
  kernel::ValueId state = kernel::kNone;
};

class OpPlan {
 public:
  explicit OpPlan(const program::Program& program) : program_(program), ratios_(steps_) {}

  // What an op is that the kernel does not compute.
  void give(OpId op, const Planned& planned) { known_.insert_or_assign(op.index, planned); }
  // False if the op is not for the kernel.
  bool add(OpId op);
  // Null if the kernel does not know it.
  [[nodiscard]] const Planned* find(OpId op) const;

  Ratios& ratios() { return ratios_; }
  kernel::Builder& steps() { return steps_; }
  [[nodiscard]] const kernel::Builder& steps() const { return steps_; }

 private:
  using ValueId = kernel::ValueId;
  [[nodiscard]] const Planned& operand(const program::Op& op, std::size_t i) const {
    return *find(op.operands[i]);
  }
  Planned compute(OpId id, const program::Op& op);
  Planned compute_arithmetic(OpId id, const program::Op& op);
  Planned compute_choice(const program::Op& op);
  Planned compare(const program::Op& op);
  Planned extreme(const program::Op& op);
  Ratio round(const program::Op& op, const Planned& a, const Planned& places);
  Ratio to_integer(const Ratio& a, bool up);
  Planned select(const program::Op& op);
  Planned coalesce(const program::Op& op);
  Planned and_or(const program::Op& op);
  Planned has_state(const Planned& a, RowState wanted);
  Planned days_between(const program::Op& op);
  Planned blend(ValueId takes_a, const Planned& a, const Planned& b);
  // The state of an op that is a fault where it says so, unless its operands are.
  ValueId fault_where(ValueId condition, FaultKind kind, OpId id);
  ValueId is_out_of_range(const program::Op& op);

  // The number times a power of ten, to an integer.
  ValueId rounded(const Ratio& a, std::int64_t power, value::Rounding mode);
  ValueId rounded(ValueId num, ValueId den, value::Rounding mode);
  ValueId used(ValueId state, OpId from);
  ValueId joined(const program::Op& op);
  ValueId is_plain(ValueId state) { return steps_.equal(state, steps_.constant(kPlain)); }
  static Planned truth(ValueId num, ValueId state) {
    return {program::Type::Bool, {num}, state};
  }

  const program::Program& program_;
  kernel::Builder steps_;
  Ratios ratios_;
  std::unordered_map<std::uint32_t, Planned> known_;  // by op
};

}  // namespace xize::blockwise
