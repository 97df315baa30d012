// Arithmetic on bounds: what is known of a result from what is known of its operands.
#pragma once

#include "compiler/smt/term.h"

namespace xize::smt {

Bounds sum(const Bounds& a, const Bounds& b);
Bounds scaled(const Rational& factor, const Bounds& a);
Bounds product(const Bounds& a, const Bounds& b);
// Of a divisor that is not 0.
Bounds quotient(const Bounds& a, const Bounds& b);
Bounds either(const Bounds& a, const Bounds& b);
Bounds smaller(const Bounds& a, const Bounds& b);
Bounds larger(const Bounds& a, const Bounds& b);

inline bool never_negative(const Bounds& b) { return b.low && b.low->sign() >= 0; }
inline bool never_positive(const Bounds& b) { return b.high && b.high->sign() <= 0; }

}  // namespace xize::smt
