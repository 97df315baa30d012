#include "runtime/value/fraction.h"

#include "runtime/value/rational_big.h"

namespace xize::value {

std::optional<Fraction> small_fraction(const Rational& x) {
  if (!RationalAccess::is_small(x)) return std::nullopt;
  return Fraction{RationalAccess::num(x), RationalAccess::den(x)};
}

}  // namespace xize::value
