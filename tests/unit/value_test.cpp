// runtime/value: exact rationals, their rounding and their text.
#include "runtime/value/value.h"

#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <unordered_set>
#include <vector>

#include <doctest/doctest.h>
#include <gmpxx.h>

#include "runtime/value/rational.h"

using namespace xize::value;

namespace {

constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr Rounding kModes[] = {Rounding::HalfUp,   Rounding::HalfEven, Rounding::Down, Rounding::Up,
                               Rounding::HalfDown, Rounding::Ceiling,  Rounding::Floor};

Rational dec(std::string_view text) {
  const auto x = Rational::from_decimal(text);
  REQUIRE_MESSAGE(x.has_value(), std::string(text));
  return *x;
}

std::string fraction(const Rational& x) { return x.numerator_text() + "/" + x.denominator_text(); }

std::string fraction(const mpq_class& q) {
  return q.get_num().get_str() + "/" + q.get_den().get_str();
}

mpq_class to_mpq(const Rational& x) { return mpq_class(fraction(x), 10); }

// The same number made by GMP and by Rational, of a magnitude that crosses the 64-bit boundary
// often.
struct Pair {
  Rational x;
  mpq_class q;
};

class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : random_(seed) {}

  std::int64_t integer() {
    switch (random_() % 8) {
      case 0: return edge(random_() % 9);
      case 1: return static_cast<std::int64_t>(random_());
      case 2: return static_cast<std::int64_t>(random_() % 3) - 1;
      default:
        return static_cast<std::int64_t>(random_() >> (1 + random_() % 62)) *
               (random_() % 2 == 0 ? 1 : -1);
    }
  }

  Pair next() {
    const std::int64_t n = integer();
    std::int64_t d = random_() % 3 == 0 ? 1 : integer();
    if (d == 0) d = 1;
    Pair pair{Rational(n, d),
              mpq_class(mpz_class(static_cast<long>(n)), mpz_class(static_cast<long>(d)))};
    pair.q.canonicalize();
    if (random_() % 8 != 0) return pair;
    const Pair more = next();  // beyond 64 bits
    return {pair.x * more.x, pair.q * more.q};
  }

  std::uint64_t below(std::uint64_t n) { return random_() % n; }

 private:
  static std::int64_t edge(std::uint64_t i) {
    constexpr std::int64_t kEdges[] = {kMin,     kMin + 1,      kMin / 2,  kMax,           kMax - 1,
                                       kMax / 2, 1'000'000'000, 1LL << 32, (1LL << 31) - 1};
    return kEdges[i];
  }
  std::mt19937_64 random_;
};

// The definition of rounding to an integer, one case at a time.
mpz_class rounded(const mpq_class& q, Rounding mode) {
  mpz_class low;
  mpz_fdiv_q(low.get_mpz_t(), q.get_num_mpz_t(), q.get_den_mpz_t());
  if (q == low) return low;
  const mpz_class high = low + 1;
  const mpz_class& near_zero = q > 0 ? low : high;
  const mpz_class& far = q > 0 ? high : low;
  const mpq_class above = q - low;
  const mpq_class half(1, 2);
  const mpz_class& nearest = above < half ? low : high;
  switch (mode) {
    case Rounding::Floor: return low;
    case Rounding::Ceiling: return high;
    case Rounding::Down: return near_zero;
    case Rounding::Up: return far;
    case Rounding::HalfUp: return above == half ? far : nearest;
    case Rounding::HalfDown: return above == half ? near_zero : nearest;
    case Rounding::HalfEven: break;
  }
  if (above != half) return nearest;
  return mpz_even_p(low.get_mpz_t()) != 0 ? low : high;
}

mpq_class scale_of(int places) {
  mpz_class z;
  mpz_ui_pow_ui(z.get_mpz_t(), 10, static_cast<unsigned long>(std::abs(places)));
  return places >= 0 ? mpq_class(z) : mpq_class(1, z);
}

}  // namespace

TEST_CASE("rational: construction reduces to lowest terms with a positive denominator") {
  CHECK(fraction(Rational(6, 4)) == "3/2");
  CHECK(fraction(Rational(6, -4)) == "-3/2");
  CHECK(fraction(Rational(-6, -4)) == "3/2");
  CHECK(fraction(Rational(0, -7)) == "0/1");
  CHECK(fraction(Rational(kMin, kMin)) == "1/1");
  CHECK(fraction(Rational(kMin, -1)) == "9223372036854775808/1");
  CHECK(fraction(Rational(1, kMin)) == "-1/9223372036854775808");
  CHECK(fraction(Rational(kMax, kMin)) == "-9223372036854775807/9223372036854775808");
  CHECK(Rational() == 0);
}

