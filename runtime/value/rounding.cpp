// Rounding of a Rational: to an integer quotient, with the scale taken out before and put back
// after. Small numbers and up to 18 decimals stay within 128 bits.
#include <algorithm>
#include <cassert>

#include "runtime/value/rational.h"
#include "runtime/value/rational_big.h"

namespace xize::value {

namespace {

// What was cut off a truncated quotient.
struct CutOff {
  bool negative;  // of the number rounded
  bool nothing;   // the quotient is exact
  int half;       // cut off less than, exactly, more than half: -1, 0, 1
  bool odd;       // the truncated quotient is odd
};

bool goes_away_from_zero(Rounding mode, const CutOff& cut) {
  if (cut.nothing) return false;
  switch (mode) {
    case Rounding::HalfUp: return cut.half >= 0;
    case Rounding::HalfDown: return cut.half > 0;
    case Rounding::HalfEven: return cut.half > 0 || (cut.half == 0 && cut.odd);
    case Rounding::Down: return false;
    case Rounding::Up: return true;
    case Rounding::Ceiling: return !cut.negative;
    case Rounding::Floor: return cut.negative;
  }
  return false;
}

Rational round_small(const Rational& x, int places, Rounding mode) {
  const std::uint64_t up = kPowersOfTen[static_cast<std::size_t>(std::max(places, 0))];
  const std::uint64_t down = kPowersOfTen[static_cast<std::size_t>(std::max(-places, 0))];
  const bool negative = RationalAccess::num(x) < 0;
  const UnsignedWide num = UnsignedWide{magnitude(RationalAccess::num(x))} * up;
  const UnsignedWide den = UnsignedWide{magnitude(RationalAccess::den(x))} * down;
  UnsignedWide quotient = num / den;
  const UnsignedWide rest = num % den;
  const int half = (rest > den - rest ? 1 : 0) - (rest < den - rest ? 1 : 0);
  if (goes_away_from_zero(mode, {negative, rest == 0, half, quotient % 2 == 1})) ++quotient;
  const std::uint64_t g = std::gcd(static_cast<std::uint64_t>(quotient % up), up);
  Rational result;
  RationalAccess::set(result, negative && quotient != 0, quotient / g * down, up / g);
  return result;
}

Rational round_big(const Rational& x, int places, Rounding mode) {
  const mpz_class scale = power_of_ten(std::abs(places));
  mpz_class num = RationalAccess::numerator(x);
  mpz_class den = RationalAccess::denominator(x);
  (places >= 0 ? num : den) *= scale;
  const bool negative = num < 0;
  num = ::abs(num);
  mpz_class quotient;
  mpz_class rest;
  mpz_tdiv_qr(quotient.get_mpz_t(), rest.get_mpz_t(), num.get_mpz_t(), den.get_mpz_t());
  const int half = cmp(rest, mpz_class(den - rest));
  const bool odd = mpz_odd_p(quotient.get_mpz_t()) != 0;
  if (goes_away_from_zero(mode, {negative, rest == 0, half, odd})) ++quotient;
  if (negative) quotient = -quotient;
  if (places >= 0) return RationalAccess::ratio(quotient, scale);
  return RationalAccess::ratio(quotient * scale, 1);
}

}  // namespace

Rational floor(const Rational& x) { return round(x, 0, Rounding::Floor); }
Rational ceil(const Rational& x) { return round(x, 0, Rounding::Ceiling); }

Rational round(const Rational& x, int places, Rounding mode) {
  assert(places >= -kMaxPlaces && places <= kMaxPlaces);
  if (places >= 0 && x.is_integer()) return x;
  const bool small = RationalAccess::is_small(x) && std::abs(places) <= kSmallPlaces;
  return small ? round_small(x, places, mode) : round_big(x, places, mode);
}

int decimal_exponent(const Rational& x) {
  assert(!x.is_zero());
  mpz_class num = ::abs(RationalAccess::numerator(x));
  mpz_class den = RationalAccess::denominator(x);
  // The two sizes, each at most one too large, leave the answer within two of their difference.
  int exponent = static_cast<int>(mpz_sizeinbase(num.get_mpz_t(), 10)) -
                 static_cast<int>(mpz_sizeinbase(den.get_mpz_t(), 10)) + 1;
  (exponent >= 0 ? den : num) *= power_of_ten(std::abs(exponent));
  for (; num < den; --exponent) num *= 10;
  return exponent;
}

Rational round_significant(const Rational& x, int digits, Rounding mode) {
  assert(digits > 0);
  if (x.is_zero()) return x;
  return round(x, digits - 1 - decimal_exponent(x), mode);
}

}  // namespace xize::value
