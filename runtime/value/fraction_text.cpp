#include "runtime/value/fraction_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <charconv>
#include <limits>
#include <numeric>

#include "runtime/value/fraction.h"
#include "runtime/value/rational_big.h"

namespace xize::value {
namespace {

static_assert(FractionPrinter::kPlacesMax == kSmallPlaces);

std::uint64_t power_of_ten_of(int places) { return kPowersOfTen[static_cast<std::size_t>(places)]; }

// den = 2^twos * 5^fives * odd
struct Factors {
  int twos = 0;
  int fives = 0;
  std::uint64_t odd = 1;
};

Factors factors_of(std::uint64_t den) {
  Factors factors;
  factors.twos = std::countr_zero(den);
  factors.odd = den >> static_cast<unsigned>(factors.twos);
  for (; factors.odd % 5 == 0; factors.odd /= 5) ++factors.fives;
  return factors;
}

// A number without its sign: whole + part / 10^places.
struct Decimal {
  std::uint64_t whole;
  std::uint64_t part;
  int places;
};

char* put_digits(std::uint64_t n, char* to) {
  return std::to_chars(to, to + std::numeric_limits<std::uint64_t>::digits10 + 1, n).ptr;
}

// Writes it without zeros at its end.
char* put(bool negative, const Decimal& x, char* to) {
  if (negative && (x.whole | x.part) != 0) *to++ = '-';
  if (x.whole < 10) {
    *to++ = static_cast<char>('0' + x.whole);
  } else {
    to = put_digits(x.whole, to);
  }
  if (x.part == 0) return to;
  *to++ = '.';
  std::uint64_t rest = x.part;
  int places = x.places;
  for (; rest % 10 == 0; rest /= 10) --places;
  char* const end = to + places;
  for (char* at = end; at != to; rest /= 10) *--at = static_cast<char>('0' + rest % 10);
  return end;
}

// rest * scale / den rounded half up; rest < den.
std::uint64_t rounded_part(std::uint64_t rest, std::uint64_t scale, std::uint64_t den) {
  std::uint64_t product = 0;
  std::uint64_t twice = 0;
  const bool narrow = !__builtin_mul_overflow(rest, 2 * scale, &product) &&
                      !__builtin_add_overflow(product, den, &twice);
  if (narrow) return twice / (2 * den);
  const UnsignedWide wide = UnsignedWide{rest} * 2 * scale + den;
  return static_cast<std::uint64_t>(wide / (UnsignedWide{den} * 2));
}

}  // namespace

FractionPrinter::FractionPrinter(std::int64_t den, std::optional<int> places) : den_(den) {
  assert(den > 0 && (!places || (*places >= 0 && *places <= kPlacesMax)));
  if (den == 1) return;
  const auto magnitude_of_den = static_cast<std::uint64_t>(den);
  const Factors factors = factors_of(magnitude_of_den);
  const int decimals = std::max(factors.twos, factors.fives);
  if (factors.odd == 1 && decimals <= places.value_or(kPlacesMax)) {
    way_ = Way::Decimal;
    places_ = decimals;
    scale_ = power_of_ten_of(decimals) / magnitude_of_den;
  } else if (places) {
    way_ = Way::Rounded;
    places_ = *places;
    scale_ = power_of_ten_of(places_);
  } else if (decimals <= kPlacesMax) {
    way_ = Way::Ratio;
    places_ = decimals;
    odd_ = factors.odd;
    scale_ = power_of_ten_of(decimals) / (magnitude_of_den / odd_);
  } else {
    way_ = Way::Long;
  }
}

char* FractionPrinter::print(std::int64_t num, char* to) const {
  if (way_ == Way::Whole) return put(num < 0, {magnitude(num), 0, 0}, to);
  if (way_ == Way::Ratio) return print_ratio(num, to);
  if (way_ == Way::Long) {
    const std::string text = Rational(num, den_).to_string();
    return std::copy(text.begin(), text.end(), to);
  }
  const auto den = static_cast<std::uint64_t>(den_);
  Decimal x{magnitude(num) / den, magnitude(num) % den, places_};
  if (way_ == Way::Decimal) {
    x.part *= scale_;
  } else {
    x.part = rounded_part(x.part, scale_, den);
    if (x.part == scale_) {
      ++x.whole;
      x.part = 0;
    }
  }
  return put(num < 0, x, to);
}

char* FractionPrinter::print_ratio(std::int64_t num, char* to) const {
  const auto den = static_cast<std::uint64_t>(den_);
  const std::uint64_t n = magnitude(num);
  if (n % odd_ == 0) {
    const std::uint64_t even = den / odd_;
    return put(num < 0, {n / odd_ / even, n / odd_ % even * scale_, places_}, to);
  }
  const std::uint64_t common = std::gcd(n, den);
  if (num < 0) *to++ = '-';
  to = put_digits(n / common, to);
  *to++ = '/';
  return put_digits(den / common, to);
}

void print(const Rational& number, std::optional<int> places, std::string& out) {
  const auto small = small_fraction(number);
  if (!small) {
    out += (places ? round(number, *places, Rounding::HalfUp) : number).to_string();
    return;
  }
  std::array<char, FractionPrinter::kTextMax> text;
  out.append(text.data(), FractionPrinter(small->den, places).print(small->num, text.data()));
}

}  // namespace xize::value
