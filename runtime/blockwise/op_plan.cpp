#include "runtime/blockwise/op_plan.h"

#include <algorithm>

namespace xize::blockwise {

using kernel::kNone;
using kernel::ValueId;
using program::Op;
using program::Opcode;
using program::Type;

namespace {


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
  const Ratios::Fraction fraction = ratios_.fraction(planned.number);
  if (fraction.num == kNone || fraction.den == kNone || planned.state == kNone) return false;
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
  const Ratio& a = operand(op, 0).number;
  const auto number = [&](Ratio ratio) {
    return Planned{Type::Number, std::move(ratio), joined(op)};
  };
  const auto second = [&]() -> const Ratio& { return operand(op, 1).number; };
  switch (op.code) {
    case Opcode::neg: return number(ratios_.negative(a));
    case Opcode::abs: return number(ratios_.size(a));
    case Opcode::add: return number(ratios_.sum(a, second()));
    case Opcode::sub: return number(ratios_.sum(a, ratios_.negative(second())));
    case Opcode::mul: return number(ratios_.product(a, second()));
    case Opcode::div:
      return {Type::Number, ratios_.quotient(a, second()),
              fault_where(ratios_.is_zero(second()), FaultKind::DivisionByZero, id)};
    case Opcode::floor:
    case Opcode::ceil: return number(to_integer(a, op.code == Opcode::ceil));
    case Opcode::round: return number(round(op, operand(op, 0), operand(op, 1)));
    case Opcode::check_count:
      return {Type::Number, a,
              fault_where(ratios_.is_negative(a), FaultKind::NegativeCount, id)};
    case Opcode::check_mark:
      return {Type::Number, a, fault_where(is_out_of_range(op), FaultKind::MarkOutOfRange, id)};
    default: return {};
  }
}

ValueId OpPlan::fault_where(ValueId condition, FaultKind kind, OpId id) {
  const ValueId operands = joined(program_.ops[id]);
  const ValueId fault = steps_.select(condition, steps_.constant(fault_state(kind, id)),
                                      steps_.constant(kPlain));
  return steps_.select(is_plain(operands), fault, operands);
}

// A mark that is not in its band, or not on its step.
ValueId OpPlan::is_out_of_range(const Op& op) {
  const Ratio& mark = operand(op, 0).number;
  const auto is_less = [&](const Ratio& a, const Ratio& b) {
    const Ratios::Pair pair = ratios_.over_one(a, b);
    return steps_.less(pair.a, pair.b);
  };
  const ValueId outside = steps_.either(is_less(mark, operand(op, 1).number),
                                        is_less(operand(op, 2).number, mark));
  const Ratio& step = operand(op, 3).number;
  if (!ratios_.is_constant(step)) return kNone;
  if (ratios_.is_zero(step) == steps_.constant(1)) return outside;
  const Ratio steps_up = ratios_.quotient(mark, step);
  const Ratio whole = to_integer(steps_up, false);
  const Ratios::Pair pair = ratios_.over_one(steps_up, whole);
  return steps_.either(outside, steps_.opposite(steps_.equal(pair.a, pair.b)));
}

ValueId OpPlan::rounded(const Ratio& a, std::int64_t power, value::Rounding mode) {
  const Ratios::Fraction scaled = ratios_.fraction(a, {power, 1});
  const ValueId result = rounded(scaled.num, scaled.den, mode);
  const kernel::Range bounds = ratios_.bounds(a);
  std::int64_t least = 0;
  std::int64_t most = 0;
  if (!__builtin_mul_overflow(bounds.least, power, &least) &&
      !__builtin_mul_overflow(bounds.most, power, &most)) {
    steps_.narrow(result, {least, most});
  }
  return result;
}

ValueId OpPlan::rounded(ValueId num, ValueId den, value::Rounding mode) {
  using value::Rounding;
  const ValueId zero = steps_.constant(0);
  if (den == steps_.constant(1)) return num;
  const ValueId is_negative = steps_.less(num, zero);
  const ValueId size = ratios_.size({num}).num;
  if (size == kNone || den == kNone) return kNone;
  const auto with_sign = [&](ValueId result) {
    return steps_.select(is_negative, steps_.sub(zero, result), result);
  };
  if (mode == Rounding::HalfUp) {
    const ValueId two = steps_.constant(2);
    const ValueId result =
        steps_.quotient(steps_.add(steps_.mul(size, two), den), steps_.mul(den, two));
    if (result != kNone) return with_sign(result);
  }
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
  return with_sign(steps_.add(quotient, away));
}

Ratio OpPlan::to_integer(const Ratio& a, bool up) {
  return {rounded(a, 1, up ? value::Rounding::Ceiling : value::Rounding::Floor)};
}

Ratio OpPlan::round(const Op& op, const Planned& a, const Planned& places) {
  const bool plain_places = ratios_.is_constant(places.number) &&
                            places.state == steps_.constant(kPlain);
  if (!plain_places) return {};
  const Ratios::Fraction wanted = ratios_.fraction(places.number);
  const std::int64_t count = steps_.range(wanted.num).least;
  if (wanted.den != steps_.constant(1) || count < 0 || count > columns::kScaleMax) return {};
  const std::int64_t power = columns::kPowersOfTen[static_cast<std::size_t>(count)];
  return {rounded(a.number, power, static_cast<value::Rounding>(op.imm)), {1, power}};
}

Planned OpPlan::compare(const Op& op) {
  const Planned& a = operand(op, 0);
  const Planned& b = operand(op, 1);
  if (!have_one_type(a, b)) return {};
  const ValueId state = joined(op);
  const Ratios::Pair pair = ratios_.over_one(a.number, b.number);
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
    best.number = ratios_.extreme(best.number, next.number, op.code == Opcode::max);
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
      return a.type == Type::Bool ? truth(steps_.opposite(a.number.num), joined(op))
                                  : Planned{};
    case Opcode::is_missing: return has_state(a, kMissing);
    case Opcode::is_na: return has_state(a, kNotApplicable);
    default: return has_state(a, kPending);
  }
}

// A side none of whose rows is plain takes the type of the other.
Planned OpPlan::blend(ValueId takes_a, const Planned& a, const Planned& b) {
  if (a.type == Type::Any) return {b.type, b.number, kNone};
  if (b.type == Type::Any) return {a.type, a.number, kNone};
  if (a.type != b.type) return {};
  return {a.type, ratios_.select(takes_a, a.number, b.number), kNone};
}

Planned OpPlan::select(const Op& op) {
  const Planned& condition = operand(op, 0);
  if (condition.type != Type::Bool) return {};
  const Planned& a = operand(op, 1);
  const Planned& b = operand(op, 2);
  Planned out = blend(condition.number.num, a, b);
  const ValueId unusable = used(condition.state, op.operands[0]);
  out.state = steps_.select(is_plain(unusable),
                            steps_.select(condition.number.num, a.state, b.state), unusable);
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
  const ValueId wants_second = is_and ? a.number.num : steps_.opposite(a.number.num);
  const ValueId second = used(b.state, op.operands[1]);
  return truth(is_and ? steps_.both(a.number.num, b.number.num)
                      : steps_.either(a.number.num, b.number.num),
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
  const Ratio between = ratios_.sum(b.number, ratios_.negative(a.number));
  ValueId days = ratios_.fraction(between).num;
  if ((op.imm & program::kFirstDayCounts) != 0) {
    const ValueId one = steps_.constant(1);
    days = steps_.select(steps_.less(days, steps_.constant(0)), steps_.sub(days, one),
                         steps_.add(days, one));
  }
  return {Type::Number, {days}, joined(op)};
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
