// op_plan: scalar ops as steps of a kernel: what compute.h does over lanes, with proofs.
// In: what is known of the values that the kernel reads. Out: for each op steps for its number, its
// denominator and its state, or nothing where no proof was found; such an op stays with compute.h.
// Must hold: a row's number and denominator count only where its state is plain; elsewhere they
// are anything within their ranges.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "runtime/blockwise/lanes.h"
#include "runtime/kernel/builder.h"
#include "runtime/program/program.h"

namespace xize::blockwise {

// The values of an op: num / den where the state is kPlain.
struct Planned {
  program::Type type = program::Type::Any;
  kernel::ValueId num = kernel::kNone;
  kernel::ValueId den = kernel::kNone;
  kernel::ValueId state = kernel::kNone;
};

class OpPlan {
 public:
  explicit OpPlan(const program::Program& program) : program_(program) {}

  // What an op is that the kernel does not compute.
  void give(OpId op, const Planned& planned) { known_.insert_or_assign(op.index, planned); }
  // False if the op is not for the kernel.
  bool add(OpId op);
  // Null if the kernel does not know it.
  [[nodiscard]] const Planned* find(OpId op) const;

  kernel::Builder& steps() { return steps_; }
  [[nodiscard]] const kernel::Builder& steps() const { return steps_; }

 private:
  using ValueId = kernel::ValueId;
  struct Pair {
    ValueId a;
    ValueId b;
    ValueId den;
  };

  [[nodiscard]] const Planned& operand(const program::Op& op, std::size_t i) const {
    return *find(op.operands[i]);
  }
  Planned compute(OpId id, const program::Op& op);
  Planned compute_arithmetic(OpId id, const program::Op& op);
  Planned compute_choice(const program::Op& op);
  Planned compare(const program::Op& op);
  Planned extreme(const program::Op& op);
  Planned multiply(const Planned& a, const Planned& b);
  Planned divide(OpId id, const Planned& a, const Planned& b);
  Planned round(const program::Op& op, const Planned& a, const Planned& places);
  Planned to_integer(const Planned& a, bool up);
  Planned check_count(OpId id, const Planned& a);
  Planned select(const program::Op& op);
  Planned coalesce(const program::Op& op);
  Planned and_or(const program::Op& op);
  Planned has_state(const Planned& a, RowState wanted);
  Planned days_between(const program::Op& op);
  Planned blend(ValueId takes_a, const Planned& a, const Planned& b);

  // num / den to an integer.
  ValueId rounded(ValueId num, ValueId den, value::Rounding mode);
  // Both numbers over one denominator.
  Pair over_one_den(const Planned& a, const Planned& b);
  ValueId used(ValueId state, OpId from);
  ValueId joined(const program::Op& op);
  ValueId is_plain(ValueId state) { return steps_.equal(state, steps_.constant(kPlain)); }
  ValueId negative(ValueId x) { return steps_.sub(steps_.constant(0), x); }
  ValueId size_of(ValueId x);
  Planned truth(ValueId num, ValueId state) {
    return {program::Type::Bool, num, steps_.constant(1), state};
  }

  const program::Program& program_;
  kernel::Builder steps_;
  std::unordered_map<std::uint32_t, Planned> known_;  // by op
};

}  // namespace xize::blockwise
