#include "compiler/whatif/axis.h"

#include <algorithm>

namespace xize::whatif {
namespace {

using value::Rational;

constexpr int kDecimalsMax = 6;  // of a cell whose column states no step

// The digits after the point; kDecimalsMax if there are more.
int decimals_of(const Rational& number) {
  for (int places = 0; places < kDecimalsMax; ++places) {
    if (value::round(number, places, value::Rounding::Down) == number) return places;
  }
  return kDecimalsMax;
}

// Counts go in whole numbers, ratios in per cent, or finer where the cell is finer.
Rational step_of(const table::ColumnSchema& schema, const Rational& cell) {
  if (schema.number.step) return *schema.number.step;
  if (schema.type != table::ColumnType::Number || schema.number.integer_only) return 1;
  const int least = schema.number.kind == table::NumberKind::Ratio ? 2 : 0;
  return value::power(Rational(1, 10), std::max(least, decimals_of(cell)));
}

bool is_number(table::ColumnType type) {
  return type == table::ColumnType::Number || type == table::ColumnType::Date ||
         type == table::ColumnType::Month;
}

}  // namespace

std::optional<Rational> number_of(const value::Value& value) {
  if (const auto* number = std::get_if<Rational>(&value)) return *number;
  if (const auto* date = std::get_if<value::Date>(&value)) return Rational(date->days);
  if (const auto* month = std::get_if<value::Month>(&value)) return Rational(month->months);
  return std::nullopt;
}

Axis::Axis(const table::ColumnSchema& schema, const value::Value& cell, base::StringPool& pool)
    : schema_(schema), cell_(cell) {
  if (is_number(schema.type)) {
    const auto start = number_of(cell);
    ordered_ = start.has_value();
    if (!ordered_) return;
    start_ = *start;
    step_ = schema.type == table::ColumnType::Month ? Rational(schema.months_each)
                                                    : step_of(schema, start_);
  } else if (schema.type == table::ColumnType::Bool) {
    values_ = {false, true};
  } else if (schema.type == table::ColumnType::Choice) {
    for (const auto& label : schema.choices) values_.emplace_back(value::Text{pool.intern(label)});
  }
  const auto own = std::find(values_.begin(), values_.end(), cell);
  if (own == values_.end()) return;
  first_ = -(own - values_.begin());
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (const auto place = first_ + static_cast<std::int64_t>(i); place != 0) {
      listed_.push_back(place);
    }
  }
}

std::optional<value::Value> Axis::at(std::int64_t place) const {
  if (place == 0) return cell_;
  if (ordered_) return number_at(place);
  const std::int64_t index = place - first_;
  if (listed_.empty() || index < 0 || index >= static_cast<std::int64_t>(values_.size())) {
    return std::nullopt;
  }
  return values_[static_cast<std::size_t>(index)];
}

std::optional<value::Value> Axis::number_at(std::int64_t place) const {
  const Rational number = start_ + step_ * Rational(place);
  if (schema_.number.non_negative && number.sign() < 0) return std::nullopt;
  value::Value value = number;
  if (schema_.type != table::ColumnType::Number) {
    const auto whole = number.to_int64();
    if (!whole || *whole > 4'000'000 || *whole < -4'000'000) return std::nullopt;
    const auto days = static_cast<std::int32_t>(*whole);
    if (schema_.type == table::ColumnType::Date) value = value::Date{days};
    else value = value::Month{days};
  }
  if (!table::contains(schema_.range, value)) return std::nullopt;
  return value;
}

Rational Axis::place_of(const Rational& number) const { return (number - start_) / step_; }

std::optional<std::int64_t> Axis::end(int direction) const {
  const auto& bound = direction > 0 ? schema_.range.high : schema_.range.low;
  auto limit = bound ? number_of(bound->value) : std::nullopt;
  const bool at_zero = !limit && direction < 0 && schema_.number.non_negative;
  if (at_zero) limit = Rational(0);
  if (!limit || !ordered_) return std::nullopt;
  const Rational exact = place_of(*limit);
  Rational whole = direction > 0 ? value::floor(exact) : value::ceil(exact);
  const bool open = bound && !bound->closed && whole == exact;
  if (open) whole -= Rational(direction);
  return whole.to_int64();
}

}  // namespace xize::whatif
