#include "compiler/results/sheet_order.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <numeric>
#include <span>

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_sort.h>

#include "compiler/results/plain_mark.h"
#include "runtime/base/large.h"

namespace xize::results {
namespace {

namespace tbb = oneapi::tbb;

// What decides the place of a row. Those without a score come behind, and those without a rank
// behind others of the same total; all that are alike stay as they came.
struct Standing {
  std::uint64_t group = 0;  // the place of the period's text, then: without a score
  std::int64_t total = 0;   // an integer in place of it, of the same order; 0 without a score
  std::int64_t rank = std::numeric_limits<std::int64_t>::max();
  std::size_t row = 0;
};
bool before(const Standing& a, const Standing& b) {
  if (a.group != b.group) return a.group < b.group;
  if (a.total != b.total) return a.total > b.total;
  return a.rank != b.rank ? a.rank < b.rank : a.row < b.row;
}

// Integers in the order of the numbers: their places among each other.
base::LargeVector<std::int64_t> places_of(const std::vector<value::Rational>& numbers) {
  std::vector<std::size_t> order(numbers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return numbers[a] < numbers[b]; });
  base::LargeVector<std::int64_t> places(numbers.size());
  for (std::size_t i = 1; i < order.size(); ++i) {
    const bool same = numbers[order[i - 1]] == numbers[order[i]];
    places[order[i]] = places[order[i - 1]] + (same ? 0 : 1);
  }
  return places;
}

// Integers in the order of the scores; over one denominator, unless that is too large.
base::LargeVector<std::int64_t> integers_for(const MarkColumn& marks,
                                             std::span<const std::size_t> rows) {
  base::LargeVector<std::int64_t> nums(rows.size());
  base::LargeVector<std::int64_t> dens(rows.size());
  std::atomic<bool> small = true;
  tbb::parallel_for(std::size_t{0}, rows.size(), [&](std::size_t i) {
    const PlainMark mark = marks.at(rows[i]);
    if (mark.large != nullptr) small.store(false, std::memory_order_relaxed);
    nums[i] = mark.number.num;
    dens[i] = mark.number.den;
  });
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
  const auto integers = integers_for(totals, rows);
  base::LargeVector<Standing> standings(rows.size());
  tbb::parallel_for(std::size_t{0}, rows.size(), [&](std::size_t i) {
    const std::uint32_t period = scoring.data.units.rows().period(rows[i]);
    const std::uint64_t place = period < places.size() ? places[period] : 0;
    const bool scored = totals.given_at(rows[i]).state == MarkState::Score;
    Standing& standing = standings[i];
    standing.group = 2 * place + (scored ? 0 : 1);
    standing.total = scored ? integers[i] : 0;
    if (const auto rank = ranks.given_at(rows[i]).whole()) standing.rank = *rank;
    standing.row = rows[i];
  });
  tbb::parallel_sort(standings, before);
  std::transform(standings.begin(), standings.end(), rows.begin(),
                 [](const Standing& standing) { return standing.row; });
  return rows;
}

}  // namespace xize::results
