#include "compiler/results/sheet_order.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "compiler/results/plain_mark.h"

namespace xize::results {
namespace {

// What decides the place of a row.
struct Standing {
  std::uint32_t period = 0;  // by its text
  bool scored = false;
  bool ranked = false;
  std::int64_t total = 0;    // an integer in place of it, of the same order
  std::int64_t rank = 0;
  std::size_t row = 0;
};
bool before(const Standing& a, const Standing& b) {
  if (a.period != b.period) return a.period < b.period;
  if (a.scored != b.scored) return a.scored;
  if (a.scored && a.total != b.total) return a.total > b.total;
  return a.ranked && b.ranked && a.rank < b.rank;
}

// Integers in the order of the numbers: their places among each other.
std::vector<std::int64_t> places_of(const std::vector<value::Rational>& numbers) {
  std::vector<std::size_t> order(numbers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return numbers[a] < numbers[b]; });
  std::vector<std::int64_t> places(numbers.size());
  for (std::size_t i = 1; i < order.size(); ++i) {
    const bool same = numbers[order[i - 1]] == numbers[order[i]];
    places[order[i]] = places[order[i - 1]] + (same ? 0 : 1);
  }
  return places;
}

// Integers in the order of the scores; over one denominator, unless that is too large.
std::vector<std::int64_t> integers_for(const MarkColumn& marks, std::span<const std::size_t> rows) {
  std::vector<std::int64_t> nums(rows.size());
  std::vector<std::int64_t> dens(rows.size());
  bool small = true;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const PlainMark mark = marks.at(rows[i]);
    small = small && mark.large == nullptr;
    nums[i] = mark.number.num;
    dens[i] = mark.number.den;
  }
  if (small && value::share_den(nums, dens)) return nums;
  std::vector<value::Rational> exact;
  for (const std::size_t row : rows) exact.push_back(marks.at(row).exact().value);
  return places_of(exact);
}

// By number of the period: its place among the texts, a blank one as none.
std::vector<std::uint32_t> places_of(const std::vector<std::string>& texts) {
  std::vector<std::string> sorted = texts;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::uint32_t> places;
  for (const std::string& text : texts) {
    const auto at = std::lower_bound(sorted.begin(), sorted.end(), text);
    places.push_back(text.empty() ? 0 : static_cast<std::uint32_t>(at - sorted.begin()) + 1);
  }
  return places;
}

std::vector<std::size_t> members(const driver::Scoring& scoring, program::OpId member,
                                 const SheetFilter& filter,
                                 const std::vector<std::string>& periods) {
  const table::UnitTable& units = scoring.data.units;
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < units.rows().row_count(); ++row) {
    if (!holds(scoring.outcome, member, row)) continue;
    if (!wanted(filter, units.unit_name(units.rows().unit(row)))) continue;
    const std::uint32_t period = units.rows().period(row);
    const bool fits = filter.period.empty() ||
                      (period < periods.size() && periods[period] == filter.period);
    if (fits) rows.push_back(row);
  }
  return rows;
}

}  // namespace

bool wanted(const SheetFilter& filter, std::string_view unit) {
  return filter.units.empty() ||
         std::find(filter.units.begin(), filter.units.end(), unit) != filter.units.end();
}

std::vector<std::size_t> best_first(const driver::Scoring& scoring, const program::Rubric& rubric,
                                    const SheetFilter& filter,
                                    const std::vector<std::string>& periods) {
  std::vector<std::size_t> rows = members(scoring, rubric.member, filter, periods);
  const std::vector<std::uint32_t> places = places_of(periods);
  const MarkColumn totals(scoring.outcome, rubric.total);
  const MarkColumn ranks(scoring.outcome, rubric.rank);
  std::vector<std::int64_t> integers = integers_for(totals, rows);
  std::vector<Standing> standings;
  standings.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t period = scoring.data.units.rows().period(rows[i]);
    const auto rank = ranks.given_at(rows[i]).whole();
    standings.push_back({.period = period < places.size() ? places[period] : 0,
                         .scored = totals.given_at(rows[i]).state == MarkState::Score,
                         .ranked = rank.has_value(),
                         .total = integers[i],
                         .rank = rank.value_or(0),
                         .row = rows[i]});
  }
  std::stable_sort(standings.begin(), standings.end(), before);
  std::transform(standings.begin(), standings.end(), rows.begin(),
                 [](const Standing& standing) { return standing.row; });
  return rows;
}

}  // namespace xize::results
