#include "runtime/blockwise/lanes.h"

#include <algorithm>
#include <numeric>

#include "runtime/value/fraction.h"

namespace xize::blockwise {
namespace {

using program::Type;

Value plain_value(Type type, std::int64_t num, std::int64_t den) {
  switch (type) {
    case Type::Number: return value::Rational(num, den);
    case Type::Bool: return num != 0;
    case Type::Date: return value::Date{static_cast<std::int32_t>(num)};
    case Type::Month: return value::Month{static_cast<std::int32_t>(num)};
    default: return value::Text{static_cast<std::uint32_t>(num)};
  }
}

// A plain value as the integer that stands for it; the type is that of the value.
struct Integer {
  Type type = Type::Any;
  std::int64_t num = 0;
  std::int64_t den = 1;
};
std::optional<Integer> integer_of(const Value& v) {
  if (const auto* x = std::get_if<value::Rational>(&v)) {
    const auto fraction = value::small_fraction(*x);
    if (!fraction || !fits(fraction->num)) return std::nullopt;
    return Integer{Type::Number, fraction->num, fraction->den};
  }
  if (const auto* x = std::get_if<bool>(&v)) return Integer{Type::Bool, *x ? 1 : 0};
  if (const auto* x = std::get_if<value::Text>(&v)) return Integer{Type::Text, x->id};
  if (const auto* x = std::get_if<value::Date>(&v)) return Integer{Type::Date, x->days};
  if (const auto* x = std::get_if<value::Month>(&v)) return Integer{Type::Month, x->months};
  return std::nullopt;
}

}  // namespace

RowState used_state(RowState state, OpId from) {
  switch (state) {
    case kMissing: return fault_state(FaultKind::MissingValue, from);
    case kNotApplicable: return fault_state(FaultKind::NotApplicableValue, from);
    case kPending: return fault_state(FaultKind::PendingMark, from);
    default: return state;
  }
}

value::Rational rational(Wide num, std::int64_t den) {
  if (fits(num)) return {static_cast<std::int64_t>(num), den};
  constexpr std::int64_t kHalf = std::int64_t{1} << 62;
  const value::Rational high(static_cast<std::int64_t>(num / kHalf));
  const value::Rational low(static_cast<std::int64_t>(num % kHalf));
  return (high * value::Rational(kHalf) + low) / value::Rational(den);
}

std::int64_t* Lanes::write(Type t, std::int64_t common_den) {
  type = t;
  one_den = true;
  den = common_den;
  column_states = {};
  nums = num_store.data();
  return num_store.data();
}

void Lanes::read(base::Cells cells) {
  column = cells;
  const bool is_wide = cells.element == base::Element::Signed64;
  nums = is_wide ? static_cast<const std::int64_t*>(cells.data) : nullptr;
}

void Lanes::read_states(base::Cells cells, RowState greatest) {
  all_plain = false;
  column_states = cells;
  most_state = greatest;
}

void Lanes::widen(std::size_t count) {
  if (column_states.data != nullptr) {
    states.resize(kBlockRows);
    base::convert(column_states, count, base::Element::Unsigned32, states.data());
    column_states = {};
  }
  if (nums != nullptr) return;
  base::convert(column, count, base::Element::Signed64, num_store.data());
  nums = num_store.data();
}

void* Lanes::write_narrow(Type t, base::Element element) {
  write(t);
  if (element == base::Element::Signed64) return num_store.data();
  narrow_store.resize(kBlockRows * base::bytes_of(element));
  read({narrow_store.data(), element});
  return narrow_store.data();
}

void Lanes::write_dens() {
  one_den = false;
  dens.resize(kBlockRows);
}

void Lanes::open_states() {
  all_plain = false;
  column_states = {};
  most_state = kAnyState;
  states.assign(kBlockRows, kPlain);
}

void Lanes::mark(std::size_t row, RowState state) {
  if (all_plain) open_states();
  if (states[row] == kPlain) states[row] = state;
}

void Lanes::settle(std::size_t count) {
  if (all_plain) return;
  std::int64_t* own = num_store.data();
  if (nums != own) {
    std::copy_n(nums, count, own);
    nums = own;
  }
  for (std::size_t r = 0; r < count; ++r) own[r] = states[r] == kPlain ? own[r] : 0;
  if (!one_den) {
    for (std::size_t r = 0; r < count; ++r) dens[r] = states[r] == kPlain ? dens[r] : 1;
  }
  least = std::min<std::int64_t>(least, 0);
  most = std::max<std::int64_t>(most, 0);
}

void Lanes::settle_and_measure(std::size_t count) {
  least = count == 0 ? 0 : std::numeric_limits<std::int64_t>::max();
  most = count == 0 ? 0 : -least;
  if (!all_plain) {
    for (std::size_t r = 0; r < count; ++r) {
      num_store[r] = states[r] == kPlain ? num_store[r] : 0;
      if (!one_den && states[r] != kPlain) dens[r] = 1;
    }
  }
  for (std::size_t r = 0; r < count; ++r) {
    least = std::min(least, nums[r]);
    most = std::max(most, nums[r]);
  }
}

void Lanes::set_fraction(std::size_t row, Wide num, Wide d) {
  if (!fits(num) || !fits(d)) {
    const Wide g = gcd(num, d);
    num /= g;
    d /= g;
  }
  if (!fits(num) || !fits(d)) return mark(row, kLeft);
  num_store[row] = static_cast<std::int64_t>(num);
  dens[row] = static_cast<std::int64_t>(d);
}

Value Lanes::value(std::size_t row) const {
  switch (const RowState s = state(row)) {
    case kPlain: return plain_value(type, nums[row], den_at(row));
    case kMissing: return value::Missing{};
    case kNotApplicable: return value::NotApplicable{};
    case kPending: return value::Pending{};
    default: return fault_of_state(s);
  }
}

void Lanes::set_value(std::size_t row, const Value& v) {
  if (const auto* f = std::get_if<value::Fault>(&v)) {
    return mark(row, fault_state(f->kind, OpId(f->op)));
  }
  if (std::holds_alternative<value::Missing>(v)) return mark(row, kMissing);
  if (std::holds_alternative<value::NotApplicable>(v)) return mark(row, kNotApplicable);
  if (std::holds_alternative<value::Pending>(v)) return mark(row, kPending);
  const auto integer = integer_of(v);
  if (!integer || integer->type != type) return mark(row, kLeft);
  num_store[row] = integer->num;
  if (!one_den) dens[row] = integer->den;
}

void join_states(std::span<const Operand> operands, std::size_t count, Lanes& out) {
  out.all_plain = true;
  for (const Operand& operand : operands) {
    const Lanes& in = *operand.lanes;
    if (in.all_plain) continue;
    if (out.all_plain) out.open_states();
    for (std::size_t r = 0; r < count; ++r) {
      if (out.states[r] == kPlain) out.states[r] = used_state(in.states[r], operand.id);
    }
  }
}

std::optional<SharedDen> common_den(const Lanes& a, const Lanes& b) {
  if (!a.one_den || !b.one_den) return std::nullopt;
  const std::int64_t g = std::gcd(a.den, b.den);
  const Wide den = Wide{a.den / g} * b.den;
  if (!fits(den)) return std::nullopt;
  return SharedDen{static_cast<std::int64_t>(den), b.den / g, a.den / g};
}

}  // namespace xize::blockwise
