#include "runtime/blockwise/ratios.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "runtime/blockwise/wide.h"

namespace xize::blockwise {
namespace {

using kernel::kNone;
using kernel::Range;
using kernel::ValueId;
using Dens = std::vector<ValueId>;

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

Scale scale_of(Wide p, Wide q) {
  const Wide g = gcd(p, q);
  p /= g;
  q /= g;
  if (!fits(p) || !fits(q)) return {0, 1};
  return {static_cast<std::int64_t>(p), static_cast<std::int64_t>(q)};
}

Scale product(const Scale& a, const Scale& b) {
  return scale_of(Wide{a.p} * b.p, Wide{a.q} * b.q);
}

// As many of each as the one that has more of it.
Dens common_multiple(const Dens& a, const Dens& b) {
  Dens out;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}
Dens without(const Dens& a, const Dens& b) {
  Dens out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}
Dens together(const Dens& a, const Dens& b) {
  Dens out;
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

std::int64_t near(Wide x) {
  return static_cast<std::int64_t>(std::clamp<Wide>(x, -kFar, kFar));
}

Range sum_of(const Range& a, const Range& b) {
  return {near(Wide{a.least} + b.least), near(Wide{a.most} + b.most)};
}

Range product_of(const Range& a, const Range& b) {
  const auto corners = {Wide{a.least} * b.least, Wide{a.least} * b.most, Wide{a.most} * b.least,
                        Wide{a.most} * b.most};
  return {near(std::min(corners)), near(std::max(corners))};
}

// Nothing is known of a share of what may be less than 1.
Range quotient_of(const Range& a, const Range& b) {
  if (b.least < 1) return kAnywhere;
  return {near(floor_div<Wide>(std::min<Wide>(a.least, 0), b.least)),
          near(-floor_div<Wide>(-std::max<Wide>(a.most, 0), b.least))};
}

Range extreme_of(const Range& a, const Range& b, bool largest) {
  if (largest) return {std::max(a.least, b.least), std::max(a.most, b.most)};
  return {std::min(a.least, b.least), std::min(a.most, b.most)};
}

Range either_of(const Range& a, const Range& b) {
  return {std::min(a.least, b.least), std::max(a.most, b.most)};
}

// The greatest positive scale of which both are whole multiples.
Scale common_scale(const Scale& a, const Scale& b) {
  const Wide g = gcd(Wide{a.p} * b.q, Wide{b.p} * a.q);
  return scale_of(g, Wide{a.q} * b.q);
}

// How many of the scale `unit` it is; 0 if that is beyond 64 bits.
std::int64_t multiple(const Scale& a, const Scale& unit) {
  const Scale factor = scale_of(Wide{a.p} * unit.q, Wide{a.q} * unit.p);
  return factor.q == 1 ? factor.p : 0;
}

}  // namespace

Scale Scale::of(std::int64_t p, std::int64_t q) { return scale_of(p, q); }

Ratio Ratios::constant(std::int64_t p, std::int64_t q) {
  if (p == 0) return {steps_.constant(0)};
  return {steps_.constant(1), Scale::of(p, q)};
}

// A constant stands in the scale, where it is in nobody's way.
Ratio Ratios::in_terms(ValueId num, Scale scale, Dens dens, Range known) {
  if (num == kNone || !steps_.is_constant(num) || steps_.range(num).least == 0) {
    return {num, scale, std::move(dens), known};
  }
  return {steps_.constant(1), xize::blockwise::product(scale, {steps_.range(num).least, 1}),
          std::move(dens), known};
}

Range Ratios::bounds(const Ratio& a) const {
  if (!a.is_known()) return kAnywhere;
  Wide least_den = a.scale.q;
  Wide most_den = a.scale.q;
  for (const ValueId den : a.dens) {
    least_den = std::min<Wide>(least_den * steps_.range(den).least, kMost);
    most_den = std::min<Wide>(most_den * steps_.range(den).most, kMost);
  }
  const Wide x = Wide{steps_.range(a.num).least} * a.scale.p;
  const Wide y = Wide{steps_.range(a.num).most} * a.scale.p;
  const Wide low = std::min(x, y);
  const Wide high = std::max(x, y);
  return {std::max(a.known.least, near(floor_div<Wide>(low, low < 0 ? least_den : most_den))),
          std::min(a.known.most, near(-floor_div<Wide>(-high, high > 0 ? least_den : most_den)))};
}

ValueId Ratios::product(ValueId num, const Dens& dens) {
  for (const ValueId den : dens) num = steps_.mul(num, den);
  return num;
}

// Zero is zero of any scale, over anything.
Ratios::Pair Ratios::over_one(const Ratio& a, const Ratio& b) {
  if (!a.is_known() || !b.is_known()) return {};
  const ValueId zero = steps_.constant(0);
  if (a.num == zero && b.num != zero) {
    Pair turned = over_one(b, a);
    std::swap(turned.a, turned.b);
    return turned;
  }
  if (b.num == zero) {
    const bool is_negative = a.scale.p < 0;
    return {is_negative ? negative(a.num) : a.num, zero,
            is_negative ? Scale{-a.scale.p, a.scale.q} : a.scale, a.dens};
  }
  const Scale scale = common_scale(a.scale, b.scale);
  if (!scale.fits()) return {};
  const std::int64_t a_factor = multiple(a.scale, scale);
  const std::int64_t b_factor = multiple(b.scale, scale);
  if (a_factor == 0 || b_factor == 0) return {};
  Dens dens = common_multiple(a.dens, b.dens);
  const ValueId a_num = product(times(a.num, a_factor), without(dens, a.dens));
  const ValueId b_num = product(times(b.num, b_factor), without(dens, b.dens));
  return {a_num, b_num, scale, std::move(dens)};
}

Ratios::Fraction Ratios::fraction(const Ratio& a, Scale by) {
  const Scale scale = xize::blockwise::product(a.scale, by);
  if (!a.is_known() || !scale.fits()) return {};
  return {times(a.num, scale.p), product(steps_.constant(scale.q), a.dens)};
}

Ratio Ratios::negative(const Ratio& a) {
  return {a.num, {-a.scale.p, a.scale.q}, a.dens, {-a.known.most, -a.known.least}};
}

Ratio Ratios::size(const Ratio& a) {
  if (!a.is_known()) return {};
  const ValueId size = steps_.most_of(a.num, negative(a.num));
  steps_.narrow(size, {0, kMost});
  return {size, {a.scale.p < 0 ? -a.scale.p : a.scale.p, a.scale.q}, a.dens};
}

Ratio Ratios::sum(const Ratio& a, const Ratio& b) {
  Pair pair = over_one(a, b);
  return in_terms(steps_.add(pair.a, pair.b), pair.scale, std::move(pair.dens),
                  sum_of(bounds(a), bounds(b)));
}

Ratio Ratios::product(const Ratio& a, const Ratio& b) {
  if (!a.is_known() || !b.is_known()) return {};
  return in_terms(steps_.mul(a.num, b.num), xize::blockwise::product(a.scale, b.scale),
                  together(a.dens, b.dens), product_of(bounds(a), bounds(b)));
}

// The divisor's sign goes to the number.
Ratio Ratios::quotient(const Ratio& a, const Ratio& b) {
  if (!a.is_known() || !b.is_known()) return {};
  const ValueId zero = steps_.constant(0);
  const bool turns = b.scale.p < 0;
  const Scale inverse{turns ? -b.scale.q : b.scale.q, turns ? -b.scale.p : b.scale.p};
  const ValueId divisor = steps_.most_of(size({b.num}).num, steps_.constant(1));
  const ValueId num = product(a.num, without(b.dens, a.dens));
  if (divisor == kNone || num == kNone) return {};
  Dens dens = without(a.dens, b.dens);
  if (!steps_.is_constant(divisor)) dens = together(dens, {divisor});
  const Scale scale = xize::blockwise::product(a.scale, inverse);
  const Scale all = steps_.is_constant(divisor)
                        ? xize::blockwise::product(scale, {1, steps_.range(divisor).least})
                        : scale;
  return in_terms(steps_.select(steps_.less(b.num, zero), negative(num), num), all,
                  std::move(dens), quotient_of(bounds(a), bounds(b)));
}

Ratio Ratios::extreme(const Ratio& a, const Ratio& b, bool largest) {
  Pair pair = over_one(a, b);
  return in_terms(largest ? steps_.most_of(pair.a, pair.b) : steps_.least_of(pair.a, pair.b),
                  pair.scale, std::move(pair.dens), extreme_of(bounds(a), bounds(b), largest));
}

// Where numbers over the dens of both are too long, each row takes those of its side.
Ratio Ratios::select(ValueId condition, const Ratio& a, const Ratio& b) {
  Pair pair = over_one(a, b);
  const ValueId num = steps_.select(condition, pair.a, pair.b);
  const Range known = either_of(bounds(a), bounds(b));
  if (num != kNone) return in_terms(num, pair.scale, std::move(pair.dens), known);
  const Pair nums = over_one({a.num, a.scale}, {b.num, b.scale});
  const ValueId one = steps_.constant(1);
  const ValueId den = steps_.select(condition, product(one, a.dens), product(one, b.dens));
  if (den == kNone) return {};
  return {steps_.select(condition, nums.a, nums.b), nums.scale, {den}, known};
}

ValueId Ratios::is_negative(const Ratio& a) {
  if (!a.is_known()) return kNone;
  const ValueId zero = steps_.constant(0);
  return a.scale.p < 0 ? steps_.less(zero, a.num) : steps_.less(a.num, zero);
}

}  // namespace xize::blockwise