TEST_CASE("rational: every operation equals GMP's, on random pairs") {
  Numbers numbers(20'231'130);
  for (int i = 0; i < 20'000; ++i) {
    const Pair a = numbers.next();
    const Pair b = numbers.next();
    CAPTURE(fraction(a.q));
    CAPTURE(fraction(b.q));
    REQUIRE(fraction(a.x) == fraction(a.q));
    REQUIRE(fraction(a.x + b.x) == fraction(mpq_class(a.q + b.q)));
    REQUIRE(fraction(a.x - b.x) == fraction(mpq_class(a.q - b.q)));
    REQUIRE(fraction(a.x * b.x) == fraction(mpq_class(a.q * b.q)));
    REQUIRE(fraction(-a.x) == fraction(mpq_class(-a.q)));
    if (b.q != 0) REQUIRE(fraction(a.x / b.x) == fraction(mpq_class(a.q / b.q)));
    const int order = cmp(a.q, b.q);
    REQUIRE((a.x < b.x) == (order < 0));
    REQUIRE((a.x > b.x) == (order > 0));
    REQUIRE((a.x == b.x) == (order == 0));
    REQUIRE(a.x.sign() == sgn(a.q));
    REQUIRE(a.x.is_integer() == (a.q.get_den() == 1));
    REQUIRE(a.x.is_zero() == (a.q == 0));
  }
}

TEST_CASE("rational: a result that fits comes back to the small form, equal and of equal hash") {
  Numbers numbers(7);
  for (int i = 0; i < 10'000; ++i) {
    const Pair a = numbers.next();
    const Pair b = numbers.next();
    const Rational back = (a.x + b.x) - b.x;
    REQUIRE(back == a.x);
    REQUIRE(back.hash() == a.x.hash());
    REQUIRE(back.to_int64() == a.x.to_int64());
    if (b.x.is_zero()) continue;
    const Rational again = (a.x * b.x) / b.x;
    REQUIRE(again == a.x);
    REQUIRE(std::hash<Rational>{}(again) == a.x.hash());
  }
  CHECK((Rational(kMax) + 1 - 1).to_int64() == kMax);
  CHECK_FALSE((Rational(kMax) + 1).to_int64().has_value());
  CHECK((Rational(kMin) * -1 * -1).to_int64() == kMin);
}

TEST_CASE("rational: an operand may be the result") {
  for (const Rational& start : {Rational(3, 7), Rational(kMax, 3), power(Rational(7, 3), 60)}) {
    Rational x = start;
    x += x;
    CHECK(x == start * 2);
    x -= x;
    CHECK(x.is_zero());
    x = start;
    x *= x;
    CHECK(x == power(start, 2));
    x /= x;
    CHECK(x == 1);
    const Rational& alias = x;
    x = alias;
    CHECK(x == 1);
  }
}

TEST_CASE("rational: copies are independent of what they came from") {
  const Rational big = power(Rational(3), 100);
  Rational copy = big;
  copy += 1;
  CHECK(copy - big == 1);
  Rational moved = std::move(copy);
  CHECK(moved - 1 == big);
  moved = Rational(1, 3);
  CHECK(moved == Rational(1, 3));
  moved = big;
  CHECK(moved == big);
  const std::unordered_set<Rational> set{big, moved, Rational(2, 4), Rational(1, 2)};
  CHECK(set.size() == 2);
}

TEST_CASE("rational: rounding to places equals its definition in each mode") {
  Numbers numbers(99);
  for (int i = 0; i < 5'000; ++i) {
    const Pair a = numbers.next();
    const int places = static_cast<int>(numbers.below(46)) - 23;
    const mpq_class scale = scale_of(places);
    for (const Rounding mode : kModes) {
      CAPTURE(fraction(a.q));
      CAPTURE(places);
      CAPTURE(static_cast<int>(mode));
      const mpq_class expected = mpq_class(rounded(a.q * scale, mode)) / scale;
      REQUIRE(fraction(round(a.x, places, mode)) == fraction(expected));
    }
    REQUIRE(to_mpq(floor(a.x)) == rounded(a.q, Rounding::Floor));
    REQUIRE(to_mpq(ceil(a.x)) == rounded(a.q, Rounding::Ceiling));
    REQUIRE(to_mpq(abs(a.x)) == ::abs(a.q));
  }
}

