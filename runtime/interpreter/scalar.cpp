#include "runtime/interpreter/scalar.h"

namespace xize::interpreter {
namespace {

using program::Op;
using program::Opcode;

// `and`, `or`, `if` are lazy, left to right (language §4): a fault in what is not used is no fault.
Value apply_lazy(const Op& op, const Operands& operands) {
  if (op.code == Opcode::coalesce) {  // `x default y`
    const bool missing = std::holds_alternative<value::Missing>(operands[0]);
    return missing ? operands[1] : operands[0];
  }
  if (const auto f = fault_of(operands[0], operands.ids[0])) return *f;
  const bool first = std::get<bool>(operands[0]);
  switch (op.code) {
    case Opcode::and_: return first ? usable(operands[1], operands.ids[1]) : Value(false);
    case Opcode::or_: return first ? Value(true) : usable(operands[1], operands.ids[1]);
    default: return first ? operands[1] : operands[2];  // select
  }
}

// `x is missing`, `x is not applicable`, `x is pending`: a fault has none of these states, it
// stays a fault.
template <class State>
Value has_state(const Value& value) {
  if (std::holds_alternative<Fault>(value)) return value;
  return std::holds_alternative<State>(value);
}

// Operands are used from left to right; the first that cannot be used decides.
std::optional<Fault> first_fault(const Operands& operands) {
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (const auto f = fault_of(operands[i], operands.ids[i])) return f;
  }
  return std::nullopt;
}

}  // namespace

Value apply_scalar(const Op& op, OpId id, const Operands& operands,
                   const builtins::WorkdayCalendar& calendar) {
  switch (op.code) {
    case Opcode::select:
    case Opcode::coalesce:
    case Opcode::and_:
    case Opcode::or_: return apply_lazy(op, operands);
    case Opcode::is_missing: return has_state<value::Missing>(operands[0]);
    case Opcode::is_na: return has_state<value::NotApplicable>(operands[0]);
    case Opcode::is_pending: return has_state<value::Pending>(operands[0]);
    default: break;
  }
  if (const auto f = first_fault(operands)) return *f;
  switch (op.code) {
    case Opcode::not_: return !std::get<bool>(operands[0]);
    case Opcode::eq:
    case Opcode::ne:
    case Opcode::lt:
    case Opcode::le:
    case Opcode::gt:
    case Opcode::ge: return apply_comparison(op, operands);
    case Opcode::add_days:
    case Opcode::add_months:
    case Opcode::days_between:
    case Opcode::workdays_between:
    case Opcode::month_of:
    case Opcode::year_of:
    case Opcode::month_number: return apply_date(op, id, operands, calendar);
    default: return apply_arithmetic(op, id, operands);
  }
}

Value apply_comparison(const Op& op, const Operands& operands) {
  const Value& a = operands[0];
  const Value& b = operands[1];
  if (op.code == Opcode::eq) return a == b;
  if (op.code == Opcode::ne) return a != b;
  // Numbers, dates and months of one type; the alternatives of Value compare within their type.
  const auto order = [&]() -> std::strong_ordering {
    if (const auto* x = std::get_if<Rational>(&a)) return *x <=> number(b);
    if (const auto* x = std::get_if<value::Date>(&a)) return *x <=> std::get<value::Date>(b);
    return std::get<value::Month>(a) <=> std::get<value::Month>(b);
  }();
  switch (op.code) {
    case Opcode::lt: return order < 0;
    case Opcode::le: return order <= 0;
    case Opcode::gt: return order > 0;
    default: return order >= 0;
  }
}

}  // namespace xize::interpreter
