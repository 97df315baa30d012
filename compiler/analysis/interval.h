// Intervals of exact numbers, with open, closed and infinite ends.
// In: declared ranges and constants. Out: what arithmetic over them can come to.
// Must hold: the result of an operation holds every value of it; where the operands do not depend
// on each other, its ends are the true ones.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/ast/expr.h"
#include "runtime/value/rational.h"

namespace xize::analysis {

using value::Rational;

// A number, or an infinity.
struct Extended {
  int infinite = 0;  // -1, 0, 1
  Rational value;    // where it is finite

  Extended() = default;
  Extended(Rational number) : value(std::move(number)) {}  // NOLINT: a number is one
  Extended(std::int64_t number) : value(number) {}         // NOLINT: a number is one
  static Extended infinity(int sign);

  [[nodiscard]] bool finite() const { return infinite == 0; }
  [[nodiscard]] int sign() const { return infinite != 0 ? infinite : value.sign(); }
  friend bool operator==(const Extended& a, const Extended& b) {
    return a.infinite == b.infinite && (a.infinite != 0 || a.value == b.value);
  }
  friend bool operator<(const Extended& a, const Extended& b) {
    if (a.infinite != b.infinite) return a.infinite < b.infinite;
    return a.infinite == 0 && a.value < b.value;
  }
};

Extended negated(const Extended& x);
// Opposite infinities add up to `doubt`.
Extended sum(const Extended& a, const Extended& b, const Extended& doubt);
// Nothing times an infinity is nothing.
Extended product(const Extended& a, const Extended& b);
Extended smaller(const Extended& a, const Extended& b);
Extended larger(const Extended& a, const Extended& b);

// The numbers from `low` to `high`. All numbers, where nothing else is said.
struct Interval {
  Extended low = Extended::infinity(-1), high = Extended::infinity(1);
  bool low_closed = false, high_closed = false;

  static Interval all() { return {}; }
  static Interval at(const Rational& value) { return {value, value, true, true}; }
  static Interval between(const Rational& low, const Rational& high) {
    return {low, high, true, true};
  }
  static Interval at_least(const Rational& low) {
    return {low, Extended::infinity(1), true, false};
  }

  [[nodiscard]] bool empty() const;
  [[nodiscard]] bool is_point() const { return low.finite() && low == high; }
  [[nodiscard]] bool holds(const Rational& value) const;
};

Interval negated(const Interval& x);
Interval sum(const Interval& a, const Interval& b);
Interval product(const Interval& a, const Interval& b);
// All numbers where `b` holds 0 between its ends.
Interval quotient(const Interval& a, const Interval& b);
Interval smaller(const Interval& a, const Interval& b);
Interval larger(const Interval& a, const Interval& b);
Interval magnitude(const Interval& x);
Interval hull(const Interval& a, const Interval& b);
Interval intersection(const Interval& a, const Interval& b);
// The integers of it, as an interval with closed ends.
Interval integers(const Interval& x);
// All numbers, in order, as the points `cuts` and the open ranges between and beyond them.
// `cuts` ascend.
std::vector<Interval> pieces_between(const std::vector<Rational>& cuts);

// What a condition comes to over all the values it reads.
struct Verdict {
  bool may_hold = true, may_fail = true;
  [[nodiscard]] bool certain() const { return may_hold != may_fail; }
};
Verdict compare(ast::BinaryOp op, const Interval& a, const Interval& b);

}  // namespace xize::analysis
