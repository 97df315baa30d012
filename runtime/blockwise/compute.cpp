#include "runtime/blockwise/compute.h"

#include <vector>

#include "runtime/interpreter/scalar.h"

namespace xize::blockwise {
namespace {

using program::Opcode;
using program::Type;

// The days between two dates, by a function of them.
template <class Days>
void count_days(const Task& task, Lanes& out, Days days) {
  join_states(task.operands, task.count, out);
  const Lanes& a = task.lanes(0);
  const Lanes& b = task.lanes(1);
  std::int64_t* to = out.write(Type::Number);
  for (std::size_t r = 0; r < task.count; ++r) {
    to[r] = days(value::Date{static_cast<std::int32_t>(a.nums[r])},
                 value::Date{static_cast<std::int32_t>(b.nums[r])});
  }
  out.settle_and_measure(task.count);
}

bool compute_days(const Task& task, const builtins::WorkdayCalendar& calendar, Lanes& out) {
  const bool counts_first = (task.op.imm & program::kFirstDayCounts) != 0;
  if (task.op.code == Opcode::days_between) {
    count_days(task, out, [&](value::Date a, value::Date b) {
      return builtins::days_between(a, b, counts_first);
    });
    return true;
  }
  if (task.op.code != Opcode::workdays_between) return false;
  count_days(task, out,
             [&](value::Date a, value::Date b) { return calendar.between(a, b, counts_first); });
  return true;
}

// Row by row through the interpreter.
void compute_rows(const Task& task, const builtins::WorkdayCalendar& calendar, Lanes& out) {
  std::vector<OpId> ids;
  std::vector<Value> values(task.operands.size());
  std::vector<const Value*> pointers;
  for (std::size_t i = 0; i < values.size(); ++i) {
    ids.push_back(task.operands[i].id);
    pointers.push_back(&values[i]);
  }
  out.all_plain = true;
  out.write(task.op.type);
  if (task.op.type == Type::Number) out.write_dens();
  for (std::size_t r = 0; r < task.count; ++r) {
    bool is_known = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
      is_known = is_known && task.lanes(i).state(r) != kLeft;
      if (is_known) values[i] = task.lanes(i).value(r);
    }
    if (is_known) {
      out.set_value(r, interpreter::apply_scalar(task.op, task.id, {ids, pointers}, calendar));
    } else {
      out.mark(r, kLeft);
    }
  }
  out.settle_and_measure(task.count);
}

}  // namespace

void compute(const Task& task, const builtins::WorkdayCalendar& calendar, Lanes& out) {
  if (compute_choice(task, out)) return;
  if (compute_arithmetic(task, out)) return;
  if (compute_days(task, calendar, out)) return;
  if (program::facts(task.op.code).operands.size() >= 2 && compute_comparison(task, out)) return;
  compute_rows(task, calendar, out);
}

}  // namespace xize::blockwise
