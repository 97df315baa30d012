#include <algorithm>
#include <functional>

#include "runtime/blockwise/compute.h"

namespace xize::blockwise {
namespace {

using program::Opcode;
using program::Type;

bool scaled_fits(const Lanes& a, std::int64_t factor) {
  return fits(Wide{a.least} * factor) && fits(Wide{a.most} * factor);
}

// compare(x, y) for each row, where x and y stand as a and b do.
template <class Compare>
void compare_rows(const Lanes& a, const Lanes& b, std::size_t count, Lanes& out) {
  constexpr Compare kCompare;
  std::int64_t* to = out.write(Type::Bool);
  const auto common = common_den(a, b);
  if (common && scaled_fits(a, common->a_factor) && scaled_fits(b, common->b_factor)) {
    const std::int64_t fa = common->a_factor;
    const std::int64_t fb = common->b_factor;
    if (fa == 1 && fb == 1) {
      for (std::size_t r = 0; r < count; ++r) to[r] = kCompare(a.nums[r], b.nums[r]) ? 1 : 0;
    } else {
      for (std::size_t r = 0; r < count; ++r) {
        to[r] = kCompare(a.nums[r] * fa, b.nums[r] * fb) ? 1 : 0;
      }
    }
  } else {
    for (std::size_t r = 0; r < count; ++r) {
      const Wide x = Wide{a.nums[r]} * b.den_at(r);
      const Wide y = Wide{b.nums[r]} * a.den_at(r);
      to[r] = kCompare(x, y) ? 1 : 0;
    }
  }
  out.least = 0;
  out.most = 1;
  out.settle(count);
}

// One row of lanes that may be those read.
void set_row(Lanes& out, std::size_t row, std::int64_t num, std::int64_t den) {
  out.num_store[row] = num;
  out.dens[row] = den;
}

// The smaller or larger of both, by the op; `out` may be `a`.
void pick_extreme(const Lanes& a, const Lanes& b, const Task& task, Lanes& out) {
  const bool largest = task.op.code == Opcode::max;
  const std::size_t count = task.count;
  const auto common = common_den(a, b);
  const Type type = b.type;
  if (common && scaled_fits(a, common->a_factor) && scaled_fits(b, common->b_factor)) {
    const std::int64_t fa = common->a_factor;
    const std::int64_t fb = common->b_factor;
    const std::int64_t* x = a.nums;
    const std::int64_t* y = b.nums;
    const auto least = std::minmax({a.least * fa, b.least * fb});
    const auto most = std::minmax({a.most * fa, b.most * fb});
    std::int64_t* to = out.write(type, common->den);
    if (largest) {
      for (std::size_t r = 0; r < count; ++r) to[r] = std::max(x[r] * fa, y[r] * fb);
    } else {
      for (std::size_t r = 0; r < count; ++r) to[r] = std::min(x[r] * fa, y[r] * fb);
    }
    out.least = largest ? least.second : least.first;
    out.most = largest ? most.second : most.first;
    return;
  }
  std::vector<std::int64_t> a_dens(count);
  for (std::size_t r = 0; r < count; ++r) a_dens[r] = a.den_at(r);
  const std::int64_t* x = a.nums;
  out.write(type);
  out.write_dens();
  for (std::size_t r = 0; r < count; ++r) {
    const bool less = Wide{x[r]} * b.den_at(r) < Wide{b.nums[r]} * a_dens[r];
    if (less == largest) {
      set_row(out, r, b.nums[r], b.den_at(r));
    } else {
      set_row(out, r, x[r], a_dens[r]);
    }
  }
  out.settle_and_measure(count);
}

bool same_type(const Task& task) {
  return std::all_of(task.operands.begin(), task.operands.end(), [&](const Operand& operand) {
    return operand.lanes->type == task.lanes(0).type && operand.lanes->type != Type::Any;
  });
}

void compute_extreme(const Task& task, Lanes& out) {
  pick_extreme(task.lanes(0), task.lanes(task.operands.size() == 1 ? 0 : 1), task, out);
  for (std::size_t i = 2; i < task.operands.size(); ++i) {
    pick_extreme(out, task.lanes(i), task, out);
  }
  out.settle(task.count);
}

}  // namespace

bool compute_comparison(const Task& task, Lanes& out) {
  if (!same_type(task)) return false;
  join_states(task.operands, task.count, out);
  const Lanes& a = task.lanes(0);
  switch (task.op.code) {
    case Opcode::min:
    case Opcode::max: compute_extreme(task, out); return true;
    case Opcode::eq: compare_rows<std::equal_to<>>(a, task.lanes(1), task.count, out); return true;
    case Opcode::ne:
      compare_rows<std::not_equal_to<>>(a, task.lanes(1), task.count, out);
      return true;
    case Opcode::lt: compare_rows<std::less<>>(a, task.lanes(1), task.count, out); return true;
    case Opcode::le:
      compare_rows<std::less_equal<>>(a, task.lanes(1), task.count, out);
      return true;
    case Opcode::gt: compare_rows<std::greater<>>(a, task.lanes(1), task.count, out); return true;
    case Opcode::ge:
      compare_rows<std::greater_equal<>>(a, task.lanes(1), task.count, out);
      return true;
    default: return false;
  }
}

}  // namespace xize::blockwise
