// Calendar dates and months as day and month numbers (proleptic Gregorian).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace xize::value {

// Days since 1970-01-01.
struct Date {
  std::int32_t days = 0;
  friend constexpr auto operator<=>(Date, Date) = default;
};

// Months since 1970-01.
struct Month {
  std::int32_t months = 0;
  friend constexpr auto operator<=>(Month, Month) = default;
};

// A date by its parts.
struct CivilDate {
  int year = 1970;
  int month = 1;
  int day = 1;
  friend constexpr auto operator<=>(CivilDate, CivilDate) = default;
};

// The first and the last year a date can have.
inline constexpr int kMinYear = 1;
inline constexpr int kMaxYear = 9999;

// Empty unless year (1..9999), month and day name a real date.
std::optional<Date> make_date(int year, int month, int day);
std::optional<Month> make_month(int year, int month);
CivilDate to_civil(Date d);
Month month_of(Date d);
Date first_day(Month m);
Date last_day(Month m);
// 0 is Monday, 6 is Sunday.
int weekday(Date d);
// Same day of the month `n` months on, or the last day of that month; held within the years above.
Date add_months(Date d, std::int64_t n);
Month add_months(Month m, std::int64_t n);  // held within the years above
std::string to_string(Date d);              // 2023-11-30
std::string to_string(Month m);             // 2023-11

}  // namespace xize::value
