#include "runtime/blockwise/op_plan.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace xize::blockwise {

using kernel::kNone;
using kernel::ValueId;
using program::Op;
using program::Opcode;
using program::Type;

namespace {

bool is_possible(const Planned& planned) {
  return planned.num != kNone && planned.den != kNone && planned.state != kNone;
}

// Types that stand as they are; an op of the other types is not planned.
bool have_one_type(const Planned& a, const Planned& b) {
  return a.type == b.type && a.type != Type::Any;
}

}  // namespace

const Planned* OpPlan::find(OpId op) const {
  const auto it = known_.find(op.index);
  return it == known_.end() ? nullptr : &it->second;
}

bool OpPlan::add(OpId id) {
  const Op& op = program_.ops[id];
  if (program::facts(op.code).shape != program::Shape::Scalar) return false;
  const bool all_known = std::all_of(op.operands.begin(), op.operands.end(),
                                     [&](OpId operand) { return find(operand) != nullptr; });
  if (!all_known) return false;
  const Planned planned = compute(id, op);
  if (!is_possible(planned)) return false;
  give(id, planned);
  return true;
}

Planned OpPlan::compute(OpId id, const Op& op) {
  switch (op.code) {
    case Opcode::eq:
    case Opcode::ne:
    case Opcode::lt:
    case Opcode::le:
    case Opcode::gt:
    case Opcode::ge: return compare(op);
    case Opcode::min:
    case Opcode::max: return extreme(op);
    case Opcode::select:
    case Opcode::coalesce:
    case Opcode::and_:
    case Opcode::or_:
    case Opcode::not_:
    case Opcode::is_missing:
    case Opcode::is_na:
    case Opcode::is_pending: return compute_choice(op);
    case Opcode::days_between: return days_between(op);
    default: return compute_arithmetic(id, op);
  }
}

Planned OpPlan::compute_arithmetic(OpId id, const Op& op) {
  const auto is_number = [&](OpId operand) { return find(operand)->type == Type::Number; };
  if (!std::all_of(op.operands.begin(), op.operands.end(), is_number)) return {};
  const Planned& a = operand(op, 0);
  const auto number = [&](Planned planned) {
    planned.type = Type::Number;
    planned.state = planned.state == kNone ? joined(op) : planned.state;
    return planned;
  };
  switch (op.code) {
    case Opcode::neg: return number({.num = negative(a.num), .den = a.den});
    case Opcode::abs: return number({.num = size_of(a.num), .den = a.den});
    case Opcode::add:
    case Opcode::sub: {
      const Pair pair = over_one_den(a, operand(op, 1));
      return number({.num = op.code == Opcode::add ? steps_.add(pair.a, pair.b)
                                                : steps_.sub(pair.a, pair.b),
                  .den = pair.den});
    }
    case Opcode::mul: return number(multiply(a, operand(op, 1)));
    case Opcode::div: return number(divide(id, a, operand(op, 1)));
    case Opcode::floor:
    case Opcode::ceil: return number(to_integer(a, op.code == Opcode::ceil));
    case Opcode::round: return number(round(op, a, operand(op, 1)));
    case Opcode::check_count: return number(check_count(id, a));
    default: return {};
  }
}

OpPlan::Pair OpPlan::over_one_den(const Planned& a, const Planned& b) {
  if (a.den == b.den) return {a.num, b.num, a.den};
  if (steps_.is_constant(a.den) && steps_.is_constant(b.den)) {
    const std::int64_t a_den = steps_.range(a.den).least;
    const std::int64_t b_den = steps_.range(b.den).least;
    const std::int64_t g = std::gcd(a_den, b_den);
    return {steps_.mul(a.num, steps_.constant(b_den / g)),
            steps_.mul(b.num, steps_.constant(a_den / g)),
            steps_.mul(a.den, steps_.constant(b_den / g))};
  }
  return {steps_.mul(a.num, b.den), steps_.mul(b.num, a.den), steps_.mul(a.den, b.den)};
}

