#include <algorithm>
#include <numeric>

#include "runtime/blockwise/compute.h"
#include "runtime/blockwise/wide.h"
#include "runtime/value/rational.h"

namespace xize::blockwise {
namespace {

using program::Opcode;
using program::Type;

void set_interval(Lanes& out, Wide least, Wide most) {
  out.least = static_cast<std::int64_t>(least);
  out.most = static_cast<std::int64_t>(most);
}

// What a row's number is multiplied by: factor / den.
struct Multiplier {
  std::int64_t factor = 1;
  std::int64_t den = 1;
};

// nums * factor over the denominator.
void scale(const Lanes& a, Multiplier by, std::size_t count, Lanes& out) {
  const std::int64_t factor = by.factor;
  std::int64_t* to = out.write(Type::Number, by.den);
  const Wide x = Wide{a.least} * factor;
  const Wide y = Wide{a.most} * factor;
  if (fits(x) && fits(y)) {
    for (std::size_t r = 0; r < count; ++r) to[r] = a.nums[r] * factor;
    set_interval(out, std::min(x, y), std::max(x, y));
    return out.settle(count);
  }
  for (std::size_t r = 0; r < count; ++r) {
    const Wide product = Wide{a.nums[r]} * factor;
    to[r] = fits(product) ? static_cast<std::int64_t>(product) : 0;
    if (!fits(product)) out.mark(r, kLeft);
  }
  out.settle_and_measure(count);
}

// Both over one denominator; a factor of b may be negative.
void add_common(const Task& task, SharedDen common, Lanes& out) {
  const Lanes& a = task.lanes(0);
  const Lanes& b = task.lanes(1);
  const std::size_t count = task.count;
  const std::int64_t fa = common.a_factor;
  const std::int64_t fb = common.b_factor;
  std::int64_t* to = out.write(Type::Number, common.den);
  const Wide bx = std::min(Wide{b.least} * fb, Wide{b.most} * fb);
  const Wide by = std::max(Wide{b.least} * fb, Wide{b.most} * fb);
  const Wide least = Wide{a.least} * fa + bx;
  const Wide most = Wide{a.most} * fa + by;
  const bool a_fits = fits(Wide{a.least} * fa) && fits(Wide{a.most} * fa);
  if (a_fits && fits(bx) && fits(by) && fits(least) && fits(most)) {
    if (fa == 1 && fb == 1) {
      for (std::size_t r = 0; r < count; ++r) to[r] = a.nums[r] + b.nums[r];
    } else if (fa == 1 && fb == -1) {
      for (std::size_t r = 0; r < count; ++r) to[r] = a.nums[r] - b.nums[r];
    } else {
      for (std::size_t r = 0; r < count; ++r) to[r] = a.nums[r] * fa + b.nums[r] * fb;
    }
    set_interval(out, least, most);
    return out.settle(count);
  }
  for (std::size_t r = 0; r < count; ++r) {
    const Wide sum = Wide{a.nums[r]} * fa + Wide{b.nums[r]} * fb;
    to[r] = fits(sum) ? static_cast<std::int64_t>(sum) : 0;
    if (!fits(sum)) out.mark(r, kLeft);
  }
  out.settle_and_measure(count);
}

void add(const Task& task, int sign, Lanes& out) {
  const Lanes& a = task.lanes(0);
  const Lanes& b = task.lanes(1);
  const std::size_t count = task.count;
  if (auto common = common_den(a, b)) {
    common->b_factor *= sign;
    return add_common(task, *common, out);
  }
  out.write(Type::Number);
  out.write_dens();
  for (std::size_t r = 0; r < count; ++r) {
    const Wide an = Wide{a.nums[r]} * b.den_at(r);
    const Wide bn = Wide{b.nums[r]} * a.den_at(r);
    out.set_fraction(r, sign < 0 ? an - bn : an + bn, Wide{a.den_at(r)} * b.den_at(r));
  }
  out.settle_and_measure(count);
}

void multiply(const Lanes& a, const Lanes& b, std::size_t count, Lanes& out) {
  const Wide den = Wide{a.den} * b.den;
  if (!a.one_den || !b.one_den || !fits(den)) {
    out.write(Type::Number);
    out.write_dens();
    for (std::size_t r = 0; r < count; ++r) {
      out.set_fraction(r, Wide{a.nums[r]} * b.nums[r], Wide{a.den_at(r)} * b.den_at(r));
    }
    return out.settle_and_measure(count);
  }
  if (b.is_constant()) {
    const std::int64_t g = std::gcd(b.least, a.den);
    return scale(a, {b.least / g, static_cast<std::int64_t>(den / g)}, count, out);
  }
  std::int64_t* to = out.write(Type::Number, static_cast<std::int64_t>(den));
  const auto corners = {Wide{a.least} * b.least, Wide{a.least} * b.most, Wide{a.most} * b.least,
                        Wide{a.most} * b.most};
  if (fits(std::min(corners)) && fits(std::max(corners))) {
    for (std::size_t r = 0; r < count; ++r) to[r] = a.nums[r] * b.nums[r];
    set_interval(out, std::min(corners), std::max(corners));
    return out.settle(count);
  }
  for (std::size_t r = 0; r < count; ++r) {
    const Wide product = Wide{a.nums[r]} * b.nums[r];
    to[r] = fits(product) ? static_cast<std::int64_t>(product) : 0;
    if (!fits(product)) out.mark(r, kLeft);
  }
  out.settle_and_measure(count);
}

// Division by a constant other than zero keeps one denominator.
bool divide_by_constant(const Lanes& a, const Lanes& b, std::size_t count, Lanes& out) {
  if (!a.one_den || !b.is_constant() || b.least == 0) return false;
  const std::int64_t divisor = b.least < 0 ? -b.least : b.least;
  const std::int64_t g = std::gcd(b.den, divisor);
  const Wide den = Wide{a.den} * (divisor / g);
  if (!fits(den)) return false;
  const std::int64_t factor = b.den / g;
  scale(a, {b.least < 0 ? -factor : factor, static_cast<std::int64_t>(den)}, count, out);
  return true;
}

void divide(const Task& task, Lanes& out) {
  const Lanes& a = task.lanes(0);
  const Lanes& b = task.lanes(1);
  if (divide_by_constant(a, b, task.count, out)) return;
  out.write(Type::Number);
  out.write_dens();
  const RowState by_zero = fault_state(FaultKind::DivisionByZero, task.id);
  for (std::size_t r = 0; r < task.count; ++r) {
    const std::int64_t divisor = b.nums[r];
    if (divisor == 0) {
      out.mark(r, by_zero);
      continue;
    }
    const Wide num = Wide{a.nums[r]} * b.den_at(r);
    const Wide den = Wide{a.den_at(r)} * divisor;
    out.set_fraction(r, divisor < 0 ? -num : num, divisor < 0 ? -den : den);
  }
  out.settle_and_measure(task.count);
}

void round_down_or_up(const Task& task, Lanes& out) {
  const Lanes& a = task.lanes(0);
  const bool up = task.op.code == Opcode::ceil;
  if (a.one_den && a.den == 1) return scale(a, {}, task.count, out);
  std::int64_t* to = out.write(Type::Number);
  for (std::size_t r = 0; r < task.count; ++r) {
    const std::int64_t den = a.den_at(r);
    to[r] = up ? -floor_div(-a.nums[r], den) : floor_div(a.nums[r], den);
  }
  out.settle_and_measure(task.count);
}

// num / den to an integer; den > 0.
Wide rounded(Wide num, Wide den, value::Rounding mode) {
  using value::Rounding;
  const bool negative = num < 0;
  const Wide size = negative ? -num : num;
  Wide quotient = size / den;
  const Wide rest = size % den;
  const Wide other = den - rest;
  bool away = false;
  switch (mode) {
    case Rounding::HalfUp: away = rest >= other; break;
    case Rounding::HalfDown: away = rest > other; break;
    case Rounding::HalfEven: away = rest > other || (rest == other && quotient % 2 == 1); break;
    case Rounding::Down: break;
    case Rounding::Up: away = rest != 0; break;
    case Rounding::Ceiling: away = rest != 0 && !negative; break;
    case Rounding::Floor: away = rest != 0 && negative; break;
  }
  quotient += away ? 1 : 0;
  return negative ? -quotient : quotient;
}

// To a constant number of places; false if it is none that fits.
bool round_to_places(const Task& task, Lanes& out) {
  const Lanes& a = task.lanes(0);
  const Lanes& places = task.lanes(1);
  if (!places.is_constant() || places.den != 1 || places.least < 0 ||
      places.least > columns::kScaleMax) {
    return false;
  }
  const std::int64_t power = columns::kPowersOfTen[static_cast<std::size_t>(places.least)];
  if (a.one_den && power % a.den == 0) {
    scale(a, {power / a.den, power}, task.count, out);
    return true;
  }
  std::int64_t* to = out.write(Type::Number, power);
  const auto mode = static_cast<value::Rounding>(task.op.imm);
  for (std::size_t r = 0; r < task.count; ++r) {
    const Wide result = rounded(Wide{a.nums[r]} * power, a.den_at(r), mode);
    to[r] = fits(result) ? static_cast<std::int64_t>(result) : 0;
    if (!fits(result)) out.mark(r, kLeft);
  }
  out.settle_and_measure(task.count);
  return true;
}

void check_count(const Task& task, Lanes& out) {
  const Lanes& a = task.lanes(0);
  out.write(Type::Number, a.den);
  if (!a.one_den) {
    out.write_dens();
    std::copy_n(a.dens.data(), task.count, out.dens.data());
  }
  std::copy_n(a.nums, task.count, out.num_store.data());
  if (a.least < 0) {
    const RowState negative = fault_state(FaultKind::NegativeCount, task.id);
    for (std::size_t r = 0; r < task.count; ++r) {
      if (a.nums[r] < 0) out.mark(r, negative);
    }
  }
  out.settle_and_measure(task.count);
}

// -a, |a|: `scale` and a look at the signs; denominators of their own stay.
void turn_sign(const Task& task, Lanes& out) {
  const Lanes& a = task.lanes(0);
  std::int64_t* to = out.write(Type::Number, a.den);
  if (!a.one_den) {
    out.write_dens();
    std::copy_n(a.dens.data(), task.count, out.dens.data());
  }
  if (task.op.code == Opcode::neg) {
    for (std::size_t r = 0; r < task.count; ++r) to[r] = -a.nums[r];
  } else {
    for (std::size_t r = 0; r < task.count; ++r) to[r] = a.nums[r] < 0 ? -a.nums[r] : a.nums[r];
  }
  out.settle_and_measure(task.count);
}

}  // namespace

bool compute_arithmetic(const Task& task, Lanes& out) {
  join_states(task.operands, task.count, out);
  switch (task.op.code) {
    case Opcode::neg:
    case Opcode::abs: turn_sign(task, out); return true;
    case Opcode::add: add(task, 1, out); return true;
    case Opcode::sub: add(task, -1, out); return true;
    case Opcode::mul: multiply(task.lanes(0), task.lanes(1), task.count, out); return true;
    case Opcode::div: divide(task, out); return true;
    case Opcode::floor:
    case Opcode::ceil: round_down_or_up(task, out); return true;
    case Opcode::round: return round_to_places(task, out);
    case Opcode::check_count: check_count(task, out); return true;
    default: return false;
  }
}

}  // namespace xize::blockwise
