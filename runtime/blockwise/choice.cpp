#include <algorithm>
#include <array>

#include "runtime/blockwise/compute.h"

namespace xize::blockwise {
namespace {

using program::Opcode;
using program::Type;

// The rows of two lanes, each row from one of them; false where their types say nothing common.
class Blend {
 public:
  Blend(const Lanes& a, const Lanes& b, std::size_t count, Lanes& out)
      : a_(a), b_(b), count_(count), out_(out) {}

  [[nodiscard]] bool possible() const {
    return a_.type == b_.type || a_.type == Type::Any || b_.type == Type::Any;
  }

  // takes_a(row): is it a's; the states that are not plain stand in `out` already.
  template <class TakesA>
  void numbers(TakesA takes_a) {
    const Type type = a_.type == Type::Any ? b_.type : a_.type;
    const auto common = common_den(a_, b_);
    if (common && fits_scaled(a_, common->a_factor) && fits_scaled(b_, common->b_factor)) {
      const std::int64_t fa = common->a_factor;
      const std::int64_t fb = common->b_factor;
      std::int64_t* to = out_.write(type, common->den);
      for (std::size_t r = 0; r < count_; ++r) {
        to[r] = takes_a(r) ? a_.nums[r] * fa : b_.nums[r] * fb;
      }
      out_.least = std::min(a_.least * fa, b_.least * fb);
      out_.most = std::max(a_.most * fa, b_.most * fb);
      return out_.settle(count_);
    }
    std::int64_t* to = out_.write(type);
    out_.write_dens();
    for (std::size_t r = 0; r < count_; ++r) {
      const Lanes& from = takes_a(r) ? a_ : b_;
      to[r] = from.nums[r];
      out_.dens[r] = from.den_at(r);
    }
    out_.settle_and_measure(count_);
  }

 private:
  static bool fits_scaled(const Lanes& lanes, std::int64_t factor) {
    return fits(Wide{lanes.least} * factor) && fits(Wide{lanes.most} * factor);
  }

  const Lanes& a_;
  const Lanes& b_;
  std::size_t count_;
  Lanes& out_;
};

void close_if_plain(std::size_t count, Lanes& out) {
  if (out.all_plain) return;
  const auto end = out.states.begin() + static_cast<std::ptrdiff_t>(count);
  out.all_plain = std::all_of(out.states.begin(), end, [](RowState s) { return s == kPlain; });
}

bool select(const Task& task, Lanes& out) {
  const Lanes& condition = task.lanes(0);
  const Lanes& a = task.lanes(1);
  const Lanes& b = task.lanes(2);
  Blend blend(a, b, task.count, out);
  if (!blend.possible()) return false;
  out.all_plain = condition.all_plain && a.all_plain && b.all_plain;
  if (!out.all_plain) {
    out.open_states();
    for (std::size_t r = 0; r < task.count; ++r) {
      const RowState unusable = used_state(condition.state(r), task.operands[0].id);
      const Lanes& chosen = condition.nums[r] != 0 ? a : b;
      out.states[r] = unusable != kPlain ? unusable : chosen.state(r);
    }
    close_if_plain(task.count, out);
  }
  blend.numbers([&](std::size_t r) { return condition.nums[r] != 0; });
  return true;
}

bool coalesce(const Task& task, Lanes& out) {
  const Lanes& a = task.lanes(0);
  const Lanes& b = task.lanes(1);
  Blend blend(a, b, task.count, out);
  if (!blend.possible()) return false;
  out.all_plain = a.all_plain;
  if (!a.all_plain) {
    out.open_states();
    for (std::size_t r = 0; r < task.count; ++r) {
      out.states[r] = a.states[r] == kMissing ? b.state(r) : a.states[r];
    }
    close_if_plain(task.count, out);
  }
  blend.numbers([&](std::size_t r) { return a.state(r) != kMissing; });
  return true;
}

// The second operand is used where the first says so; the first decides elsewhere.
void and_or(const Task& task, Lanes& out) {
  const Lanes& a = task.lanes(0);
  const Lanes& b = task.lanes(1);
  const bool is_and = task.op.code == Opcode::and_;
  out.all_plain = a.all_plain && b.all_plain;
  std::int64_t* to = out.write(Type::Bool);
  if (!out.all_plain) {
    out.open_states();
    for (std::size_t r = 0; r < task.count; ++r) {
      const RowState first = used_state(a.state(r), task.operands[0].id);
      const bool goes_on = first == kPlain && (a.nums[r] != 0) == is_and;
      out.states[r] = goes_on ? used_state(b.state(r), task.operands[1].id) : first;
    }
    close_if_plain(task.count, out);
  }
  if (is_and) {
    for (std::size_t r = 0; r < task.count; ++r) to[r] = a.nums[r] & b.nums[r];
  } else {
    for (std::size_t r = 0; r < task.count; ++r) to[r] = a.nums[r] | b.nums[r];
  }
  out.least = 0;
  out.most = 1;
  out.settle(task.count);
}

void negate(const Task& task, Lanes& out) {
  join_states(task.operands, task.count, out);
  std::int64_t* to = out.write(Type::Bool);
  for (std::size_t r = 0; r < task.count; ++r) to[r] = 1 - task.lanes(0).nums[r];
  out.least = 0;
  out.most = 1;
  out.settle(task.count);
}

// A fault has no state, it stays a fault; of a row that was left nothing is known.
void has_state(const Task& task, RowState wanted, Lanes& out) {
  const Lanes& a = task.lanes(0);
  out.all_plain = true;
  std::int64_t* to = out.write(Type::Bool);
  for (std::size_t r = 0; r < task.count; ++r) {
    const RowState state = a.state(r);
    to[r] = state == wanted ? 1 : 0;
    if (state >= kLeft) out.mark(r, state);
  }
  out.least = 0;
  out.most = 1;
  out.settle(task.count);
}

}  // namespace

bool compute_choice(const Task& task, Lanes& out) {
  switch (task.op.code) {
    case Opcode::select: return select(task, out);
    case Opcode::coalesce: return coalesce(task, out);
    case Opcode::and_:
    case Opcode::or_: and_or(task, out); return true;
    case Opcode::not_: negate(task, out); return true;
    case Opcode::is_missing: has_state(task, kMissing, out); return true;
    case Opcode::is_na: has_state(task, kNotApplicable, out); return true;
    case Opcode::is_pending: has_state(task, kPending, out); return true;
    default: return false;
  }
}

}  // namespace xize::blockwise
