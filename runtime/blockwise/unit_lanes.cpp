#include "runtime/blockwise/unit_lanes.h"

#include <algorithm>
#include <numeric>

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

UnitLanes::UnitLanes(Type type, std::span<const Value> values)
    : type_(type_in(type, values)), one_den_(type_ != Type::Number) {
  Lanes lanes;
  for (std::size_t begin = 0; begin < values.size(); begin += kBlockRows) {
    const std::size_t count = std::min(kBlockRows, values.size() - begin);
    lanes.write(type_);
    if (!one_den_) lanes.write_dens();
    lanes.all_plain = true;
    for (std::size_t r = 0; r < count; ++r) lanes.set_value(r, values[begin + r]);
    lanes.settle_and_measure(count);
    all_plain_ = all_plain_ && lanes.all_plain;
    for (std::size_t r = 0; r < count; ++r) {
      nums_.push_back(lanes.nums[r]);
      dens_.push_back(lanes.den_at(r));
      states_.push_back(lanes.state(r));
    }
  }
  if (!one_den_) share_den();
  const auto [least, most] = std::minmax_element(nums_.begin(), nums_.end());
  least_ = nums_.empty() ? 0 : *least;
  most_ = nums_.empty() ? 0 : *most;
}

// Gives all rows one denominator, if there is one that fits.
void UnitLanes::share_den() {
  Wide common = 1;
  for (const std::int64_t den : dens_) {
    common = common / std::gcd(static_cast<std::int64_t>(common), den) * den;
    if (!fits(common)) return;
  }
  const auto factor = [&](std::size_t row) { return common / dens_[row]; };
  for (std::size_t row = 0; row < nums_.size(); ++row) {
    if (!fits(nums_[row] * factor(row))) return;
  }
  for (std::size_t row = 0; row < nums_.size(); ++row) {
    nums_[row] = static_cast<std::int64_t>(nums_[row] * factor(row));
  }
  den_ = static_cast<std::int64_t>(common);
  one_den_ = true;
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

void fill(Lanes& out, Type type, const Value& v) {
  const UnitLanes one(type, {&v, 1});
  const std::vector<std::uint32_t> rows(kBlockRows, 0);
  one.gather(rows, out);
}

}  // namespace xize::blockwise
