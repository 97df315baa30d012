// effect: which units gain or lose by the new version on the same data, and by which items.
// In: a Comparison and a scoring of each version. Out: plain values, the largest difference first.
// Must hold: a unit or an item that only one version scores is named as such, never given a score;
// the differences of the items and the rest that they do not explain are the difference of the
// total.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/results/sheet.h"
#include "compiler/versions/comparison.h"

namespace xize::versions {

// One version on its data.
struct Scored {
  const driver::Compilation& compilation;
  const driver::Scoring& scoring;
};

// An item that matters for the difference. What is unscored or does not apply counts as none.
struct ItemEffect {
  std::vector<int> olds = {}, news = {};
  results::Mark before = {}, after = {};
  std::optional<value::Rational> difference = {};  // absent: a mark is wanting or in error
};
// A unit in one period under both versions.
struct UnitEffect {
  std::string unit = {}, period = {};
  results::Mark before = {}, after = {};
  std::optional<value::Rational> difference = {};  // absent: one version gives no total
  std::optional<std::int64_t> rank_before = {}, rank_after = {};
  std::string grade_before = {}, grade_after = {};
  std::vector<ItemEffect> items = {};  // those that differ, the largest first
  value::Rational rest = {};           // caps, rounding, weights
};
// A rubric that both versions have.
struct RubricEffect {
  int old_rubric = -1, new_rubric = -1;
  bool has_grades = false;
  std::vector<UnitEffect> units = {};  // the largest difference first
  std::size_t unchanged = 0;           // units whose total, rank and grade stay
  std::vector<std::string> only_before = {}, only_after = {};  // units scored by one version alone
};
struct Effect {
  std::vector<RubricEffect> rubrics = {};
};

Effect effect_of(const Comparison& comparison, const Scored& old, const Scored& now);

}  // namespace xize::versions
