// ratios: numbers of rows in the steps of a kernel, as scale × num / (den × den …).
// The scale is one for all rows and known now, the rest are steps: so what constants do to a number
// takes no step, and sums of ratios over the same number stay over it.
// Must hold: every den is at least 1 for every row, and the number lies within its bounds.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/kernel/builder.h"

namespace xize::blockwise {

// A constant p / q, q > 0, in lowest terms; 0 / 1 if it is beyond 64 bits, which is no scale.
struct Scale {
  std::int64_t p = 1;
  std::int64_t q = 1;

  static Scale of(std::int64_t p, std::int64_t q);
  [[nodiscard]] bool fits() const { return p != 0; }
};

// Whole numbers that a ratio lies between; what its num and dens say by themselves is often less,
// since a share of both is smaller than either.
inline constexpr std::int64_t kFar = std::int64_t{1} << 62;
inline constexpr kernel::Range kAnywhere{-kFar, kFar};

// The numbers; none if `num` is kernel::kNone.
struct Ratio {
  kernel::ValueId num = kernel::kNone;
  Scale scale = {};
  std::vector<kernel::ValueId> dens = {};  // ascending
  kernel::Range known = kAnywhere;         // beside what the steps say

  [[nodiscard]] bool is_known() const { return num != kernel::kNone && scale.fits(); }
};

// Makes them of one another.
class Ratios {
 public:
  using ValueId = kernel::ValueId;

  explicit Ratios(kernel::Builder& steps) : steps_(steps) {}

  // Both over one scale, which is positive, and the same dens.
  struct Pair {
    ValueId a = kernel::kNone;
    ValueId b = kernel::kNone;
    Scale scale = {};
    std::vector<ValueId> dens = {};
  };
  Pair over_one(const Ratio& a, const Ratio& b);
  // num / den as integers, with steps for the scale.
  struct Fraction {
    ValueId num = kernel::kNone;
    ValueId den = kernel::kNone;
  };
  Fraction fraction(const Ratio& a, Scale by = {});

  // The bounds, by all that is known.
  [[nodiscard]] kernel::Range bounds(const Ratio& a) const;
  // p / q.
  Ratio constant(std::int64_t p, std::int64_t q);
  [[nodiscard]] bool is_constant(const Ratio& a) const {
    return a.is_known() && a.dens.empty() && steps_.is_constant(a.num);
  }
  Ratio negative(const Ratio& a);
  Ratio size(const Ratio& a);
  Ratio sum(const Ratio& a, const Ratio& b);
  Ratio product(const Ratio& a, const Ratio& b);
  // A row divided by zero is divided by 1.
  Ratio quotient(const Ratio& a, const Ratio& b);
  Ratio extreme(const Ratio& a, const Ratio& b, bool largest);
  Ratio select(ValueId condition, const Ratio& a, const Ratio& b);
  ValueId is_zero(const Ratio& a) { return steps_.equal(a.num, steps_.constant(0)); }
  ValueId is_negative(const Ratio& a);

 private:
  ValueId times(ValueId num, std::int64_t factor) {
    return steps_.mul(num, steps_.constant(factor));
  }
  ValueId negative(ValueId num) { return steps_.sub(steps_.constant(0), num); }
  ValueId product(ValueId num, const std::vector<ValueId>& dens);
  Ratio in_terms(ValueId num, Scale scale, std::vector<ValueId> dens, kernel::Range known);

  kernel::Builder& steps_;
};

}  // namespace xize::blockwise
