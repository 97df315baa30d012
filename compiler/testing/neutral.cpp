#include "compiler/testing/neutral.h"

#include <algorithm>

namespace xize::testing {
namespace {

using value::Rational;

constexpr int kQuietYear = 2000;  // where a policy names no date at all

std::optional<value::Date> date_literal(const sema::Model& model, ast::ExprId expr) {
  if (!expr.valid()) return std::nullopt;
  const auto* date = std::get_if<ast::DateLit>(&model.expr(expr).node);
  return date == nullptr ? std::nullopt : std::optional(date->date);
}

std::int64_t months_each(const sema::Model& model) {
  if (!model.period.valid()) return 12;
  switch (model.entry_as<ast::Period>(model.period).kind) {
    case ast::PeriodKind::Yearly: return 12;
    case ast::PeriodKind::HalfYearly: return 6;
    case ast::PeriodKind::Quarterly: return 3;
    case ast::PeriodKind::Monthly: return 1;
  }
  return 12;
}

// The number nearest to 0 that the range allows.
Rational nearest_to_zero(const table::ColumnSchema& schema) {
  const Rational step = schema.number.step.value_or(Rational(1));
  const auto number = [](const std::optional<table::Bound>& bound) {
    return bound ? std::get_if<Rational>(&bound->value) : nullptr;
  };
  const auto* low = number(schema.range.low);
  const auto* high = number(schema.range.high);
  const bool above =
      low != nullptr && (low->sign() > 0 || (low->is_zero() && !schema.range.low->closed));
  const bool below =
      high != nullptr && (high->sign() < 0 || (high->is_zero() && !schema.range.high->closed));
  if (!above && !below) return 0;
  const auto& bound = above ? *schema.range.low : *schema.range.high;
  const Rational end = above ? *low : *high;
  if (bound.closed) return end;
  const Rational inside = above ? end + step : end - step;
  if (table::contains(schema.range, inside)) return inside;
  return low != nullptr && high != nullptr ? (*low + *high) / Rational(2) : inside;
}

}  // namespace

Season season_of(const sema::Model& model) {
  std::optional<value::Date> until, from;
  if (model.cutoff.valid())
    until = date_literal(model, model.entry_as<ast::Cutoff>(model.cutoff).date);
  if (model.effective.valid()) {
    from = date_literal(model, model.entry_as<ast::Effective>(model.effective).from);
  }
  const std::int64_t each = months_each(model);
  const auto known = until ? until : from;
  if (!known) return {*value::make_month(kQuietYear, 1), each};
  const value::Month last = value::month_of(*known);
  const value::Month first = table::period_start(last, static_cast<std::uint8_t>(each));
  return {first, until ? std::int64_t{last.months} - first.months + 1 : each};
}

value::Value Neutral::cell(const sema::Column& column, const table::ColumnSchema& schema,
                           const CellPlace& place) const {
  const bool blank = column.optional || column.default_value.valid();
  if (blank) return value::Missing{};
  if (column.origin == sema::ColumnOrigin::Mark) return mark(column);
  switch (schema.type) {
    case table::ColumnType::Number: return nearest_to_zero(schema);
    case table::ColumnType::Bool: return false;
    case table::ColumnType::Choice: return value::Text{strings_.intern(schema.choices.front())};
    case table::ColumnType::Date: return date(schema, place);
    case table::ColumnType::Month: return month(schema, place);
    case table::ColumnType::Unit: return value::Missing{};
    case table::ColumnType::Text: break;
  }
  return value::Text{strings_.intern(column.key ? std::to_string(place.index + 1) : "")};
}

value::Value Neutral::mark(const sema::Column& column) const {
  const sema::Node& node = model_.nodes[column.item];
  const auto& clause = model_.entry_as<ast::Clause>(column.judge);
  const auto* judge = std::get_if<ast::JudgeScale>(&clause.scale);
  const bool gives = judge != nullptr && !judge->as_deduction && node.role == sema::Role::Ordinary;
  if (!gives) return Rational(0);
  if (!clause.worth.valid()) {
    if (!node.points_value) return value::Pending{};
    return *node.points_value;
  }
  const auto worth = sema::constant_value(model_, clause.worth);
  const bool share = sema::is_share(model_.type(clause.worth));
  if (!worth || (share && !node.points_value)) return value::Pending{};
  return share ? *worth * *node.points_value : *worth;
}

value::Value Neutral::date(const table::ColumnSchema& schema, const CellPlace& place) const {
  const value::Date first = value::first_day(place.period.value_or(season_.first));
  const auto end = [&](const std::optional<table::Bound>& bound, int inward) {
    const auto* date = bound ? std::get_if<value::Date>(&bound->value) : nullptr;
    if (date == nullptr) return first;
    return value::Date{date->days + (bound->closed ? 0 : inward)};
  };
  return std::max(std::min(first, end(schema.range.high, -1)), end(schema.range.low, 1));
}

// Month after month: a record of months is one for each.
value::Value Neutral::month(const table::ColumnSchema& schema, const CellPlace& place) const {
  if (place.period) return *place.period;
  const auto ahead =
      static_cast<std::int64_t>(place.index) % std::max<std::int64_t>(season_.months, 1);
  return table::period_start(value::add_months(season_.first, ahead), schema.months_each);
}

}  // namespace xize::testing