TEST_CASE("rational: halves go where the mode says") {
  const auto at = [](const char* text, Rounding mode) {
    return round(dec(text), 0, mode).to_int64().value();
  };
  CHECK(at("2.5", Rounding::HalfUp) == 3);
  CHECK(at("-2.5", Rounding::HalfUp) == -3);
  CHECK(at("2.5", Rounding::HalfDown) == 2);
  CHECK(at("-2.5", Rounding::HalfDown) == -2);
  CHECK(at("2.5", Rounding::HalfEven) == 2);
  CHECK(at("3.5", Rounding::HalfEven) == 4);
  CHECK(at("-2.5", Rounding::HalfEven) == -2);
  CHECK(at("2.1", Rounding::Up) == 3);
  CHECK(at("-2.1", Rounding::Up) == -3);
  CHECK(at("-2.9", Rounding::Down) == -2);
  CHECK(at("-2.9", Rounding::Ceiling) == -2);
  CHECK(at("-2.1", Rounding::Floor) == -3);
  CHECK(round(dec("1.005"), 2, Rounding::HalfUp) == dec("1.01"));  // a double would say 1.00
  CHECK(round(Rational(1250), -2, Rounding::HalfEven) == 1200);
  CHECK(round(Rational(1251), -2, Rounding::HalfEven) == 1300);
  CHECK(round(Rational(-5), -1, Rounding::HalfUp) == -10);
  CHECK(round(Rational(5), -30, Rounding::Up) == power(Rational(10), 30));
}

TEST_CASE("rational: significant digits and the power of ten of the first one") {
  CHECK(decimal_exponent(Rational(1)) == 0);
  CHECK(decimal_exponent(Rational(999)) == 2);
  CHECK(decimal_exponent(Rational(-1000)) == 3);
  CHECK(decimal_exponent(Rational(1, 3)) == -1);
  CHECK(decimal_exponent(dec("0.00456")) == -3);
  CHECK(decimal_exponent(dec("1e-40")) == -40);
  CHECK(decimal_exponent(dec("9.99e50")) == 50);
  CHECK(round_significant(dec("1234.5"), 2, Rounding::HalfUp) == 1200);
  CHECK(round_significant(dec("0.0099951"), 3, Rounding::HalfUp) == dec("0.01"));
  CHECK(round_significant(Rational(2, 3), 5, Rounding::HalfEven) == dec("0.66667"));
  CHECK(round_significant(Rational(0), 5, Rounding::Up) == 0);
  for (int e = -60; e <= 60; ++e) {
    const Rational ten = power(Rational(10), e);
    REQUIRE(decimal_exponent(ten) == e);
    REQUIRE(decimal_exponent(ten * dec("9.999999999999999999999")) == e);
    REQUIRE(decimal_exponent(ten * dec("0.999999999999999999999")) == e - 1);
  }
}

TEST_CASE("rational: powers") {
  CHECK(power(Rational(2), 10) == 1024);
  CHECK(power(Rational(2, 3), -3) == Rational(27, 8));
  CHECK(power(Rational(-1), kMin) == 1);
  CHECK(power(Rational(-1), kMax) == -1);
  CHECK(power(Rational(0), 0) == 1);
  CHECK(power(Rational(0), kMax) == 0);
  CHECK(power(Rational(5), 0) == 1);
  CHECK(power(Rational(7), 30).to_string() == "22539340290692258087863249");
}

