#include "compiler/sql/term.h"

#include <algorithm>
#include <cstdlib>

namespace xize::sql {
namespace {

using value::Rational;
using value::Rounding;

const Rational kOne(1);

// The divisor of a fraction as a number.
Number divisor_of(const Number& a) {
  if (a.divisor.text.empty()) return {.numerator = {"1"}, .bound = 1, .fixed = kOne};
  return {a.divisor, 1, a.divisor_bound};
}

// Whether the last digit is taken up, by what was cut off: $1 the number, $2 twice the rest, $3 the
// divisor, $4 the quotient, $5 whether that is odd.
std::string_view takes_up(Rounding mode) {
  switch (mode) {
    case Rounding::HalfUp: return "$2 >= $3";
    case Rounding::HalfDown: return "$2 > $3";
    case Rounding::HalfEven: return "$2 > $3 OR $2 = $3 AND $5 = 1";
    case Rounding::Up: return "$2 > 0";
    case Rounding::Down: return "$2 < 0";
    case Rounding::Ceiling: return "$2 > 0 AND $1 > 0";
    case Rounding::Floor: return "$2 > 0 AND $1 < 0";
  }
  return "";
}

}  // namespace

Sql build(std::string_view pattern, std::initializer_list<Sql> parts) {
  Sql out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool place = pattern[i] == '$' && i + 1 < pattern.size() && pattern[i + 1] >= '1' &&
                       pattern[i + 1] <= '9';
    if (!place) {
      out.text.push_back(pattern[i]);
      continue;
    }
    const Sql& part = parts.begin()[pattern[++i] - '1'];
    out.text += part.text;
    out.depth = std::max(out.depth, part.depth);
  }
  return out;
}

Sql case_of(const Sql& condition, const Sql& then, const Sql& otherwise) {
  return build("CASE WHEN $1 THEN $2 WHEN NOT $1 THEN $3 END", {condition, then, otherwise});
}

bool Arithmetic::fits(const Rational& bound) const {
  return bound <= power_of_ten(dialect_.wide_digits);
}

std::optional<Sql> Arithmetic::integers(std::string_view pattern, const Rational& bound,
                                        const Number& a, const Number& b) const {
  if (!fits(bound)) return std::nullopt;
  const auto part = [&](const Number& operand) {
    const bool widen = bound > narrow_max() && operand.bound <= narrow_max();
    return widen ? build(dialect_.as_wide, {operand.numerator}) : operand.numerator;
  };
  return build(pattern, {part(a), part(b)});
}

Arithmetic::Result Arithmetic::constant(const Rational& n) const {
  const Rational numerator = *Rational::from_decimal(n.numerator_text());
  if (!fits(value::abs(numerator))) return std::nullopt;
  return Number{.numerator = {operand(dialect_, numerator)},
                .denominator = *Rational::from_decimal(n.denominator_text()),
                .bound = value::abs(numerator),
                .fixed = numerator};
}

Arithmetic::Result Arithmetic::negate(const Number& a) const {
  Number out = a;
  out.numerator = build("(-$1)", {a.numerator});
  out.fixed.reset();
  return out;
}

Arithmetic::Result Arithmetic::absolute(const Number& a) const {
  Number out = a;
  out.numerator = magnitude(a);
  out.fixed.reset();
  return out;
}

// The size of a numerator, signed as it was: some databases make it an unsigned integer.
Sql Arithmetic::magnitude(const Number& a) const {
  return build(a.bound > narrow_max() ? dialect_.as_wide : dialect_.as_narrow,
               {build("abs($1)", {a.numerator})});
}

Arithmetic::Result Arithmetic::product(const Number& a, const Number& b) const {
  if (a.fixed && b.fixed) return constant(*a.fixed * *b.fixed);
  if (a.fixed == kOne) return Number{.numerator = b.numerator, .bound = b.bound};
  if (b.fixed == kOne) return Number{.numerator = a.numerator, .bound = a.bound};
  const Rational bound = a.bound * b.bound;
  const auto text = integers("($1 * $2)", std::max({bound, a.bound, b.bound}), a, b);
  if (!text) return std::nullopt;
  return Number{*text, 1, bound};
}

Arithmetic::Result Arithmetic::scale(const Number& a, const Rational& factor) const {
  const auto by = constant(factor);
  const auto scaled = by ? product(a, *by) : std::nullopt;
  if (!scaled) return std::nullopt;
  Number out = *scaled;
  out.denominator = a.denominator * factor;
  out.divisor = a.divisor;
  out.divisor_bound = a.divisor_bound;
  return out;
}

std::optional<std::pair<Number, Number>> Arithmetic::align(const Number& a, const Number& b) const {
  const Rational den = common_denominator(a.denominator, b.denominator);
  const auto x = scale(a, den / a.denominator);
  const auto y = scale(b, den / b.denominator);
  if (!x || !y) return std::nullopt;
  if (a.divisor.text == b.divisor.text) return std::pair{*x, *y};
  const auto p = product(*x, divisor_of(b));
  const auto q = product(*y, divisor_of(a));
  const auto d = product(divisor_of(a), divisor_of(b));
  if (!p || !q || !d) return std::nullopt;
  return std::pair{Number{p->numerator, den, p->bound, d->numerator, d->bound},
                   Number{q->numerator, den, q->bound, d->numerator, d->bound}};
}

