#include "compiler/smt/bounds.h"

#include <algorithm>

namespace xize::smt {
namespace {

using End = std::optional<Rational>;

End plus(const End& a, const End& b) { return a && b ? End(*a + *b) : std::nullopt; }

// Open ends win where the wider range is meant, lose where the narrower is.
End least_wide(const End& a, const End& b) { return a && b ? End(std::min(*a, *b)) : std::nullopt; }
End most_wide(const End& a, const End& b) { return a && b ? End(std::max(*a, *b)) : std::nullopt; }
End least_narrow(const End& a, const End& b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}
End most_narrow(const End& a, const End& b) {
  if (!a || !b) return a ? a : b;
  return std::max(*a, *b);
}

}  // namespace

Bounds sum(const Bounds& a, const Bounds& b) { return {plus(a.low, b.low), plus(a.high, b.high)}; }

Bounds scaled(const Rational& factor, const Bounds& a) {
  const End low = a.low ? End(*a.low * factor) : std::nullopt;
  const End high = a.high ? End(*a.high * factor) : std::nullopt;
  return factor.sign() < 0 ? Bounds{high, low} : Bounds{low, high};
}

Bounds product(const Bounds& a, const Bounds& b) {
  if (a.low && a.high && b.low && b.high) {
    const auto ends = {*a.low * *b.low, *a.low * *b.high, *a.high * *b.low, *a.high * *b.high};
    return {std::min(ends), std::max(ends)};
  }
  if (!never_negative(a) || !never_negative(b)) return {};
  return {*a.low * *b.low, a.high && b.high ? End(*a.high * *b.high) : std::nullopt};
}

Bounds quotient(const Bounds& a, const Bounds& b) {
  const bool positive = b.low && b.low->sign() > 0;
  if (positive && b.high) return product(a, {Rational(1) / *b.high, Rational(1) / *b.low});
  if (positive && a.low && a.high) {  // the larger the divisor, the nearer to 0
    const Rational least = *a.low / *b.low;
    const Rational most = *a.high / *b.low;
    return {std::min(least, Rational(0)), std::max(most, Rational(0))};
  }
  if (!never_negative(a) || !never_negative(b)) return {};
  return {Rational(0), positive && a.high ? End(*a.high / *b.low) : std::nullopt};
}

Bounds either(const Bounds& a, const Bounds& b) {
  return {least_wide(a.low, b.low), most_wide(a.high, b.high)};
}

Bounds smaller(const Bounds& a, const Bounds& b) {
  return {least_wide(a.low, b.low), least_narrow(a.high, b.high)};
}

Bounds larger(const Bounds& a, const Bounds& b) {
  return {most_narrow(a.low, b.low), most_wide(a.high, b.high)};
}

}  // namespace xize::smt
