// runtime/value: numbers as decimal text without an allocation, against GMP.
#include "runtime/value/fraction_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>

#include <doctest/doctest.h>
#include <gmpxx.h>

namespace xize::value {
namespace {

constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

mpz_class power(unsigned long base, int exponent) {
  mpz_class z;
  mpz_ui_pow_ui(z.get_mpz_t(), base, static_cast<unsigned long>(exponent));
  return z;
}

// The number rounded half away from zero.
mpq_class rounded(const mpq_class& q, int places) {
  const mpz_class scale = power(10, places);
  const mpq_class up = abs(q) * scale + mpq_class(1, 2);
  mpz_class whole;
  mpz_fdiv_q(whole.get_mpz_t(), up.get_num_mpz_t(), up.get_den_mpz_t());
  mpq_class result(q < 0 ? mpz_class(-whole) : whole, scale);
  result.canonicalize();
  return result;
}

// The least decimals that hold it, or the fraction: nothing of it is shared with what is tested.
std::string expected(const mpq_class& q) {
  mpz_class den = q.get_den();
  int twos = 0;
  int fives = 0;
  for (; den % 2 == 0; den /= 2) ++twos;
  for (; den % 5 == 0; den /= 5) ++fives;
  if (den != 1) return q.get_str();
  const int places = std::max(twos, fives);
  const mpq_class digits = abs(q) * power(10, places);
  std::string text = digits.get_num().get_str();
  const auto wanted = static_cast<std::size_t>(places) + 1;
  if (text.size() < wanted) text.insert(0, wanted - text.size(), '0');
  if (places > 0) text.insert(text.size() - static_cast<std::size_t>(places), ".");
  return q < 0 ? "-" + text : text;
}

std::string printed(const FractionPrinter& printer, std::int64_t num) {
  std::array<char, FractionPrinter::kTextMax> text{};
  return {text.data(), printer.print(num, text.data())};
}

void check(std::int64_t num, std::int64_t den, std::optional<int> places) {
  mpq_class q(mpz_class(static_cast<long>(num)), mpz_class(static_cast<long>(den)));
  q.canonicalize();
  const std::string text = expected(places ? rounded(q, *places) : q);
  INFO(num << "/" << den << " to " << places.value_or(-1));
  REQUIRE(printed({den, places}, num) == text);
  std::string appended = "x";
  print(Rational(num, den), places, appended);
  REQUIRE(appended == "x" + text);
  if (!places) REQUIRE(Rational(num, den).to_string() == text);
}

// Denominators of the kind that scores have, then of any kind.
std::int64_t some_den(std::mt19937_64& random) {
  std::int64_t den = 1;
  switch (random() % 5) {
    case 0:
      for (auto i = random() % 19; i > 0; --i) den *= 10;
      return den;
    case 1:
      for (auto i = random() % 27; i > 0; --i) den *= 5;
      return den;
    case 2: return std::int64_t{1} << (random() % 63);
    case 3: return static_cast<std::int64_t>(random() % 2000) + 1;
    default: return static_cast<std::int64_t>(random() >> (1 + random() % 62)) + 1;
  }
}

}  // namespace

TEST_CASE("fraction text: edges of 64 bits, at every number of places") {
  for (const std::int64_t den : {std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{9},
                                 std::int64_t{10}, std::int64_t{900}, std::int64_t{1} << 18,
                                 std::int64_t{1} << 19, std::int64_t{1} << 62,
                                 std::int64_t{1'000'000'000'000'000'000}, kMax - 1, kMax}) {
    for (const std::int64_t num : {kMin, kMin + 1, std::int64_t{-1}, std::int64_t{0},
                                   std::int64_t{1}, std::int64_t{5}, kMax - 1, kMax}) {
      check(num, den, std::nullopt);
      for (int places = 0; places <= FractionPrinter::kPlacesMax; ++places) {
        check(num, den, places);
      }
    }
  }
}

TEST_CASE("fraction text: what GMP says, of random numbers in any terms") {
  std::mt19937_64 random(20'231'130);
  for (int i = 0; i < 50'000; ++i) {
    const std::int64_t den = some_den(random);
    const auto size = random() % 64;
    const bool negative = size > 0 && i % 2 == 0;
    const auto num = static_cast<std::int64_t>(random() >> size) * (negative ? -1 : 1);
    check(num, den, std::nullopt);
    check(num, den, static_cast<int>(random() % 19));
  }
}

TEST_CASE("fraction text: halves go away from zero, and a carry reaches the whole") {
  CHECK(printed({8, 2}, 1) == "0.13");
  CHECK(printed({8, 2}, -1) == "-0.13");
  CHECK(printed({1000, 2}, 9995) == "10");
  CHECK(printed({1000, 2}, -4) == "0");
  CHECK(printed({3, 10}, 2) == "0.6666666667");
  CHECK(printed({900, std::nullopt}, 450) == "0.5");
  CHECK(printed({900, std::nullopt}, -100) == "-1/9");
  CHECK(printed({1, 2}, kMin) == "-9223372036854775808");
}

TEST_CASE("fraction text: numbers beyond 64 bits") {
  const Rational large = *Rational::from_decimal("-123456789012345678901234567890.125");
  std::string text;
  print(large, 2, text);
  print(large, std::nullopt, text += ' ');
  CHECK(text == "-123456789012345678901234567890.13 -123456789012345678901234567890.125");
}

}  // namespace xize::value