Planned OpPlan::multiply(const Planned& a, const Planned& b) {
  const Planned* constant = steps_.is_constant(b.num) ? &b : &a;
  const Planned* other = constant == &b ? &a : &b;
  const bool reducible = steps_.is_constant(constant->num) && steps_.is_constant(other->den) &&
                         steps_.range(constant->num).least != 0;
  if (!reducible) return {.num = steps_.mul(a.num, b.num), .den = steps_.mul(a.den, b.den)};
  const std::int64_t factor = steps_.range(constant->num).least;
  const std::int64_t den = steps_.range(other->den).least;
  const std::int64_t g = std::gcd(factor, den);
  return {.num = steps_.mul(other->num, steps_.constant(factor / g)),
          .den = steps_.mul(constant->den, steps_.constant(den / g))};
}

// The divisor's sign goes to the number; a row divided by zero is a fault.
Planned OpPlan::divide(OpId id, const Planned& a, const Planned& b) {
  const ValueId zero = steps_.constant(0);
  const ValueId num = steps_.mul(a.num, b.den);
  const ValueId divisor = steps_.most_of(size_of(b.num), steps_.constant(1));
  const ValueId by_zero =
      steps_.select(steps_.equal(b.num, zero),
                    steps_.constant(fault_state(FaultKind::DivisionByZero, id)), zero);
  const ValueId operands = joined(program_.ops[id]);
  return {.num = steps_.select(steps_.less(b.num, zero), negative(num), num),
          .den = steps_.mul(a.den, divisor),
          .state = steps_.select(is_plain(operands), by_zero, operands)};
}

ValueId OpPlan::rounded(ValueId num, ValueId den, value::Rounding mode) {
  using value::Rounding;
  const ValueId zero = steps_.constant(0);
  if (den == steps_.constant(1)) return num;
  const ValueId is_negative = steps_.less(num, zero);
  const ValueId size = size_of(num);
  if (size == kNone || den == kNone) return kNone;
  const ValueId quotient = steps_.quotient(size, den);
  if (quotient == kNone) return kNone;
  const std::int64_t most = steps_.range(size).most;
  const ValueId rest = steps_.sub(size, steps_.mul_within(quotient, den, {0, most}));
  steps_.narrow(rest, {0, steps_.range(den).most - 1});
  const ValueId other = steps_.sub(den, rest);
  const ValueId is_half = steps_.equal(rest, other);
  const ValueId is_more = steps_.less(other, rest);
  const ValueId some = steps_.less(zero, rest);
  ValueId away = steps_.constant(0);
  switch (mode) {
    case Rounding::HalfUp: away = steps_.either(is_more, is_half); break;
    case Rounding::HalfDown: away = is_more; break;
    case Rounding::HalfEven: {
      const ValueId two = steps_.constant(2);
      const ValueId even = steps_.mul(steps_.quotient(quotient, two), two);
      away = steps_.either(is_more, steps_.both(is_half, steps_.less(even, quotient)));
      break;
    }
    case Rounding::Down: break;
    case Rounding::Up: away = some; break;
    case Rounding::Ceiling: away = steps_.both(some, steps_.opposite(is_negative)); break;
    case Rounding::Floor: away = steps_.both(some, is_negative); break;
  }
  const ValueId result = steps_.add(quotient, away);
  return steps_.select(is_negative, negative(result), result);
}

Planned OpPlan::to_integer(const Planned& a, bool up) {
  const auto mode = up ? value::Rounding::Ceiling : value::Rounding::Floor;
  return {.num = rounded(a.num, a.den, mode), .den = steps_.constant(1)};
}

