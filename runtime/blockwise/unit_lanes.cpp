#include "runtime/blockwise/unit_lanes.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "runtime/value/fraction.h"

namespace xize::blockwise {
namespace {

using program::Type;
using value::IntegerKind;
using value::PackedPart;
using value::PackedValues;

// Enumerators of one name follow one another alike.
constexpr int kKindToType = static_cast<int>(Type::Number) - static_cast<int>(IntegerKind::Number);
static_assert(static_cast<int>(Type::Month) - static_cast<int>(IntegerKind::Month) == kKindToType);

Type type_of(IntegerKind kind) { return static_cast<Type>(static_cast<int>(kind) + kKindToType); }
IntegerKind kind_of(Type type) {
  return static_cast<IntegerKind>(static_cast<int>(type) - kKindToType);
}

Type type_of(const Value& v) {
  if (std::holds_alternative<value::Rational>(v)) return Type::Number;
  if (std::holds_alternative<bool>(v)) return Type::Bool;
  if (std::holds_alternative<value::Text>(v)) return Type::Text;
  if (std::holds_alternative<value::Date>(v)) return Type::Date;
  if (std::holds_alternative<value::Month>(v)) return Type::Month;
  return Type::Any;
}

// The type the plain values of a part have, where the op says none.
Type type_in(const PackedPart& part) {
  if (part.is_integers) return type_of(part.kind);
  Type found = Type::Any;
  for (const Value& v : part.others) found = found == Type::Any ? type_of(v) : found;
  return found;
}

// The same number in all rows, as short as it is.
void load_same(Lanes& out, std::int64_t x) {
  const base::Element element = base::element_for(x, x);
  void* to = out.write_narrow(out.type, element);
  base::with_element(element, [&](auto zero) {
    using Cell = decltype(zero);
    std::fill_n(static_cast<Cell*>(to), kBlockRows, static_cast<Cell>(x));
  });
}

// All rows are one value.
void load_one_value(Lanes& out, const Value& v) {
  out.write_dens();
  out.dens[0] = 1;
  out.set_value(0, v);
  if (!out.all_plain) std::fill(out.states.begin(), out.states.end(), out.states[0]);
  const std::int64_t num = out.all_plain ? out.nums[0] : 0;
  const std::int64_t den = out.all_plain ? out.dens[0] : 1;
  load_same(out, num);
  out.one_den = true;
  out.den = den;
  out.least = num;
  out.most = num;
}

// Value by value.
void load_values(Lanes& out, const PackedPart& part, std::size_t count) {
  out.write_dens();
  std::fill_n(out.dens.begin(), count, 1);
  for (std::size_t r = 0; r < count; ++r) out.set_value(r, part.at(r));
  out.settle_and_measure(count);
  const auto shared = value::share_den({out.num_store.data(), count}, {out.dens.data(), count});
  if (!shared) return;
  out.one_den = true;
  out.den = *shared;
  out.settle_and_measure(count);
}

bool loads_as_integers(Type type, const PackedPart& part) {
  return part.is_integers && type_of(part.kind) == type &&
         part.nums.least() > std::numeric_limits<std::int64_t>::min();
}

// The state that stands for a value; empty for one that is plain.
std::optional<RowState> state_of(const Value& v) {
  if (std::holds_alternative<value::Missing>(v)) return kMissing;
  if (std::holds_alternative<value::NotApplicable>(v)) return kNotApplicable;
  if (std::holds_alternative<value::Pending>(v)) return kPending;
  const auto* fault = std::get_if<value::Fault>(&v);
  return fault == nullptr ? std::nullopt : std::optional(fault_state(fault->kind, OpId(fault->op)));
}

// What is beside the integers, by number, if these are states and no values.
std::optional<std::vector<RowState>> states_in(const PackedPart& part) {
  std::vector<RowState> states{kPlain};
  for (const Value& v : part.others) {
    const auto state = state_of(v);
    if (!state) return std::nullopt;
    states.push_back(*state);
  }
  return states;
}

// Cells that are missing have the number that says so.
void load_states(Lanes& out, const PackedPart& part, const std::vector<RowState>& states) {
  if (states.size() == 2 && states[1] == 1 && part.which.size() == kBlockRows) {
    return out.read_states({part.which.data(), base::Element::Unsigned8}, kMissing);
  }
  out.open_states();
  for (std::size_t r = 0; r < part.which.size(); ++r) out.states[r] = states[part.which[r]];
  out.most_state = *std::max_element(states.begin(), states.end());
}

// A whole part that needs no change is read where it is.
void load_integers(Lanes& out, const PackedPart& part, std::size_t count) {
  const auto states = part.which.empty() ? std::nullopt : states_in(part);
  const bool stays = part.which.empty() || states;
  if (stays && part.nums.all_same()) {
    load_same(out, part.nums.least());
  } else if (stays && count == kBlockRows) {
    out.read(part.nums.cells());
  } else {
    part.nums.copy_to({out.num_store.data(), count});
  }
  out.least = part.nums.least();
  out.most = part.nums.most();
  if (part.dens.all_same()) {
    out.den = part.dens.least();
  } else {
    out.write_dens();
    part.dens.copy_to({out.dens.data(), count});
  }
  if (part.which.empty()) return;
  if (states) return load_states(out, part, *states);
  for (std::size_t r = 0; r < count; ++r) {
    if (part.which[r] != 0) out.set_value(r, part.others[part.which[r] - 1u]);
  }
  out.settle(count);
}

// States of rows as numbers of the different ones.
struct States {
  std::vector<std::uint8_t> which;
  std::vector<Value> others;
};

// Empty if there are too many of them.
std::optional<States> states_of(const Lanes& lanes, std::size_t count) {
  States out;
  out.which.resize(count);
  std::vector<RowState> seen;
  for (std::size_t r = 0; r < count; ++r) {
    const RowState state = lanes.states[r];
    if (state == kPlain) continue;
    const auto it = std::find(seen.begin(), seen.end(), state);
    out.which[r] = static_cast<std::uint8_t>(it - seen.begin() + 1);
    if (it != seen.end()) continue;
    if (seen.size() == std::numeric_limits<std::uint8_t>::max()) return std::nullopt;
    seen.push_back(state);
    out.others.push_back(state == kLeft ? Value() : lanes.value(r));
  }
  return out;
}

}  // namespace

UnitLanes::UnitLanes(Type type, const PackedValues& values) : type_(type) {
  const std::size_t parts = (values.size() + kBlockRows - 1) / kBlockRows;
  for (std::size_t p = 0; p < parts && type_ == Type::Any; ++p) type_ = type_in(values.part(p));
  Lanes lanes;
  for (std::size_t p = 0; p < parts; ++p) {
    const std::size_t count = std::min(kBlockRows, values.size() - p * kBlockRows);
    load(lanes, type_, values.part(p), count);
    lanes.widen(count);
    all_plain_ = all_plain_ && lanes.all_plain;
    for (std::size_t r = 0; r < count; ++r) {
      nums_.push_back(lanes.nums[r]);
      dens_.push_back(lanes.den_at(r));
      states_.push_back(lanes.state(r));
    }
  }
  nums_.push_back(nums_.empty() ? 0 : nums_.front());
  dens_.push_back(dens_.empty() ? 1 : dens_.front());
  // A row of no type holds no plain value, not even one that nobody asks for.
  states_.push_back(type_ == Type::Any ? kMissing : kPlain);
  all_plain_ = all_plain_ && type_ != Type::Any;
  const auto shared = value::share_den(nums_, dens_);
  one_den_ = shared.has_value();
  den_ = shared.value_or(1);
  const auto [least, most] = std::minmax_element(nums_.begin(), nums_.end());
  least_ = *least;
  most_ = *most;
}

void UnitLanes::gather(std::span<const std::uint32_t> rows, Lanes& out) const {
  std::int64_t* to = out.write(type_, den_);
  for (std::size_t r = 0; r < rows.size(); ++r) to[r] = nums_[rows[r]];
  if (!one_den_) {
    out.write_dens();
    for (std::size_t r = 0; r < rows.size(); ++r) out.dens[r] = dens_[rows[r]];
  }
  out.all_plain = all_plain_;
  if (!all_plain_) {
    out.open_states();
    for (std::size_t r = 0; r < rows.size(); ++r) out.states[r] = states_[rows[r]];
  }
  out.least = least_;
  out.most = most_;
}

void load(Lanes& out, Type type, const PackedPart& part, std::size_t count) {
  const Type own = type == Type::Any ? type_in(part) : type;
  out.write(own);
  out.all_plain = true;
  if (loads_as_integers(own, part)) {
    load_integers(out, part, count);
  } else if (!part.is_integers && part.others.size() <= 1) {
    load_one_value(out, part.at(0));
  } else {
    load_values(out, part, count);
  }
}

void fill(Lanes& out, Type type, const Value& v) {
  const UnitLanes one(type, PackedValues({&v, 1}));
  const std::vector<std::uint32_t> rows(kBlockRows, 0);
  one.gather(rows, out);
}

PackedPart packed(Lanes& lanes, std::size_t count) {
  const bool are_plain = lanes.are_plain(count);
  if (!are_plain) lanes.widen(count);
  auto states = are_plain ? States() : states_of(lanes, count);
  if (!states) {
    std::vector<Value> values;
    for (std::size_t r = 0; r < count; ++r) {
      values.push_back(lanes.state(r) == kLeft ? Value() : lanes.value(r));
    }
    return PackedPart(values);
  }
  value::Integers integers;
  if (lanes.type != Type::Any) integers.kind = kind_of(lanes.type);
  const base::CellRun nums{lanes.cells(), count};
  integers.nums = {&nums, 1};
  integers.dens = lanes.one_den ? std::span(&lanes.den, 1) : std::span(lanes.dens).first(count);
  integers.which = states->which;
  integers.others = std::move(states->others);
  return PackedPart(std::move(integers));
}

}  // namespace xize::blockwise
