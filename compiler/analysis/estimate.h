// What a number can come to: bounds that no input passes, and ends that some input is known to
// reach or to come near.
// In: estimates of operands. Out: that of the operation. Operands that read the same data cannot be
// chosen apart; then less is known of the ends, never less of the bounds.
// Must hold: every value lies in `bounds`; the greatest is at least `most`, the least at most
// `least`.
#pragma once

#include "compiler/analysis/interval.h"
#include "compiler/analysis/reads.h"

namespace xize::analysis {

// A number as the analysis knows it.
struct Estimate {
  Interval bounds;
  Extended least = Extended::infinity(1);
  Extended most = Extended::infinity(-1);
  Reads reads;

  static Estimate constant(const Rational& value);
  // Every value of `bounds` can occur.
  static Estimate free(const Interval& bounds, Reads reads);
  // Only the bounds are known.
  static Estimate within(const Interval& bounds, Reads reads);
  static Estimate unknown() { return within(Interval::all(), Reads::everything()); }

  [[nodiscard]] bool is_constant() const { return bounds.is_point(); }
  [[nodiscard]] std::optional<Rational> constant_value() const;
};

// What a condition comes to, and what it reads.
struct Condition {
  Verdict verdict;
  Reads reads;

  static Condition certain(bool holds) { return {{holds, !holds}, {}}; }
  static Condition open(Reads reads) { return {{true, true}, std::move(reads)}; }
};

Estimate negated(const Estimate& x);
Estimate sum(const Estimate& a, const Estimate& b);
Estimate product(const Estimate& a, const Estimate& b);
Estimate quotient(const Estimate& a, const Estimate& b);
Estimate smaller(const Estimate& a, const Estimate& b);
Estimate larger(const Estimate& a, const Estimate& b);
// `then` where the condition holds, else `otherwise`.
Estimate choose(const Condition& condition, const Estimate& then, const Estimate& otherwise);
// One or the other, and which is not known to depend on anything else that is read.
Estimate either(const Estimate& a, const Estimate& b);
// `x` kept between `low` and `high`.
Estimate clamped(const Estimate& x, const Rational& low, const Rational& high);

Condition negated(Condition c);
Condition both(const Condition& a, const Condition& b);
Condition any(const Condition& a, const Condition& b);
Condition compare(ast::BinaryOp op, const Estimate& a, const Estimate& b);

}  // namespace xize::analysis
