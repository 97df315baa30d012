// The inside of a Rational, for the files of this room that work on it: the GMP form, and
// 128-bit magnitudes. Nobody else includes this.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <numeric>
#include <utility>

#include <gmpxx.h>

#include "runtime/value/rational.h"

namespace xize::value {

__extension__ using Wide = __int128;
__extension__ using UnsignedWide = unsigned __int128;

struct Rational::Big {
  mpq_class q;  // canonical, and does not fit the small form
};

constexpr std::uint64_t magnitude(std::int64_t n) {
  return n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
}

mpz_class to_mpz(std::int64_t n);
mpz_class to_mpz(UnsignedWide n);
mpz_class power_of_ten(int exponent);  // exponent >= 0

// Powers of ten that 64 bits hold.
inline constexpr int kSmallPlaces = 18;
inline constexpr std::array<std::uint64_t, kSmallPlaces + 1> kPowersOfTen = [] {
  std::array<std::uint64_t, kSmallPlaces + 1> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

// Reads and makes numbers by their parts.
struct RationalAccess {
  static bool is_small(const Rational& x) { return x.den_ != 0; }
  static std::int64_t num(const Rational& x) { return x.num_; }  // of the small form
  static std::int64_t den(const Rational& x) { return x.den_; }
  static const mpq_class& big(const Rational& x) { return x.big_->q; }
  static mpz_class numerator(const Rational& x);
  static mpz_class denominator(const Rational& x);

  // The number ±num/den, den != 0, in lowest terms already.
  static void set(Rational& x, bool negative, UnsignedWide num, UnsignedWide den);
  // The number num/den, den > 0, in any terms.
  static Rational ratio(const mpz_class& num, const mpz_class& den);
  // x op= y on the GMP form, then back to the small form if the result fits.
  template <class Operation>
  static Rational& widen(Rational& x, const Rational& y, Operation op);
  static void shrink(Rational& x);
};

}  // namespace xize::value
