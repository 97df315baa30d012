// balance: the points that came and went, from the old total to the new one.
// In: two outlines and their matches. Out: for each rubric, and apart for bonus and penalty, a row
// for each thing that has points of its own, as far down as both versions give points.
// Must hold: the rows add up: every point of either version stands in exactly one row.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/versions/matching.h"

namespace xize::versions {

// What the rows count towards.
enum class BalancePart : std::uint8_t { Base, Bonus, Penalty };

// Things that match, or one alone. Points are absent where the document does not give them.
struct BalanceRow {
  std::vector<int> olds = {}, news = {};
  std::optional<value::Rational> before = {}, after = {};
};

// One rubric, or the bonus or the penalty in it.
struct Balance {
  BalancePart part = BalancePart::Base;
  int old_rubric = -1, new_rubric = -1;
  std::vector<BalanceRow> rows = {};
  value::Rational before = {}, after = {};                             // sums of the rows
  std::optional<value::Rational> total_before = {}, total_after = {};  // as declared
};

// The rows of two rubrics that match, as far down as both versions have parts, points or not.
std::vector<BalanceRow> leaf_rows(const Outline& old, const Outline& now,
                                  const std::vector<Match>& matches, const Match& rubrics);
// Only those where points came, went or moved.
std::vector<Balance> balances_of(const Outline& old, const Outline& now,
                                 const std::vector<Match>& matches);

}  // namespace xize::versions
