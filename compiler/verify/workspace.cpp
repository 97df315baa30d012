#include "compiler/verify/workspace.h"

#include <algorithm>

namespace xize::verify {
namespace {

constexpr const char* kSomeUnit = "某单位";
constexpr std::int64_t kTextsMax = 1'000'000;
constexpr std::int64_t kFinestStep = 1000;  // of a number without a step, in a counterexample

Bounds bounds_of(const table::Range& range) {
  Bounds bounds;
  if (range.low) bounds.low = as_number(range.low->value);
  if (range.high) bounds.high = as_number(range.high->value);
  return bounds;
}

Bounds dates() {
  return {Rational(value::make_date(value::kMinYear, 1, 1)->days),
          Rational(value::make_date(value::kMaxYear, 12, 31)->days)};
}
Bounds months() {
  return {Rational(value::make_month(value::kMinYear, 1)->months),
          Rational(value::make_month(value::kMaxYear, 12)->months)};
}

// The narrower of both.
Bounds within(const Bounds& a, const Bounds& b) {
  Bounds both = a;
  if (b.low && (!both.low || *both.low < *b.low)) both.low = b.low;
  if (b.high && (!both.high || *b.high < *both.high)) both.high = b.high;
  return both;
}

}  // namespace

std::optional<Rational> as_number(const value::Value& value) {
  if (const auto* number = std::get_if<Rational>(&value)) return *number;
  if (const auto* date = std::get_if<value::Date>(&value)) return Rational(date->days);
  if (const auto* month = std::get_if<value::Month>(&value)) return Rational(month->months);
  return std::nullopt;
}

TermId Workspace::number_of(const value::Value& value, const base::StringPool& pool) {
  if (const auto* text = std::get_if<value::Text>(&value)) {
    return terms.number(std::int64_t{texts.intern(pool.text(text->id))});
  }
  return terms.number(as_number(value).value_or(Rational(0)));
}

TermId Workspace::unknown(Bounds bounds, bool whole, Reason reason) {
  const TermId id = terms.variable(std::move(bounds), whole);
  reasons.emplace(id, reason);
  return id;
}

TermId Workspace::unknown_truth(Reason reason) {
  const TermId id = terms.truth();
  reasons.emplace(id, reason);
  return id;
}

std::vector<std::string> Workspace::unit_names() const {
  std::vector<std::string> names(mentioned_.begin(), mentioned_.end());
  std::string other = kSomeUnit;
  while (mentioned_.contains(other)) other += "甲";
  names.push_back(other);
  return names;
}

TermId Workspace::unit_name() {
  if (unit_name_) return unit_name_;
  unit_name_ = terms.variable({Rational(0), Rational(kTextsMax)}, true);
  TermId one = terms.boolean(false);
  for (const std::string& name : unit_names()) {
    one = terms.or_(one, terms.equal(unit_name_, terms.number(std::int64_t{texts.intern(name)})));
  }
  facts.push_back(one);
  return unit_name_;
}

TermId Workspace::period() {
  if (period_term_) return period_term_;
  period_term_ = terms.variable(months(), true);
  links.push_back(
      {period_term_, terms.equal(period_term_, terms.number(std::int64_t{period_.months}))});
  return period_term_;
}

TermId Workspace::occurs(const std::string& table, int row) {
  TermId& times = occurs_[{table, row}];
  if (times) return times;
  if (row < kManyRows) return times = terms.variable({Rational(0), Rational(kRowsOfAKind)}, true);
  return times = terms.choose(terms.truth(), terms.number(1), terms.number(0));
}

const Cell& Workspace::cell(const std::string& table, int row, const table::ColumnSchema& column) {
  const auto [it, fresh] = cells_.try_emplace(Key(table, row, column.name, column.type));
  if (!fresh) return it->second;
  Cell cell;
  cell.type = column.type;
  cell.value = column.type == table::ColumnType::Unit ? unit_name() : value_of(column);
  const bool named = column.type == table::ColumnType::Unit;
  if (column.optional && !named && table != kParameters) cell.missing = terms.truth();
  if (column.accepts_not_applicable && !named && table.empty()) cell.not_applicable = terms.truth();
  it->second = cell;
  return it->second;
}

TermId Workspace::value_of(const table::ColumnSchema& column) {
  switch (column.type) {
    case table::ColumnType::Bool: return terms.truth();
    case table::ColumnType::Choice: return label_of(column);
    case table::ColumnType::Number: return number_of(column);
    case table::ColumnType::Date:
    case table::ColumnType::Month: {
      const Bounds all = column.type == table::ColumnType::Date ? dates() : months();
      const TermId value = terms.variable(within(bounds_of(column.range), all), true);
      hold_ends(value, column.range);
      return value;
    }
    default: return terms.variable({Rational(0), Rational(kTextsMax)}, true);
  }
}

// A multiple of its step, if it has one.
TermId Workspace::number_of(const table::ColumnSchema& column) {
  Bounds bounds = bounds_of(column.range);
  if (column.number.non_negative) bounds = within(bounds, {Rational(0), std::nullopt});
  TermId value;
  if (const auto& step = column.number.step; step && step->sign() > 0) {
    value = terms.scale(*step, terms.variable(
                                   {bounds.low ? std::optional(value::ceil(*bounds.low / *step))
                                               : std::nullopt,
                                    bounds.high ? std::optional(value::floor(*bounds.high / *step))
                                                : std::nullopt},
                                   true));
  } else {
    value = terms.variable(bounds, column.number.integer_only);
    if (!column.number.integer_only) write_out(value);
  }
  hold_ends(value, column.range);
  return value;
}

// A counterexample is written in decimals.
void Workspace::write_out(TermId value) {
  const TermId steps = terms.scale(kFinestStep, value);
  links.push_back({value, terms.equal(steps, terms.floor(steps))});
}

TermId Workspace::label_of(const table::ColumnSchema& column) {
  std::vector<std::int64_t> labels;
  for (const std::string& label : column.choices) labels.push_back(texts.intern(label));
  const auto [least, most] = std::minmax_element(labels.begin(), labels.end());
  const TermId value = terms.variable({Rational(*least), Rational(*most)}, true);
  TermId one = terms.boolean(false);
  for (const std::int64_t label : labels) {
    one = terms.or_(one, terms.equal(value, terms.number(label)));
  }
  facts.push_back(one);
  return value;
}

// Ends that do not belong to the range.
void Workspace::hold_ends(TermId value, const table::Range& range) {
  if (range.low && !range.low->closed) {
    facts.push_back(terms.less(terms.number(*as_number(range.low->value)), value));
  }
  if (range.high && !range.high->closed) {
    facts.push_back(terms.less(value, terms.number(*as_number(range.high->value))));
  }
}

}  // namespace xize::verify
