#include "runtime/value/rational.h"

#include <algorithm>
#include <cassert>

#include "runtime/value/rational_big.h"

namespace xize::value {

static_assert(sizeof(long) == sizeof(std::int64_t), "GMP's `si` functions take 64-bit integers");

namespace {

constexpr std::uint64_t kMaxSmall = std::numeric_limits<std::int64_t>::max();
// 10^kMaxDigits has this many bits.
constexpr std::size_t kMaxBits = 33'220;

std::int64_t signed_value(bool negative, std::uint64_t magnitude_value) {
  return static_cast<std::int64_t>(negative ? 0 - magnitude_value : magnitude_value);
}

mpq_class small_to_mpq(const Rational& x) {
  mpq_class q;
  mpz_set_si(q.get_num_mpz_t(), RationalAccess::num(x));
  mpz_set_si(q.get_den_mpz_t(), RationalAccess::den(x));
  return q;
}

// x += c/d, d > 0, after Knuth 4.5.1: the gcd of the denominators first, so that most sums need
// no second one.
void add_small(Rational& x, Wide c, std::int64_t d) {
  const std::int64_t a = RationalAccess::num(x);
  const std::int64_t b = RationalAccess::den(x);
  const auto g = static_cast<std::int64_t>(
      std::gcd(static_cast<std::uint64_t>(b), static_cast<std::uint64_t>(d)));
  const Wide sum = Wide{a} * (d / g) + c * (b / g);
  const bool negative = sum < 0;
  UnsignedWide num = negative ? 0 - static_cast<UnsignedWide>(sum) : static_cast<UnsignedWide>(sum);
  std::uint64_t common = 1;
  if (g != 1) {
    const auto ug = static_cast<std::uint64_t>(g);
    const std::uint64_t rest = num <= kMaxSmall ? static_cast<std::uint64_t>(num) % ug
                                                : static_cast<std::uint64_t>(num % ug);
    common = std::gcd(rest, ug);
    if (common != 1) {
      num = num <= kMaxSmall ? static_cast<std::uint64_t>(num) / common : num / common;
    }
  }
  const auto den = static_cast<UnsignedWide>(b / g) * (static_cast<std::uint64_t>(d) / common);
  RationalAccess::set(x, negative, num, den);
}

struct Magnitudes {
  std::uint64_t num;
  std::uint64_t den;
};

// ±(x * y), the factors in lowest terms: dividing across first keeps the product in lowest terms.
void set_product(Rational& result, bool negative, Magnitudes x, Magnitudes y) {
  const std::uint64_t g = y.den == 1 ? 1 : std::gcd(x.num, y.den);
  const std::uint64_t h = x.den == 1 ? 1 : std::gcd(y.num, x.den);
  RationalAccess::set(result, negative, UnsignedWide{x.num / g} * (y.num / h),
                      UnsignedWide{x.den / h} * (y.den / g));
}

Magnitudes magnitudes(const Rational& x) {
  return {magnitude(RationalAccess::num(x)), magnitude(RationalAccess::den(x))};
}

bool both_small(const Rational& x, const Rational& y) {
  return RationalAccess::is_small(x) && RationalAccess::is_small(y);
}

std::size_t bits(const mpz_class& n) { return mpz_sizeinbase(n.get_mpz_t(), 2); }

}  // namespace

mpz_class to_mpz(std::int64_t n) {
  mpz_class z;
  mpz_set_si(z.get_mpz_t(), n);
  return z;
}

mpz_class to_mpz(UnsignedWide n) {
  mpz_class z;
  mpz_set_ui(z.get_mpz_t(), static_cast<std::uint64_t>(n >> 64U));
  z <<= 64U;
  mpz_class low;
  mpz_set_ui(low.get_mpz_t(), static_cast<std::uint64_t>(n));
  z += low;
  return z;
}

mpz_class power_of_ten(int exponent) {
  mpz_class z;
  mpz_ui_pow_ui(z.get_mpz_t(), 10, static_cast<unsigned long>(exponent));
  return z;
}

mpz_class RationalAccess::numerator(const Rational& x) {
  return is_small(x) ? to_mpz(x.num_) : mpz_class(x.big_->q.get_num());
}

mpz_class RationalAccess::denominator(const Rational& x) {
  return is_small(x) ? to_mpz(x.den_) : mpz_class(x.big_->q.get_den());
}

void RationalAccess::set(Rational& x, bool negative, UnsignedWide num, UnsignedWide den) {
  if (num <= kMaxSmall + (negative ? 1U : 0U) && den <= kMaxSmall) {
    x.num_ = signed_value(negative, static_cast<std::uint64_t>(num));
    x.den_ = static_cast<std::int64_t>(den);
    x.big_.reset();
    return;
  }
  x.big_.reset(new Rational::Big{});
  x.big_->q.get_num() = to_mpz(num);
  x.big_->q.get_den() = to_mpz(den);
  if (negative) mpz_neg(x.big_->q.get_num_mpz_t(), x.big_->q.get_num_mpz_t());
  x.num_ = x.den_ = 0;
}

Rational RationalAccess::ratio(const mpz_class& num, const mpz_class& den) {
  Rational x;
  x.big_.reset(new Rational::Big{mpq_class(num, den)});
  x.big_->q.canonicalize();
  x.num_ = x.den_ = 0;
  shrink(x);
  return x;
}

void RationalAccess::shrink(Rational& x) {
  const mpq_class& q = x.big_->q;
  if (mpz_fits_slong_p(q.get_num_mpz_t()) == 0 || mpz_fits_slong_p(q.get_den_mpz_t()) == 0) return;
  x.num_ = mpz_get_si(q.get_num_mpz_t());
  x.den_ = mpz_get_si(q.get_den_mpz_t());
  x.big_.reset();
}

template <class Operation>
Rational& RationalAccess::widen(Rational& x, const Rational& y, Operation op) {
  mpq_class small;
  if (is_small(y)) small = small_to_mpq(y);
  const mpq_class& right = is_small(y) ? small : y.big_->q;
  if (is_small(x)) {
    x.big_.reset(new Rational::Big{small_to_mpq(x)});
    x.num_ = x.den_ = 0;
  }
  op(x.big_->q, right);
  shrink(x);
  return x;
}

void Rational::BigDelete::operator()(Big* big) const noexcept { delete big; }

Rational::Rational(std::int64_t num, std::int64_t den) {
  assert(den != 0);
  const std::uint64_t g = std::gcd(magnitude(num), magnitude(den));
  RationalAccess::set(*this, (num < 0) != (den < 0) && num != 0, magnitude(num) / g,
                      magnitude(den) / g);
}

Rational& Rational::operator=(const Rational& other) {
  if (this == &other) return *this;
  big_ = other.big_ ? other.clone_big() : nullptr;
  num_ = other.num_;
  den_ = other.den_;
  return *this;
}

Rational::BigPtr Rational::clone_big() const { return BigPtr(new Big{big_->q}); }

bool Rational::big_is_integer() const { return big_->q.get_den() == 1; }

int Rational::sign() const {
  if (den_ == 0) return sgn(big_->q);
  return (num_ > 0 ? 1 : 0) - (num_ < 0 ? 1 : 0);
}

std::optional<std::int64_t> Rational::to_int64() const {
  if (den_ != 1) return std::nullopt;
  return num_;
}

double Rational::to_double() const {
  if (den_ == 0) return big_->q.get_d();
  return static_cast<double>(num_) / static_cast<double>(den_);
}

std::size_t Rational::hash() const {
  constexpr std::uint64_t kMix = 0x9e37'79b9'7f4a'7c15U;  // 2^64 over the golden ratio
  std::uint64_t h = 0;
  const auto add_word = [&h](std::uint64_t word) {
    h = (h ^ word) * kMix;
    h ^= h >> 32U;
  };
  if (den_ != 0) {
    add_word(static_cast<std::uint64_t>(num_));
    add_word(static_cast<std::uint64_t>(den_));
    return h;
  }
  for (const auto* z : {big_->q.get_num_mpz_t(), big_->q.get_den_mpz_t()}) {
    add_word(static_cast<std::uint64_t>(mpz_sgn(z)));
    for (std::size_t i = 0; i < mpz_size(z); ++i) {
      add_word(mpz_getlimbn(z, static_cast<mp_size_t>(i)));
    }
  }
  return h;
}

int Rational::compare(const Rational& other) const {
  if (both_small(*this, other)) {
    const Wide left = Wide{num_} * other.den_;
    const Wide right = Wide{other.num_} * den_;
    return (left > right ? 1 : 0) - (left < right ? 1 : 0);
  }
  if (den_ == 0 && other.den_ == 0) return cmp(big_->q, other.big_->q);
  if (den_ == 0) return cmp(big_->q, small_to_mpq(other));
  return cmp(small_to_mpq(*this), other.big_->q);
}

Rational Rational::operator-() const {
  Rational x;
  return x -= *this;
}

Rational& Rational::add(const Rational& other) {
  if (both_small(*this, other)) {
    add_small(*this, other.num_, other.den_);
    return *this;
  }
  return RationalAccess::widen(*this, other, [](mpq_class& x, const mpq_class& y) { x += y; });
}

Rational& Rational::subtract(const Rational& other) {
  if (both_small(*this, other)) {
    add_small(*this, -Wide{other.num_}, other.den_);
    return *this;
  }
  return RationalAccess::widen(*this, other, [](mpq_class& x, const mpq_class& y) { x -= y; });
}

Rational& Rational::multiply(const Rational& other) {
  if (both_small(*this, other)) {
    const bool negative = (num_ < 0) != (other.num_ < 0) && num_ != 0 && other.num_ != 0;
    set_product(*this, negative, magnitudes(*this), magnitudes(other));
    return *this;
  }
  return RationalAccess::widen(*this, other, [](mpq_class& x, const mpq_class& y) { x *= y; });
}

Rational& Rational::operator/=(const Rational& other) {
  assert(!other.is_zero());
  if (both_small(*this, other)) {
    const bool negative = (num_ < 0) != (other.num_ < 0) && num_ != 0;
    const Magnitudes divisor = magnitudes(other);
    set_product(*this, negative, magnitudes(*this), {divisor.den, divisor.num});
    return *this;
  }
  return RationalAccess::widen(*this, other, [](mpq_class& x, const mpq_class& y) { x /= y; });
}

Rational abs(const Rational& x) { return x.sign() < 0 ? -x : x; }

Rational power(const Rational& x, std::int64_t n) {
  assert(n >= 0 || !x.is_zero());
  Rational result = 1;
  Rational square = x;
  for (std::uint64_t left = magnitude(n); left != 0; left /= 2) {
    if (left % 2 == 1) result *= square;
    if (left > 1) square *= square;
  }
  return n < 0 ? 1 / result : result;
}

bool too_large(const Rational& x) {
  if (RationalAccess::is_small(x)) return false;
  const mpq_class& q = RationalAccess::big(x);
  return mpz_sizeinbase(q.get_num_mpz_t(), 2) > kMaxBits ||
         mpz_sizeinbase(q.get_den_mpz_t(), 2) > kMaxBits;
}

bool power_too_large(const Rational& x, std::int64_t n) {
  if (x.is_zero() || abs(x) == 1) return false;
  // A number of b bits is at least 2^(b-1), so its n-th power has more than n(b-1) bits.
  const std::size_t least =
      std::max(bits(RationalAccess::numerator(x)), bits(RationalAccess::denominator(x))) - 1;
  return magnitude(n) > kMaxBits / least;
}

}  // namespace xize::value
