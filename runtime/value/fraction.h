// fraction: the two integers of a number, for engines that compute with machine integers.
// In: a Rational. Out: its numerator and denominator, where both fit 64 bits.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/value/rational.h"

namespace xize::value {

// num / den with den > 0; of `small_fraction` in lowest terms.
struct Fraction {
  std::int64_t num = 0;
  std::int64_t den = 1;
};

// Empty for numbers beyond 64 bits.
std::optional<Fraction> small_fraction(const Rational& x);

}  // namespace xize::value
