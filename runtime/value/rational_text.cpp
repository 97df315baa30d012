// Rational and decimal text, both ways, exactly.
#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

#include "runtime/value/digits.h"
#include "runtime/value/fraction_text.h"
#include "runtime/value/rational.h"
#include "runtime/value/rational_big.h"

namespace xize::value {

namespace {

constexpr std::size_t kSmallDigits = 18;  // any so many digits fit an int64

// `e-3` or nothing; empty if malformed or beyond `kMaxDigits`.
std::optional<int> take_exponent(std::string_view& text) {
  if (!take(text, "e") && !take(text, "E")) return 0;
  const bool negative = take(text, "-");
  if (!negative) take(text, "+");
  const std::string_view digits = take_digits(text);
  int exponent = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  if (digits.empty() || read.ec != std::errc{} || exponent > kMaxDigits) return std::nullopt;
  return negative ? -exponent : exponent;
}

// digits * 10^exponent
Rational scaled(const std::string& digits, bool negative, int exponent) {
  constexpr int kSmallExponent = -static_cast<int>(kSmallDigits);
  if (digits.size() <= kSmallDigits && exponent <= 0 && exponent >= kSmallExponent) {
    std::int64_t n = 0;
    std::int64_t scale = 1;
    for (const char c : digits) n = n * 10 + (c - '0');
    for (; exponent < 0; ++exponent) scale *= 10;
    return {negative ? -n : n, scale};
  }
  mpz_class n(digits, 10);
  if (negative) n = -n;
  if (exponent >= 0) return RationalAccess::ratio(n * power_of_ten(exponent), 1);
  return RationalAccess::ratio(n, power_of_ten(-exponent));
}

// Decimals of a number with this denominator; empty if it never ends.
std::optional<int> decimals_of(mpz_class den) {
  const auto twos = mpz_scan1(den.get_mpz_t(), 0);
  den >>= twos;
  const mpz_class five = 5;
  const auto fives = mpz_remove(den.get_mpz_t(), den.get_mpz_t(), five.get_mpz_t());
  if (den != 1) return std::nullopt;
  return static_cast<int>(std::max(twos, fives));
}

// x with exactly so many decimals, which must hold it.
std::string decimal_text(const Rational& x, int decimals) {
  mpz_class n = ::abs(RationalAccess::numerator(x)) * power_of_ten(decimals);
  n /= RationalAccess::denominator(x);
  std::string text = n.get_str();
  const auto places = static_cast<std::size_t>(decimals);
  if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
  if (places > 0) text.insert(text.size() - places, 1, '.');
  return x.sign() < 0 ? "-" + text : text;
}

}  // namespace

std::optional<Rational> Rational::from_decimal(std::string_view text) {
  const bool negative = take(text, "-");
  std::string digits(take_digits(text));
  if (digits.empty()) return std::nullopt;
  int exponent = 0;
  if (take(text, ".")) {
    const std::string_view fraction = take_digits(text);
    if (fraction.empty() || fraction.size() > kMaxDigits) return std::nullopt;
    digits += fraction;
    exponent = -static_cast<int>(fraction.size());
  }
  const auto written = take_exponent(text);
  if (!written || !text.empty() || digits.size() > kMaxDigits) return std::nullopt;
  Rational x = scaled(digits, negative, exponent + *written);
  if (too_large(x)) return std::nullopt;
  return x;
}

std::string Rational::to_string() const {
  if (den_ != 0) {
    const FractionPrinter printer(den_, std::nullopt);
    std::array<char, FractionPrinter::kTextMax> text;
    if (!printer.is_long()) return {text.data(), printer.print(num_, text.data())};
  }
  if (const auto decimals = decimals_of(RationalAccess::denominator(*this))) {
    return decimal_text(*this, *decimals);
  }
  return numerator_text() + "/" + denominator_text();
}

std::string Rational::to_fixed(int places, Rounding mode) const {
  assert(places >= 0);
  return decimal_text(round(*this, places, mode), places);
}

std::string Rational::numerator_text() const {
  return den_ != 0 ? std::to_string(num_) : big_->q.get_num().get_str();
}

std::string Rational::denominator_text() const {
  return den_ != 0 ? std::to_string(den_) : big_->q.get_den().get_str();
}

}  // namespace xize::value
