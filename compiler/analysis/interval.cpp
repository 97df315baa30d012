#include "compiler/analysis/interval.h"

#include <array>

namespace xize::analysis {

namespace {

// One end of an interval while it is worked out.
struct End {
  Extended at;
  bool closed = false;
};

End low_end(const Interval& x) { return {x.low, x.low_closed}; }
End high_end(const Interval& x) { return {x.high, x.high_closed}; }

// A product is reached where both ends are, or where one of them is a 0 that is reached.
End product(const End& a, const End& b) {
  const bool nothing = (a.at.sign() == 0 && a.closed) || (b.at.sign() == 0 && b.closed);
  return {product(a.at, b.at), nothing || (a.closed && b.closed)};
}

End lower(const End& a, const End& b) {
  if (a.at == b.at) return {a.at, a.closed || b.closed};
  return a.at < b.at ? a : b;
}
End higher(const End& a, const End& b) {
  if (a.at == b.at) return {a.at, a.closed || b.closed};
  return a.at < b.at ? b : a;
}
Interval from_ends(const End& low, const End& high) {
  return {low.at, high.at, low.closed, high.closed};
}

// 1/x of an interval on one side of 0.
Interval inverse(const Interval& x) {
  const auto flip = [](const End& end, int side) -> End {
    if (!end.at.finite()) return {Rational(0), false};
    if (end.at.sign() == 0) return {Extended::infinity(side), false};
    return {Rational(1) / end.at.value, end.closed};
  };
  const int side = x.high.sign() > 0 ? 1 : -1;
  return from_ends(flip(high_end(x), side), flip(low_end(x), side));
}

// True where every value of `a` lies below every value of `b`.
bool below(const Interval& a, const Interval& b) {
  return a.high < b.low || (a.high == b.low && a.high.finite() && !(a.high_closed && b.low_closed));
}
bool below_or_at(const Interval& a, const Interval& b) {
  return a.high < b.low || (a.high == b.low && a.high.finite());
}

}  // namespace

Extended Extended::infinity(int sign) {
  Extended result;
  result.infinite = sign;
  return result;
}

Extended negated(const Extended& x) {
  if (!x.finite()) return Extended::infinity(-x.infinite);
  return -x.value;
}

Extended sum(const Extended& a, const Extended& b, const Extended& doubt) {
  if (a.finite() && b.finite()) return a.value + b.value;
  if (!a.finite() && !b.finite() && a.infinite != b.infinite) return doubt;
  return a.finite() ? b : a;
}

Extended product(const Extended& a, const Extended& b) {
  if (a.finite() && b.finite()) return a.value * b.value;
  const int sign = a.sign() * b.sign();
  return sign == 0 ? Extended(0) : Extended::infinity(sign);
}

Extended smaller(const Extended& a, const Extended& b) { return b < a ? b : a; }
Extended larger(const Extended& a, const Extended& b) { return a < b ? b : a; }

bool Interval::empty() const {
  return high < low || (low == high && !(low.finite() && low_closed && high_closed));
}

bool Interval::holds(const Rational& value) const {
  return !intersection(*this, at(value)).empty();
}

Interval negated(const Interval& x) {
  return {negated(x.high), negated(x.low), x.high_closed, x.low_closed};
}

Interval sum(const Interval& a, const Interval& b) {
  return {sum(a.low, b.low, Extended::infinity(-1)), sum(a.high, b.high, Extended::infinity(1)),
          a.low_closed && b.low_closed, a.high_closed && b.high_closed};
}

Interval product(const Interval& a, const Interval& b) {
  const std::array<End, 4> ends = {
      product(low_end(a), low_end(b)), product(low_end(a), high_end(b)),
      product(high_end(a), low_end(b)), product(high_end(a), high_end(b))};
  End low = ends[0], high = ends[0];
  for (const End& end : ends) {
    low = lower(low, end);
    high = higher(high, end);
  }
  return from_ends(low, high);
}

Interval quotient(const Interval& a, const Interval& b) {
  if (b.low.sign() < 0 && b.high.sign() > 0) return Interval::all();
  if (b.low.sign() == 0 && b.high.sign() == 0) return Interval::all();
  return product(a, inverse(b));
}

Interval smaller(const Interval& a, const Interval& b) {
  End high = high_end(b.high < a.high ? b : a);
  if (a.high == b.high) high.closed = a.high_closed && b.high_closed;
  return from_ends(lower(low_end(a), low_end(b)), high);
}

Interval larger(const Interval& a, const Interval& b) {
  return negated(smaller(negated(a), negated(b)));
}

Interval magnitude(const Interval& x) {
  if (x.low.sign() >= 0) return x;
  if (x.high.sign() <= 0) return negated(x);
  const End high = higher(high_end(negated(x)), high_end(x));
  return from_ends({Rational(0), true}, high);
}

Interval hull(const Interval& a, const Interval& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return from_ends(lower(low_end(a), low_end(b)), higher(high_end(a), high_end(b)));
}

Interval intersection(const Interval& a, const Interval& b) {
  Interval result;
  const End low = a.low < b.low ? low_end(b) : low_end(a);
  const End high = b.high < a.high ? high_end(b) : high_end(a);
  result = from_ends(low, high);
  if (a.low == b.low) result.low_closed = a.low_closed && b.low_closed;
  if (a.high == b.high) result.high_closed = a.high_closed && b.high_closed;
  return result;
}

std::vector<Interval> pieces_between(const std::vector<Rational>& cuts) {
  std::vector<Interval> pieces;
  Interval between;
  for (const Rational& at : cuts) {
    between.high = at;
    pieces.push_back(between);
    pieces.push_back(Interval::at(at));
    between = Interval{};
    between.low = at;
  }
  pieces.push_back(between);
  return pieces;
}

Interval integers(const Interval& x) {
  Interval result = x;
  if (x.low.finite()) {
    Rational low = value::ceil(x.low.value);
    if (!x.low_closed && low == x.low.value) low += 1;
    result.low = std::move(low);
    result.low_closed = true;
  }
  if (x.high.finite()) {
    Rational high = value::floor(x.high.value);
    if (!x.high_closed && high == x.high.value) high -= 1;
    result.high = std::move(high);
    result.high_closed = true;
  }
  return result;
}

Verdict compare(ast::BinaryOp op, const Interval& a, const Interval& b) {
  using ast::BinaryOp;
  switch (op) {
    case BinaryOp::Lt: return {!below_or_at(b, a), !below(a, b)};
    case BinaryOp::Le: return {!below(b, a), !below_or_at(a, b)};
    case BinaryOp::Gt: return compare(BinaryOp::Lt, b, a);
    case BinaryOp::Ge: return compare(BinaryOp::Le, b, a);
    case BinaryOp::Eq: {
      const bool same = a.is_point() && b.is_point() && a.low == b.low;
      return {!intersection(a, b).empty(), !same};
    }
    case BinaryOp::Ne: {
      const Verdict equal = compare(BinaryOp::Eq, a, b);
      return {equal.may_fail, equal.may_hold};
    }
    default: return {};
  }
}

}  // namespace xize::analysis
