#include "runtime/value/date.h"

#include <algorithm>
#include <limits>

#include <fmt/compile.h>

namespace xize::value {

namespace {

constexpr std::int32_t kMonthsBefore1970 = 1970 * 12;
constexpr std::int32_t kFirstMonth = kMinYear * 12 - kMonthsBefore1970;
constexpr std::int32_t kLastMonth = kMaxYear * 12 + 11 - kMonthsBefore1970;

constexpr bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

// Counts in eras of 400 years that begin in March, so that the leap day is a year's last.
constexpr std::int32_t kDaysOfEra = 146'097;
constexpr std::int32_t kDaysBefore1970 = 719'468;  // from 0000-03-01

constexpr std::int32_t days_of(CivilDate c) {
  const int year = c.month <= 2 ? c.year - 1 : c.year;  // >= 0
  const int era = year / 400;
  const int year_of_era = year % 400;
  const int day_of_year = (153 * ((c.month + 9) % 12) + 2) / 5 + c.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysOfEra + day_of_era - kDaysBefore1970;
}

static_assert(days_of({1970, 1, 1}) == 0 && days_of({2000, 3, 1}) == 11'017);

}  // namespace

std::optional<Date> make_date(int year, int month, int day) {
  if (!make_month(year, month) || day < 1 || day > days_in_month(year, month)) return std::nullopt;
  return Date{days_of({year, month, day})};
}

std::optional<Month> make_month(int year, int month) {
  if (year < kMinYear || year > kMaxYear || month < 1 || month > 12) return std::nullopt;
  return Month{year * 12 + month - 1 - kMonthsBefore1970};
}

CivilDate to_civil(Date d) {
  const std::int32_t days = d.days + kDaysBefore1970;  // >= 0 from the year 1 on
  const int era = days / kDaysOfEra;
  const int day_of_era = days % kDaysOfEra;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_from_march = (5 * day_of_year + 2) / 153;
  const int day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {era * 400 + year_of_era + (month <= 2 ? 1 : 0), month, day};
}

Month month_of(Date d) {
  const CivilDate c = to_civil(d);
  return {c.year * 12 + c.month - 1 - kMonthsBefore1970};
}

Date first_day(Month m) {
  const std::int32_t months = m.months + kMonthsBefore1970;
  return {days_of({months / 12, months % 12 + 1, 1})};
}

Date last_day(Month m) {
  const CivilDate c = to_civil(first_day(m));
  return {days_of({c.year, c.month, days_in_month(c.year, c.month)})};
}

int weekday(Date d) {
  const int from_thursday = d.days % 7;  // 1970-01-01 was one
  return (from_thursday + 7 + 3) % 7;
}

Date add_months(Date d, std::int64_t n) {
  const Month month = add_months(month_of(d), n);
  const Date last = last_day(month);
  return {std::min(first_day(month).days + to_civil(d).day - 1, last.days)};
}

Month add_months(Month m, std::int64_t n) {
  constexpr std::int64_t kAllMonths = kLastMonth - kFirstMonth;
  const std::int64_t months = m.months + std::clamp(n, -kAllMonths, kAllMonths);
  return {static_cast<std::int32_t>(std::clamp<std::int64_t>(months, kFirstMonth, kLastMonth))};
}

std::string to_string(Date d) {
  const CivilDate c = to_civil(d);
  return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}"), c.year, c.month, c.day);
}

std::string to_string(Month m) {
  const CivilDate c = to_civil(first_day(m));
  return fmt::format(FMT_COMPILE("{:04}-{:02}"), c.year, c.month);
}

}  // namespace xize::value
