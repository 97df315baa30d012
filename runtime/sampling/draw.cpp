#include "runtime/sampling/draw.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

namespace xize::sampling {
namespace {

using value::Rational;

// The smallest of ending, ending + step, ending + 2 step … that is not below `x`.
Rational next_in_series(const Rational& x, const Steps& steps) {
  if (x <= steps.ending) return steps.ending;
  return steps.ending + ceil((x - steps.ending) / steps.step) * steps.step;
}

// Rows that were not drawn yet, by their number. Doubled numbers stay apart by position.
using Open = std::set<std::pair<Rational, std::size_t>>;

// The row that `number` stands for.
Open::iterator find_row(Open& open, const Rational& number, bool else_previous) {
  const auto exact = open.lower_bound({number, 0});
  if (exact != open.end() && exact->first == number) return exact;
  if (!else_previous || exact == open.begin()) return open.end();
  const Rational& nearest = std::prev(exact)->first;
  return open.lower_bound({nearest, 0});
}

}  // namespace

std::vector<std::size_t> draw_by_lot(std::span<const Ticket> tickets, std::size_t take) {
  std::vector<std::size_t> rows(tickets.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  if (take < rows.size()) {
    const auto place = [&](std::size_t i) {
      return std::tie(tickets[i].last_drawn, tickets[i].times_drawn, tickets[i].lot);
    };
    std::sort(rows.begin(), rows.end(),
              [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
    rows.resize(take);
    std::sort(rows.begin(), rows.end());
  }
  return rows;
}

std::vector<std::size_t> draw_by_steps(std::span<const Rational> numbers, const Steps& steps) {
  Open open;
  for (std::size_t i = 0; i < numbers.size(); ++i) open.emplace(numbers[i], i);
  std::vector<std::size_t> drawn;
  if (open.empty()) return drawn;
  const Rational largest = std::prev(open.end())->first;
  Rational number = next_in_series(open.begin()->first, steps);
  bool last = false;
  while (!last && drawn.size() < steps.take && !open.empty()) {
    last = number >= largest;
    const auto row = find_row(open, number, steps.else_previous);
    if (row != open.end()) {
      drawn.push_back(row->second);
      open.erase(row);
    }
    // Where no open row is left below, the numbers before the next one would draw nothing.
    const auto above = open.upper_bound({number, numbers.size()});
    const bool below = steps.else_previous && above != open.begin();
    number += steps.step;
    if (!below && above != open.end()) {
      number = std::max(number, next_in_series(above->first, steps));
    }
  }
  return drawn;
}

Rational ending_of(const Digest& lot, const Rational& step) {
  Rational number;
  for (const std::uint8_t byte : lot) {
    number = number * Rational(256) + Rational(byte);
    number -= floor(number / step) * step;
  }
  return number;
}

std::optional<Rational> number_at_end(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') --begin;
  if (begin == text.size()) return std::nullopt;
  return Rational::from_decimal(text.substr(begin));
}

}  // namespace xize::sampling