Planned OpPlan::round(const Op& op, const Planned& a, const Planned& places) {
  const bool plain_places = steps_.is_constant(places.num) && steps_.is_constant(places.den) &&
                            steps_.range(places.den).least == 1 &&
                            steps_.range(places.state).most == kPlain;
  if (!plain_places) return {};
  const std::int64_t wanted = steps_.range(places.num).least;
  if (wanted < 0 || wanted > columns::kScaleMax) return {};
  const std::int64_t power = columns::kPowersOfTen[static_cast<std::size_t>(wanted)];
  ValueId factor = steps_.constant(power);
  ValueId den = a.den;
  if (steps_.is_constant(den)) {
    const std::int64_t g = std::gcd(steps_.range(den).least, power);
    factor = steps_.constant(power / g);
    den = steps_.constant(steps_.range(den).least / g);
  }
  const auto mode = static_cast<value::Rounding>(op.imm);
  return {.num = rounded(steps_.mul(a.num, factor), den, mode), .den = steps_.constant(power)};
}

Planned OpPlan::check_count(OpId id, const Planned& a) {
  const ValueId zero = steps_.constant(0);
  const ValueId operands = joined(program_.ops[id]);
  const ValueId negative_count =
      steps_.select(steps_.less(a.num, zero),
                    steps_.constant(fault_state(FaultKind::NegativeCount, id)), zero);
  return {.num = a.num,
          .den = a.den,
          .state = steps_.select(is_plain(operands), negative_count, operands)};
}

Planned OpPlan::compare(const Op& op) {
  const Planned& a = operand(op, 0);
  const Planned& b = operand(op, 1);
  if (!have_one_type(a, b)) return {};
  const ValueId state = joined(op);
  const Pair pair = over_one_den(a, b);
  switch (op.code) {
    case Opcode::eq: return truth(steps_.equal(pair.a, pair.b), state);
    case Opcode::ne: return truth(steps_.opposite(steps_.equal(pair.a, pair.b)), state);
    case Opcode::lt: return truth(steps_.less(pair.a, pair.b), state);
    case Opcode::le: return truth(steps_.opposite(steps_.less(pair.b, pair.a)), state);
    case Opcode::gt: return truth(steps_.less(pair.b, pair.a), state);
    default: return truth(steps_.opposite(steps_.less(pair.a, pair.b)), state);
  }
}

Planned OpPlan::extreme(const Op& op) {
  Planned best = operand(op, 0);
  if (best.type == Type::Any) return {};
  for (std::size_t i = 1; i < op.operands.size(); ++i) {
    const Planned& next = operand(op, i);
    if (next.type != best.type) return {};
    const Pair pair = over_one_den(best, next);
    const bool largest = op.code == Opcode::max;
    if (steps_.is_constant(best.den) && steps_.is_constant(next.den)) {
      best.num = largest ? steps_.most_of(pair.a, pair.b) : steps_.least_of(pair.a, pair.b);
      best.den = pair.den;
    } else {
      const ValueId takes_next =
          largest ? steps_.less(pair.a, pair.b) : steps_.less(pair.b, pair.a);
      best.num = steps_.select(takes_next, next.num, best.num);
      best.den = steps_.select(takes_next, next.den, best.den);
    }
    if (best.num == kNone || best.den == kNone) return {};
  }
  best.state = joined(op);
  return best;
}

Planned OpPlan::compute_choice(const Op& op) {
  const Planned& a = operand(op, 0);
  switch (op.code) {
    case Opcode::select: return select(op);
    case Opcode::coalesce: return coalesce(op);
    case Opcode::and_:
    case Opcode::or_: return and_or(op);
    case Opcode::not_:
      return a.type == Type::Bool ? truth(steps_.opposite(a.num), joined(op)) : Planned{};
    case Opcode::is_missing: return has_state(a, kMissing);
    case Opcode::is_na: return has_state(a, kNotApplicable);
    default: return has_state(a, kPending);
  }
}

