#include <algorithm>
#include <functional>

#include "runtime/interpreter/scalar.h"
#include "runtime/value/value_order.h"

namespace xize::interpreter {
namespace {

using program::Op;
using program::Opcode;

// Division by zero is an error of the item for that unit (language §4).
Value divide(const Rational& a, const Rational& b, OpId id) {
  if (b.is_zero()) return fault(FaultKind::DivisionByZero, id);
  return limited(a / b, id);
}

// `round(x, n, mode)`: n is a whole number of decimals.
Value round_to(const Op& op, OpId id, const Operands& operands) {
  const auto places = number(operands[1]).to_int64();
  if (!places) return fault(FaultKind::NotAnInteger, id);
  if (*places < -value::kMaxDigits || *places > value::kMaxDigits) {
    return fault(FaultKind::TooManyDigits, id);
  }
  return limited(value::round(number(operands[0]), static_cast<int>(*places),
                              static_cast<value::Rounding>(op.imm)),
                 id);
}

// `power(x, n)`: n is an integer; a negative one divides.
Value raise(OpId id, const Operands& operands) {
  const Rational& base = number(operands[0]);
  const Rational& exponent = number(operands[1]);
  if (!exponent.is_integer()) return fault(FaultKind::NotAnInteger, id);
  if (base.is_zero() && exponent.sign() < 0) return fault(FaultKind::DivisionByZero, id);
  const auto n = exponent.to_int64();
  if (!n || value::power_too_large(base, *n)) return fault(FaultKind::TooManyDigits, id);
  return limited(value::power(base, *n), id);
}

// Of numbers, dates or months; the operands have one type.
Value extreme(const Operands& operands, bool largest) {
  const value::ValueBefore before;
  const Value* best = &operands[0];
  for (std::size_t i = 1; i < operands.size(); ++i) {
    if (largest ? before(*best, operands[i]) : before(operands[i], *best)) best = &operands[i];
  }
  return *best;
}

// `sum(a, b, c best 2)`: n beyond the number of values takes them all.
Value sum_best(OpId id, const Operands& operands) {
  const Rational& n = number(operands[0]);
  if (!n.is_integer()) return fault(FaultKind::NotAnInteger, id);
  std::vector<Rational> values;
  for (std::size_t i = 1; i < operands.size(); ++i) values.push_back(number(operands[i]));
  std::sort(values.begin(), values.end(), std::greater<>());
  Rational sum;
  for (std::size_t i = 0; i < values.size() && Rational(static_cast<std::int64_t>(i)) < n; ++i) {
    sum += values[i];
  }
  return limited(sum, id);
}

// A judged mark lies in its band and on its step (language §5, `judge`).
Value check_mark(OpId id, const Operands& operands) {
  const Rational& mark = number(operands[0]);
  const Rational& step = number(operands[3]);
  const bool in_band = number(operands[1]) <= mark && mark <= number(operands[2]);
  const bool on_step = step.is_zero() || (mark / step).is_integer();
  if (!in_band || !on_step) return fault(FaultKind::MarkOutOfRange, id);
  return mark;
}

}  // namespace

Value apply_arithmetic(const Op& op, OpId id, const Operands& operands) {
  if (op.code == Opcode::min) return extreme(operands, false);
  if (op.code == Opcode::max) return extreme(operands, true);
  const Rational& a = number(operands[0]);
  switch (op.code) {
    case Opcode::neg: return -a;
    case Opcode::add: return limited(a + number(operands[1]), id);
    case Opcode::sub: return limited(a - number(operands[1]), id);
    case Opcode::mul: return limited(a * number(operands[1]), id);
    case Opcode::div: return divide(a, number(operands[1]), id);
    case Opcode::abs: return value::abs(a);
    case Opcode::floor: return value::floor(a);
    case Opcode::ceil: return value::ceil(a);
    case Opcode::round: return round_to(op, id, operands);
    case Opcode::power: return raise(id, operands);
    case Opcode::sum_best: return sum_best(id, operands);
    case Opcode::check_mark: return check_mark(id, operands);
    case Opcode::check_count:
      if (a.sign() < 0) return fault(FaultKind::NegativeCount, id);
      return a;
    default: return fault(FaultKind::BadCell, id);  // verify lets no other op come here
  }
}

}  // namespace xize::interpreter
