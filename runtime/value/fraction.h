// fraction: the two integers of a number, for engines that compute with machine integers.
// In: a Rational. Out: its numerator and denominator, where both fit 64 bits.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "runtime/value/rational.h"

namespace xize::value {

// num / den with den > 0; of `small_fraction` in lowest terms.
struct Fraction {
  std::int64_t num = 0;
  std::int64_t den = 1;
};

// Empty for numbers beyond 64 bits.
std::optional<Fraction> small_fraction(const Rational& x);

// Puts all nums[i] / dens[i] over one denominator; empty, and nothing done, if there is none in 64
// bits.
std::optional<std::int64_t> share_den(std::span<std::int64_t> nums,
                                      std::span<const std::int64_t> dens);

}  // namespace xize::value