TEST_CASE("rational: sizes beyond the limit are found before they cost anything") {
  CHECK_FALSE(too_large(Rational(kMin)));
  CHECK_FALSE(too_large(power(Rational(10), kMaxDigits - 1)));
  CHECK(too_large(power(Rational(10), kMaxDigits + 1)));
  CHECK(too_large(1 / power(Rational(10), kMaxDigits + 1)));
  CHECK(power_too_large(Rational(2), kMax));
  CHECK(power_too_large(Rational(1, 2), kMin));
  CHECK(power_too_large(Rational(10), 20'000));
  CHECK_FALSE(power_too_large(Rational(10), 1'000));
  CHECK_FALSE(power_too_large(Rational(1), kMax));
  CHECK_FALSE(power_too_large(Rational(-1), kMin));
  CHECK_FALSE(power_too_large(Rational(0), kMax));
  CHECK_FALSE(Rational::from_decimal("1e999999999").has_value());
  CHECK_FALSE(Rational::from_decimal("1e-999999999").has_value());
  CHECK_FALSE(Rational::from_decimal("1e99999999999999999999").has_value());
  CHECK_FALSE(Rational::from_decimal(std::string(kMaxDigits + 1, '9')).has_value());
  CHECK(Rational::from_decimal(std::string(kMaxDigits, '9')).has_value());
}

TEST_CASE("rational: decimal text is read exactly, and nothing else is read") {
  CHECK(dec("0") == 0);
  CHECK(dec("-0.00") == 0);
  CHECK(dec("-12.50") == Rational(-25, 2));
  CHECK(dec("0.1") + dec("0.2") == dec("0.3"));
  CHECK(dec("1e-3") == Rational(1, 1000));
  CHECK(dec("1.5E+3") == 1500);
  CHECK(dec("007") == 7);
  CHECK(dec("9223372036854775807").to_int64() == kMax);
  CHECK(dec("-9223372036854775808").to_int64() == kMin);
  CHECK(fraction(dec("-9223372036854775809")) == "-9223372036854775809/1");
  CHECK(fraction(dec("0.1234567890123456789012345")) ==
        "246913578024691357802469/2000000000000000000000000");
  for (const char* text :
       {"",   "-",  ".",     "1.",   ".5",  "+1",  "--1", "1e",    "1e+", "e1", "1.2.3",
        "1 ", " 1", "1,000", "0x10", "inf", "nan", "１",  "1e1.5", "1/2", "5%"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(Rational::from_decimal(text).has_value());
  }
}

TEST_CASE("rational: text is a decimal where one exists, else a fraction") {
  CHECK(Rational(10).to_string() == "10");
  CHECK(Rational(25, 2).to_string() == "12.5");
  CHECK(Rational(-1, 8).to_string() == "-0.125");
  CHECK(Rational(300, 7).to_string() == "300/7");
  CHECK(Rational(-1, 3).to_string() == "-1/3");
  CHECK(Rational(1, 1'000'000).to_string() == "0.000001");
  CHECK(power(Rational(1, 2), 70).to_string() ==
        "0.0000000000000000000008470329472543003390683225006796419620513916015625");
  CHECK(power(Rational(10), 25).to_string() == "1" + std::string(25, '0'));
  CHECK(dec("2.5").to_fixed(0, Rounding::HalfUp) == "3");
  CHECK(Rational(300, 7).to_fixed(2, Rounding::HalfUp) == "42.86");
  CHECK(Rational(5).to_fixed(2, Rounding::HalfUp) == "5.00");
  CHECK(dec("-0.004").to_fixed(2, Rounding::HalfUp) == "0.00");  // no negative zero
  CHECK(dec("-0.05").to_fixed(1, Rounding::HalfUp) == "-0.1");
  CHECK(dec("9.995").to_fixed(2, Rounding::HalfUp) == "10.00");
}

TEST_CASE("rational: text of a terminating number reads back as the same number") {
  Numbers numbers(5);
  for (int i = 0; i < 5'000; ++i) {
    const Rational x = numbers.next().x;
    const std::string text = x.to_string();
    if (text.find('/') != std::string::npos) {
      REQUIRE(text == fraction(x));
    } else {
      REQUIRE(dec(text) == x);
    }
  }
}

TEST_CASE("rational: a double stands in for bars only") {
  CHECK(Rational(1, 4).to_double() == doctest::Approx(0.25));
  CHECK(power(Rational(10), 30).to_double() == doctest::Approx(1e30));
}

namespace {

int gmp_allocations = 0;

}  // namespace

TEST_CASE("rational: what fits 64 bits never reaches GMP") {
  void* (*old_allocate)(std::size_t) = nullptr;
  void* (*old_reallocate)(void*, std::size_t, std::size_t) = nullptr;
  void (*old_free)(void*, std::size_t) = nullptr;
  mp_get_memory_functions(&old_allocate, &old_reallocate, &old_free);
  static void* (*allocate)(std::size_t) = old_allocate;
  const auto count = [](std::size_t size) {
    ++gmp_allocations;
    return allocate(size);
  };
  mp_set_memory_functions(count, old_reallocate, old_free);
  gmp_allocations = 0;
  Rational sum;
  for (std::int64_t i = 1; i <= 1'000; ++i) {
    sum = (sum + Rational(i, 40)) * Rational(3, 2) / Rational(3, 2) - Rational(i, 80);
    sum = round(sum, 3, Rounding::HalfEven);
    CHECK(sum > 0);
    CHECK(floor(sum) <= ceil(sum));
  }
  const int small = gmp_allocations;
  sum *= Rational(kMax);
  const int big = gmp_allocations;
  mp_set_memory_functions(old_allocate, old_reallocate, old_free);
  CHECK(small == 0);
  CHECK(big > 0);
}

TEST_CASE("value: two values are equal when kind and content are") {
  CHECK(Value(Rational(2, 4)) == Value(Rational(1, 2)));
  CHECK(Value(Missing{}) == Value(Missing{}));
  CHECK(Value(Missing{}) != Value(NotApplicable{}));
  CHECK(Value(Fault{FaultKind::DivisionByZero, 3}) != Value(Fault{FaultKind::DivisionByZero, 4}));
  CHECK(Value(Text{1}) != Value(Rational(1)));
}
