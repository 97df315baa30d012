#include "runtime/value/fraction.h"

#include <cstddef>
#include <numeric>

#include "runtime/value/rational_big.h"

namespace xize::value {

std::optional<Fraction> small_fraction(const Rational& x) {
  if (!RationalAccess::is_small(x)) return std::nullopt;
  return Fraction{RationalAccess::num(x), RationalAccess::den(x)};
}

std::optional<std::int64_t> share_den(std::span<std::int64_t> nums,
                                      std::span<const std::int64_t> dens) {
  std::int64_t common = 1;
  for (const std::int64_t den : dens) {
    if (common % den == 0) continue;
    if (__builtin_mul_overflow(common / std::gcd(common, den), den, &common)) return std::nullopt;
  }
  std::int64_t product = 0;
  for (std::size_t i = 0; i < nums.size(); ++i) {
    if (__builtin_mul_overflow(nums[i], common / dens[i], &product)) return std::nullopt;
  }
  for (std::size_t i = 0; i < nums.size(); ++i) nums[i] *= common / dens[i];
  return common;
}

}  // namespace xize::value
