#include "runtime/blockwise/unit_lanes.h"

#include <algorithm>

namespace xize::blockwise {
namespace {

using program::Type;

// The type of the values where the program does not say it: that of the first plain one.
Type type_in(Type said, std::span<const Value> values) {
  if (said != Type::Any && said != Type::Same) return said;
  for (const Value& v : values) {
    if (std::holds_alternative<value::Rational>(v)) return Type::Number;
    if (std::holds_alternative<bool>(v)) return Type::Bool;
    if (std::holds_alternative<value::Text>(v)) return Type::Text;
    if (std::holds_alternative<value::Date>(v)) return Type::Date;
    if (std::holds_alternative<value::Month>(v)) return Type::Month;
  }
  return Type::Any;
}

}  // namespace

UnitLanes::UnitLanes(Type type, std::span<const Value> values) : type_(type_in(type, values)) {
  Lanes lanes;
  for (std::size_t begin = 0; begin < values.size(); begin += kBlockRows) {
    const std::size_t count = std::min(kBlockRows, values.size() - begin);
    load(lanes, type_, values.subspan(begin, count));
    all_plain_ = all_plain_ && lanes.all_plain;
    for (std::size_t r = 0; r < count; ++r) {
      nums_.push_back(lanes.nums[r]);
      dens_.push_back(lanes.den_at(r));
      states_.push_back(lanes.state(r));
    }
  }
  const auto shared = share_den(nums_, dens_);
  one_den_ = shared.has_value();
  den_ = shared.value_or(1);
  const auto [least, most] = std::minmax_element(nums_.begin(), nums_.end());
  least_ = nums_.empty() ? 0 : *least;
  most_ = nums_.empty() ? 0 : *most;
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
    out.states.resize(kBlockRows);
    for (std::size_t r = 0; r < rows.size(); ++r) out.states[r] = states_[rows[r]];
  }
  out.least = least_;
  out.most = most_;
}

void load(Lanes& out, Type type, std::span<const Value> values) {
  out.write(type_in(type, values));
  out.write_dens();
  std::fill_n(out.dens.begin(), values.size(), 1);
  out.all_plain = true;
  for (std::size_t r = 0; r < values.size(); ++r) out.set_value(r, values[r]);
  out.settle_and_measure(values.size());
  const auto shared = share_den({out.num_store.data(), values.size()},
                                {out.dens.data(), values.size()});
  if (!shared) return;
  out.one_den = true;
  out.den = *shared;
  out.settle_and_measure(values.size());
}

void fill(Lanes& out, Type type, const Value& v) {
  const UnitLanes one(type, {&v, 1});
  const std::vector<std::uint32_t> rows(kBlockRows, 0);
  one.gather(rows, out);
}

}  // namespace xize::blockwise
