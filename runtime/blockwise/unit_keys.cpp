#include "runtime/blockwise/unit_keys.h"

#include <algorithm>
#include <utility>

#include <oneapi/tbb/parallel_sort.h>

#include "runtime/blockwise/unit_blocks.h"

namespace xize::blockwise {
namespace {

using value::Fraction;

bool is_less(const Fraction& a, const Fraction& b) {
  return Wide{a.num} * b.den < Wide{b.num} * a.den;
}
bool is_less(std::int64_t a, std::int64_t b) { return a < b; }

// The different ones, ascending.
template <class T>
std::vector<T> sorted(std::vector<T> all) {
  const auto less = [](const T& a, const T& b) { return is_less(a, b); };
  oneapi::tbb::parallel_sort(all.begin(), all.end(), less);
  const auto same = [](const T& a, const T& b) { return !is_less(a, b); };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

template <class T>
std::int64_t place(const std::vector<T>& sorted, const T& x) {
  const auto less = [](const T& a, const T& b) { return is_less(a, b); };
  return std::lower_bound(sorted.begin(), sorted.end(), x, less) - sorted.begin();
}

// Integers, and what they lie between.
struct Ranged {
  explicit Ranged(std::vector<std::int64_t> integers) : keys(std::move(integers)) {
    if (keys.empty()) return;
    const auto [low, high] = std::minmax_element(keys.begin(), keys.end());
    least = *low;
    width = Wide{*high} - *low + 1;
  }
  std::vector<std::int64_t> keys;
  std::int64_t least = 0;
  Wide width = 1;  // how many integers from the least on
};

// Digits of two places: the first counts the second's width.
std::vector<std::int64_t> join(const Ranged& first, const Ranged& second) {
  std::vector<std::int64_t> keys(first.keys.size());
  for_unit_blocks(keys.size(), [&](std::size_t begin, std::size_t count) {
    for (std::size_t row = begin; row < begin + count; ++row) {
      const Wide high = Wide{first.keys[row]} - first.least;
      const Wide low = Wide{second.keys[row]} - second.least;
      keys[row] = static_cast<std::int64_t>(high * second.width + low);
    }
  });
  return keys;
}

}  // namespace

UnitKeys::UnitKeys(const UnitNumbers& numbers, std::size_t rows) : keys_(rows) {
  if (rows == 0) return;
  if (numbers.has_one_den()) {
    den_ = numbers.at(0).den;
    for_unit_blocks(rows, [&](std::size_t first, std::size_t count) {
      for (std::size_t row = first; row < first + count; ++row) keys_[row] = numbers.at(row).num;
    });
    return;
  }
  std::vector<Fraction> all(rows);
  for (std::size_t row = 0; row < rows; ++row) all[row] = numbers.at(row);
  sorted_ = sorted(std::move(all));
  for_unit_blocks(rows, [&](std::size_t first, std::size_t count) {
    for (std::size_t row = first; row < first + count; ++row) {
      keys_[row] = place(sorted_, numbers.at(row));
    }
  });
}

value::Rational UnitKeys::number(std::int64_t key) const {
  if (sorted_.empty()) return {key, den_};
  const Fraction& x = sorted_[static_cast<std::size_t>(key)];
  return {x.num, x.den};
}

std::vector<std::int64_t> dense_keys(std::span<const std::int64_t> integers) {
  const auto different = sorted(std::vector(integers.begin(), integers.end()));
  std::vector<std::int64_t> keys(integers.size());
  for_unit_blocks(keys.size(), [&](std::size_t first, std::size_t count) {
    for (std::size_t row = first; row < first + count; ++row) {
      keys[row] = place(different, integers[row]);
    }
  });
  return keys;
}

std::optional<std::vector<std::int64_t>> join_keys(std::span<const UnitNumbers> measures,
                                                   std::size_t rows, bool ascending) {
  std::vector<std::int64_t> joined = UnitKeys(measures.front(), rows).by_row();
  for (std::int64_t& key : joined) key = ascending ? -key : key;
  for (const UnitNumbers& measure : measures.subspan(1)) {
    if (measure.is_constant()) continue;  // of all rows the same
    Ranged first(std::move(joined));
    Ranged second(UnitKeys(measure, rows).by_row());
    if (!fits(first.width) || !fits(second.width) || !fits(first.width * second.width)) {
      first = Ranged(dense_keys(first.keys));
      second = Ranged(dense_keys(second.keys));
      if (!fits(first.width * second.width)) return std::nullopt;
    }
    joined = join(first, second);
  }
  return joined;
}

}  // namespace xize::blockwise