// A side none of whose rows is plain takes the type and denominator of the other.
Planned OpPlan::blend(ValueId takes_a, const Planned& a, const Planned& b) {
  if (a.type == Type::Any) return {b.type, b.num, b.den, kNone};
  if (b.type == Type::Any) return {a.type, a.num, a.den, kNone};
  if (a.type != b.type) return {};
  if (steps_.is_constant(a.den) && steps_.is_constant(b.den)) {
    const Pair pair = over_one_den(a, b);
    return {a.type, steps_.select(takes_a, pair.a, pair.b), pair.den, kNone};
  }
  return {a.type, steps_.select(takes_a, a.num, b.num), steps_.select(takes_a, a.den, b.den),
          kNone};
}

Planned OpPlan::select(const Op& op) {
  const Planned& condition = operand(op, 0);
  if (condition.type != Type::Bool) return {};
  const Planned& a = operand(op, 1);
  const Planned& b = operand(op, 2);
  Planned out = blend(condition.num, a, b);
  const ValueId unusable = used(condition.state, op.operands[0]);
  out.state = steps_.select(is_plain(unusable),
                            steps_.select(condition.num, a.state, b.state), unusable);
  return out;
}

Planned OpPlan::coalesce(const Op& op) {
  const Planned& a = operand(op, 0);
  const Planned& b = operand(op, 1);
  const ValueId takes_a =
      steps_.opposite(steps_.equal(a.state, steps_.constant(kMissing)));
  Planned out = blend(takes_a, a, b);
  out.state = steps_.select(takes_a, a.state, b.state);
  return out;
}

Planned OpPlan::and_or(const Op& op) {
  const Planned& a = operand(op, 0);
  const Planned& b = operand(op, 1);
  if (a.type != Type::Bool || b.type != Type::Bool) return {};
  const bool is_and = op.code == Opcode::and_;
  const ValueId first = used(a.state, op.operands[0]);
  const ValueId wants_second = is_and ? a.num : steps_.opposite(a.num);
  const ValueId second = used(b.state, op.operands[1]);
  return truth(is_and ? steps_.both(a.num, b.num) : steps_.either(a.num, b.num),
               steps_.select(steps_.both(is_plain(first), wants_second), second, first));
}

Planned OpPlan::has_state(const Planned& a, RowState wanted) {
  const ValueId kept = steps_.less(a.state, steps_.constant(kLeft));
  return truth(steps_.equal(a.state, steps_.constant(wanted)),
               steps_.select(kept, steps_.constant(kPlain), a.state));
}

Planned OpPlan::days_between(const Op& op) {
  const Planned& a = operand(op, 0);
  const Planned& b = operand(op, 1);
  if (a.type != Type::Date || b.type != Type::Date) return {};
  ValueId days = steps_.sub(b.num, a.num);
  if ((op.imm & program::kFirstDayCounts) != 0) {
    const ValueId one = steps_.constant(1);
    days = steps_.select(steps_.less(days, steps_.constant(0)), steps_.sub(days, one),
                         steps_.add(days, one));
  }
  return {Type::Number, days, steps_.constant(1), joined(op)};
}

ValueId OpPlan::size_of(ValueId x) {
  const ValueId size = steps_.most_of(x, negative(x));
  steps_.narrow(size, {0, std::numeric_limits<std::int64_t>::max()});
  return size;
}

// What `used_state` says of a row.
ValueId OpPlan::used(ValueId state, OpId from) {
  if (state == kNone || steps_.range(state).most == kPlain) return state;
  ValueId out = state;
  for (const RowState unusable : {kPending, kNotApplicable, kMissing}) {
    out = steps_.select(steps_.equal(state, steps_.constant(unusable)),
                        steps_.constant(used_state(unusable, from)), out);
  }
  return out;
}

ValueId OpPlan::joined(const Op& op) {
  ValueId out = steps_.constant(kPlain);
  for (const OpId operand : op.operands) {
    out = steps_.select(is_plain(out), used(find(operand)->state, operand), out);
  }
  return out;
}

}  // namespace xize::blockwise
