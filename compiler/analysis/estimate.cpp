#include "compiler/analysis/estimate.h"

namespace xize::analysis {

namespace {

Extended lowest() { return Extended::infinity(-1); }
Extended highest() { return Extended::infinity(1); }

Estimate with_reads(Interval bounds, const Estimate& a, const Estimate& b) {
  Reads reads = a.reads;
  reads.add(b.reads);
  return Estimate::within(bounds, std::move(reads));
}

// The ends never pass the bounds.
Estimate settled(Estimate x) {
  x.most = smaller(larger(x.most, x.bounds.low), x.bounds.high);
  x.least = larger(smaller(x.least, x.bounds.high), x.bounds.low);
  return x;
}

bool positive(const Estimate& x) { return x.bounds.low.sign() >= 0; }

Estimate scaled(const Estimate& x, const Rational& factor) {
  Estimate result = x;
  result.bounds = product(x.bounds, Interval::at(factor));
  result.most = product(factor.sign() >= 0 ? x.most : x.least, Extended(factor));
  result.least = product(factor.sign() >= 0 ? x.least : x.most, Extended(factor));
  return settled(std::move(result));
}

}  // namespace

Estimate Estimate::constant(const Rational& value) {
  return free(Interval::at(value), {});
}

std::optional<Rational> Estimate::constant_value() const {
  if (!is_constant()) return std::nullopt;
  return bounds.low.value;
}

Estimate Estimate::free(const Interval& bounds, Reads reads) {
  return {bounds, bounds.low, bounds.high, std::move(reads)};
}

Estimate Estimate::within(const Interval& bounds, Reads reads) {
  return {bounds, bounds.high, bounds.low, std::move(reads)};
}

Estimate negated(const Estimate& x) {
  return {negated(x.bounds), negated(x.most), negated(x.least), x.reads};
}

Estimate sum(const Estimate& a, const Estimate& b) {
  Estimate result = with_reads(sum(a.bounds, b.bounds), a, b);
  if (a.reads.apart(b.reads)) {
    result.most = sum(a.most, b.most, lowest());
    result.least = sum(a.least, b.least, highest());
  } else {
    result.most = larger(sum(a.most, b.bounds.low, lowest()), sum(a.bounds.low, b.most, lowest()));
    result.least =
        smaller(sum(a.least, b.bounds.high, highest()), sum(a.bounds.high, b.least, highest()));
  }
  return settled(std::move(result));
}

Estimate product(const Estimate& a, const Estimate& b) {
  if (a.is_constant()) return scaled(b, a.bounds.low.value);
  if (b.is_constant()) return scaled(a, b.bounds.low.value);
  Estimate result = with_reads(product(a.bounds, b.bounds), a, b);
  if (!a.reads.apart(b.reads)) return result;
  if (positive(a) && positive(b)) {
    result.most = product(a.most, b.most);
    result.least = product(a.least, b.least);
  } else if (positive(a) && b.bounds.high.sign() <= 0) {
    return negated(product(a, negated(b)));
  } else if (a.bounds.high.sign() <= 0 && positive(b)) {
    return negated(product(negated(a), b));
  }
  return settled(std::move(result));
}

Estimate quotient(const Estimate& a, const Estimate& b) {
  Estimate result = with_reads(quotient(a.bounds, b.bounds), a, b);
  if (b.is_constant() && b.bounds.low.sign() != 0) {
    return scaled(a, Rational(1) / b.bounds.low.value);
  }
  const bool apart = a.reads.apart(b.reads);
  if (!apart || !positive(a) || !positive(b) || b.bounds.high.sign() <= 0) return result;
  const auto inverse = [](const Extended& x, const Extended& at_nothing) {
    if (!x.finite()) return Extended(0);
    return x.sign() == 0 ? at_nothing : Extended(Rational(1) / x.value);
  };
  // A denominator that comes near 0 makes the quotient grow without end.
  result.most = product(a.most, inverse(b.least, highest()));
  result.least = product(a.least, inverse(b.most, highest()));
  return settled(std::move(result));
}

Estimate smaller(const Estimate& a, const Estimate& b) {
  Estimate result = with_reads(smaller(a.bounds, b.bounds), a, b);
  result.least = smaller(a.least, b.least);
  if (a.reads.apart(b.reads)) {
    result.most = smaller(a.most, b.most);
  } else {
    result.most = larger(smaller(a.most, b.bounds.low), smaller(a.bounds.low, b.most));
  }
  return settled(std::move(result));
}

Estimate larger(const Estimate& a, const Estimate& b) {
  return negated(smaller(negated(a), negated(b)));
}

Estimate choose(const Condition& condition, const Estimate& then, const Estimate& otherwise) {
  if (!condition.verdict.may_fail) return then;
  if (!condition.verdict.may_hold) return otherwise;
  // A branch that reads what the condition reads may not come to its ends where it applies.
  const auto part = [&](const Estimate& x) {
    return x.reads.apart(condition.reads) ? x : Estimate::within(x.bounds, x.reads);
  };
  Estimate result = either(part(then), part(otherwise));
  result.reads.add(condition.reads);
  return result;
}

Estimate either(const Estimate& a, const Estimate& b) {
  Estimate result = with_reads(hull(a.bounds, b.bounds), a, b);
  result.most = larger(a.most, b.most);
  result.least = smaller(a.least, b.least);
  return settled(std::move(result));
}

Estimate clamped(const Estimate& x, const Rational& low, const Rational& high) {
  return smaller(larger(x, Estimate::constant(low)), Estimate::constant(high));
}

Condition negated(Condition c) {
  std::swap(c.verdict.may_hold, c.verdict.may_fail);
  return c;
}

Condition both(const Condition& a, const Condition& b) {
  if (!a.verdict.may_hold || !b.verdict.may_hold) return Condition::certain(false);
  Condition result = a;
  if (b.verdict.may_fail) {
    if (a.verdict.may_fail) {
      result.reads.add(b.reads);
    } else {
      result = b;
    }
  }
  return result;
}

Condition any(const Condition& a, const Condition& b) {
  return negated(both(negated(a), negated(b)));
}

Condition compare(ast::BinaryOp op, const Estimate& a, const Estimate& b) {
  Condition result;
  result.verdict = compare(op, a.bounds, b.bounds);
  if (result.verdict.certain()) return result;
  result.reads = a.reads;
  result.reads.add(b.reads);
  return result;
}

}  // namespace xize::analysis
