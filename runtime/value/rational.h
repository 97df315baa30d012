// An exact rational number: two 64-bit integers while they fit, GMP beyond.
// Must hold: lowest terms, positive denominator; equal values are equal representations. A
// moved-from number is only destroyed or assigned to.
// Cost: integers that stay small are one checked machine operation, inline; small fractions one
// 128-bit product and a gcd; neither allocates.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace xize::value {

// How a number is rounded to a digit: `half up` means half away from zero.
enum class Rounding : std::uint8_t { HalfUp, HalfEven, Down, Up, HalfDown, Ceiling, Floor };

// The most digits a numerator or denominator may have; arithmetic beyond it is
// `FaultKind::TooManyDigits`, texts beyond it are no numbers.
inline constexpr int kMaxDigits = 10'000;
// The most decimals a number can be rounded to: all of those of any product of two numbers.
inline constexpr int kMaxPlaces = 2 * kMaxDigits;

class Rational {
 public:
  Rational() = default;
  Rational(std::int64_t n) : num_(n) {}          // NOLINT: an integer is a rational
  Rational(std::int64_t num, std::int64_t den);  // den != 0
  Rational(const Rational& other)
      : num_(other.num_), den_(other.den_), big_(other.big_ ? other.clone_big() : nullptr) {}
  Rational(Rational&&) noexcept = default;
  Rational& operator=(const Rational& other);
  Rational& operator=(Rational&&) noexcept = default;
  ~Rational() = default;

  // Decimal text: `-12.50`, `1e-3`; nothing else. Empty on malformed text, or beyond `kMaxDigits`.
  static std::optional<Rational> from_decimal(std::string_view text);

  [[nodiscard]] bool is_zero() const { return num_ == 0 && den_ == 1; }
  [[nodiscard]] bool is_integer() const { return den_ == 1 || (den_ == 0 && big_is_integer()); }
  [[nodiscard]] int sign() const;                              // -1, 0, 1
  [[nodiscard]] std::optional<std::int64_t> to_int64() const;  // only when integral and in range
  [[nodiscard]] double to_double() const;  // for drawing bars only, never for a decision
  [[nodiscard]] std::size_t hash() const;  // equal numbers hash alike

  // `10`, `12.5`, `300/7`: a terminating decimal where one exists, else a fraction.
  [[nodiscard]] std::string to_string() const;
  // Fixed number of decimals after rounding: `to_fixed(2, HalfUp)`. 0 <= places <= kMaxPlaces.
  [[nodiscard]] std::string to_fixed(int places, Rounding mode) const;
  [[nodiscard]] std::string numerator_text() const;
  [[nodiscard]] std::string denominator_text() const;

  Rational operator-() const;
  Rational& operator+=(const Rational& other) {
    std::int64_t sum = 0;
    if (den_ != 1 || other.den_ != 1 || __builtin_add_overflow(num_, other.num_, &sum)) {
      return add(other);
    }
    num_ = sum;
    return *this;
  }
  Rational& operator-=(const Rational& other) {
    std::int64_t difference = 0;
    if (den_ != 1 || other.den_ != 1 || __builtin_sub_overflow(num_, other.num_, &difference)) {
      return subtract(other);
    }
    num_ = difference;
    return *this;
  }
  Rational& operator*=(const Rational& other) {
    std::int64_t product = 0;
    if (den_ != 1 || other.den_ != 1 || __builtin_mul_overflow(num_, other.num_, &product)) {
      return multiply(other);
    }
    num_ = product;
    return *this;
  }
  Rational& operator/=(const Rational& other);  // other must not be zero
  friend Rational operator+(Rational a, const Rational& b) { return std::move(a += b); }
  friend Rational operator-(Rational a, const Rational& b) { return std::move(a -= b); }
  friend Rational operator*(Rational a, const Rational& b) { return std::move(a *= b); }
  friend Rational operator/(Rational a, const Rational& b) { return std::move(a /= b); }
  friend bool operator==(const Rational& a, const Rational& b) {
    return a.num_ == b.num_ && a.den_ == b.den_ && (a.den_ != 0 || a.compare(b) == 0);
  }
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
    return a.den_ == b.den_ && a.den_ != 0 ? a.num_ <=> b.num_ : a.compare(b) <=> 0;
  }

 private:
  friend struct RationalAccess;  // rational_big.h, for the other files of this room
  struct Big;                    // an mpq_class
  struct BigDelete {
    void operator()(Big* big) const noexcept;
  };
  using BigPtr = std::unique_ptr<Big, BigDelete>;

  [[nodiscard]] BigPtr clone_big() const;
  [[nodiscard]] bool big_is_integer() const;
  [[nodiscard]] int compare(const Rational& other) const;
  Rational& add(const Rational& other);
  Rational& subtract(const Rational& other);
  Rational& multiply(const Rational& other);

  // Small form: num_/den_, den_ > 0, big_ empty. Big form: num_ = den_ = 0, the value in big_.
  std::int64_t num_ = 0;
  std::int64_t den_ = 1;
  BigPtr big_;
};

Rational floor(const Rational& x);
Rational ceil(const Rational& x);
Rational abs(const Rational& x);
// Rounds to `places` decimals (negative: tens, hundreds); -kMaxPlaces <= places <= kMaxPlaces.
Rational round(const Rational& x, int places, Rounding mode);
// Rounds to `digits` significant digits, digits > 0: `round_significant(1234.5, 2)` is 1200.
Rational round_significant(const Rational& x, int digits, Rounding mode);
// The power of ten of the first digit of x != 0: 2 for 123, -3 for 0.00456.
int decimal_exponent(const Rational& x);
// x to the integer power n; n >= 0, or x != 0; not `power_too_large`.
Rational power(const Rational& x, std::int64_t n);

// True beyond `kMaxDigits`: check the result of each operation, so that none grows without end.
bool too_large(const Rational& x);
// True if `power(x, n)` would be too large, found without computing it.
bool power_too_large(const Rational& x, std::int64_t n);

}  // namespace xize::value

template <>
struct std::hash<xize::value::Rational> {
  std::size_t operator()(const xize::value::Rational& x) const noexcept { return x.hash(); }
};
