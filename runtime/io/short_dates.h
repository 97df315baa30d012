// short_dates: a column of dates in their plainest spelling, several cells at a time.
// In: cells of rows. Out: day numbers; rows of cells that are spelt otherwise, are no day, or lie
// outside the range, are listed. The same with all vectors, and without.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "runtime/io/cut_rows.h"
#include "runtime/io/vectors.h"
#include "runtime/value/date.h"

namespace xize::io {

// A date's day number, found by its month.
class MonthTable {
 public:
  // A month: its number from the year 0 on (1 is that January), times 256, and how many days it
  // has; the day before its first.
  struct Entry {
    std::uint32_t month_and_length = 0xffffffff;
    std::int32_t before_first = 0;

    [[nodiscard]] bool is(int month) const {
      return month_and_length >> 8 == static_cast<std::uint32_t>(month);
    }
    [[nodiscard]] int length() const { return static_cast<int>(month_and_length & 0xff); }
  };
  static constexpr std::size_t kMonths = 64;  // those of five years have a place each

  // Empty: there is no such day.
  std::optional<std::int32_t> days(const value::CivilDate& date) {
    // Else it would be found under a month of another year.
    if (date.month < 1 || date.month > 12) return std::nullopt;
    const int month = date.year * 12 + date.month;
    const Entry& entry = months_[static_cast<std::size_t>(month) % kMonths];
    if (!entry.is(month) && !enter(date)) return std::nullopt;
    if (date.day < 1 || date.day > entry.length()) return std::nullopt;
    return entry.before_first + date.day;
  }
  // The months at hand, each at its number modulo kMonths.
  [[nodiscard]] const Entry* entries() const { return months_.data(); }

 private:
  // False: there is no such month.
  bool enter(const value::CivilDate& date);

  std::array<Entry, kMonths> months_;
};

// The cells to read and the days that are right: [low, high].
struct ShortDates {
  CellTexts texts;
  std::size_t count = 0;
  std::int64_t low = 0;
  std::int64_t high = 0;
  Vectors vectors = widest_vectors();
};

// The day of a listed row is anything. `days` has room for `count`.
void read_short_dates(const ShortDates& task, MonthTable& months, std::int64_t* days,
                      RowList& others);

}  // namespace xize::io