Arithmetic::Result Arithmetic::add(const Number& a, const Number& b) const {
  const auto both = align(a, b);
  if (!both) return std::nullopt;
  const auto& [x, y] = *both;
  const auto sum = integers("($1 + $2)", x.bound + y.bound, x, y);
  if (!sum) return std::nullopt;
  return Number{*sum, x.denominator, x.bound + y.bound, x.divisor, x.divisor_bound};
}

Arithmetic::Result Arithmetic::multiply(const Number& a, const Number& b) const {
  auto out = product(a, b);
  const auto divisor = product(divisor_of(a), divisor_of(b));
  if (!out || !divisor) return std::nullopt;
  out->denominator = a.denominator * b.denominator;
  if (divisor->fixed != kOne) {
    out->divisor = divisor->numerator;
    out->divisor_bound = divisor->bound;
  }
  return out;
}

Arithmetic::Result Arithmetic::divide(const Number& a, const Number& b) const {
  const auto factor = constant(b.denominator);
  const auto above = factor ? product(divisor_of(b), *factor) : std::nullopt;
  const auto numerator = above ? product(a, *above) : std::nullopt;
  const auto divisor = product(divisor_of(a), Number{magnitude(b), 1, b.bound});
  if (!numerator || !divisor) return std::nullopt;
  return Number{build("CASE WHEN $1 > 0 THEN $2 WHEN $1 < 0 THEN -$2 END",
                      {b.numerator, numerator->numerator}),
                a.denominator, numerator->bound,
                build("CASE WHEN $1 <> 0 THEN $2 END", {b.numerator, divisor->numerator}),
                divisor->bound};
}

Sql Arithmetic::quotient(const Sql& a, const Sql& b, bool wide) const {
  return build(wide ? dialect_.wide_quotient : dialect_.narrow_quotient, {a, b});
}

Arithmetic::Result Arithmetic::whole_divisor(const Number& a) const {
  const auto fixed = constant(a.denominator);
  return fixed ? product(divisor_of(a), *fixed) : std::nullopt;
}

// Databases cut quotients off towards zero: below it the numerator is taken down first.
Arithmetic::Result Arithmetic::floor(const Number& a) const {
  const auto divisor = whole_divisor(a);
  if (!divisor) return std::nullopt;
  if (divisor->fixed == kOne) return a;
  const auto most = a.bound + divisor->bound;
  const auto below = integers("($2 - 1 - $1)", most, a, *divisor);
  if (!below) return std::nullopt;
  const bool wide = most > narrow_max();
  const Sql& d = divisor->numerator;
  const Sql n =
      wide && a.bound <= narrow_max() ? build(dialect_.as_wide, {a.numerator}) : a.numerator;
  return Number{build("CASE WHEN $1 >= 0 THEN $2 WHEN $1 < 0 THEN -$3 END",
                      {n, quotient(n, d, wide), quotient(*below, d, wide)}),
                1, value::ceil(a.bound / a.denominator)};
}

Arithmetic::Result Arithmetic::round(const Number& a, int places, Rounding mode) const {
  const Rational unit = power_of_ten(std::abs(places));
  const auto divisor = whole_divisor(a);
  const auto scaled = places >= 0 ? scale(a, unit) : std::optional(a);
  const auto by = places >= 0 || !divisor ? divisor : scale(*divisor, unit);
  if (!scaled || !by || !fits(scaled->bound * Rational(2) + by->bound)) return std::nullopt;
  const bool wide = scaled->bound * Rational(2) + by->bound > narrow_max();
  const auto widened = [&](const Number& x) {
    return wide && x.bound <= narrow_max() ? build(dialect_.as_wide, {x.numerator}) : x.numerator;
  };
  const Sql n = widened(*scaled);
  const Sql d = widened(*by);
  const Sql size = build(wide ? dialect_.as_wide : dialect_.as_narrow, {build("abs($1)", {n})});
  const Sql cut = quotient(size, d, wide);
  const Sql rest = build("(($1 - $2 * $3) * 2)", {size, cut, d});
  const Sql odd = build("($1 - $2 * 2)", {cut, quotient(cut, {"2"}, wide)});
  const Sql up = build(takes_up(mode), {n, rest, d, cut, odd});
  const Sql rounded = build(
      "CASE WHEN $1 >= 0 THEN 1 WHEN $1 < 0 THEN -1 END * ($2 + CASE WHEN $3 THEN 1 ELSE 0 END)",
      {n, cut, up});
  Number out{build("($1)", {rounded}), 1, value::ceil(scaled->bound / a.denominator) + kOne};
  if (places >= 0) out.denominator = unit;
  if (places >= 0) return out;
  return multiply(out, *constant(unit));
}

Arithmetic::Result Arithmetic::choose(const Sql& condition, const Number& a,
                                      const Number& b) const {
  const Rational den = common_denominator(a.denominator, b.denominator);
  const auto x = scale(a, den / a.denominator);
  const auto y = scale(b, den / b.denominator);
  if (!x || !y) return std::nullopt;
  Number out{case_of(condition, x->numerator, y->numerator), den, std::max(x->bound, y->bound)};
  if (a.divisor.text.empty() && b.divisor.text.empty()) return out;
  out.divisor = a.divisor.text == b.divisor.text
                    ? a.divisor
                    : case_of(condition, divisor_of(a).numerator, divisor_of(b).numerator);
  out.divisor_bound = std::max(a.divisor_bound, b.divisor_bound);
  return out;
}

Rational common_denominator(const Rational& a, const Rational& b) {
  // a / b in lowest terms is (a / g) / (b / g): a times the latter denominator.
  return a * *Rational::from_decimal((a / b).denominator_text());
}

}  // namespace xize::sql
