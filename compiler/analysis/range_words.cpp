#include "compiler/analysis/range_words.h"

#include <fmt/format.h>

namespace xize::analysis {

using diagnostics::Term;

namespace {

// The labels from one place to another, where the type has labels.
std::string labels_between(const sema::Model& model, const sema::Type& type,
                           const Interval& range) {
  std::string result;
  const auto& labels = model.choices[type.choice].labels;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!range.holds(static_cast<std::int64_t>(i))) continue;
    if (!result.empty()) result += "、";
    result += labels[i];
  }
  return result;
}

}  // namespace

std::string value_words(const sema::Model& model, const sema::Type& type, const Rational& value) {
  if (type.is(sema::Base::Choice)) return labels_between(model, type, Interval::at(value));
  if (type.is(sema::Base::Bool)) return value.sign() != 0 ? "是" : "否";
  if (type.ratio()) return (value * Rational(100)).to_string() + "%";
  return value.to_string();
}

Term range_words(const sema::Model& model, const sema::Type& type, const Interval& range) {
  if (type.is(sema::Base::Choice)) {
    const auto labels = labels_between(model, type, range);
    return {labels, labels};
  }
  const auto words = [&](const Extended& end) { return value_words(model, type, end.value); };
  if (range.is_point()) return {words(range.low), words(range.low)};
  if (!range.low.finite() && !range.high.finite()) return {"every value", "一切数值"};
  if (!range.low.finite()) {
    const auto high = words(range.high);
    return range.high_closed ? Term{"up to " + high, "不超过 " + high}
                             : Term{"below " + high, "低于 " + high};
  }
  const auto low = words(range.low);
  if (!range.high.finite()) {
    return range.low_closed ? Term{"from " + low, "不低于 " + low}
                            : Term{"above " + low, "超过 " + low};
  }
  const auto high = words(range.high);
  return {fmt::format("{}{}, {}{}", range.low_closed ? '[' : '(', low, high,
                      range.high_closed ? ']' : ')'),
          fmt::format("{}（{}）至 {}（{}）", low, range.low_closed ? "含" : "不含", high,
                      range.high_closed ? "含" : "不含")};
}

}  // namespace xize::analysis
