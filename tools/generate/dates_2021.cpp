#include "tools/generate/dates_2021.h"

#include <array>

namespace xize::generate {
namespace {

// Monday is 0; 1 January 2021 was a Friday.
int weekday(int day) { return (day + 4) % 7; }

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

std::string date_text(int day) {
  static constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int year = 2021;
  for (int month = 1;; month = month % 12 + 1) {
    const int length = kDays[static_cast<std::size_t>(month - 1)];
    if (day < length) {
      return std::to_string(year) + "-" + two_digits(month) + "-" + two_digits(day + 1);
    }
    day -= length;
    if (month == 12) ++year;
  }
}

int working_day(int day) {
  while (weekday(day) > 4) ++day;
  return day;
}

int plus_workdays(int day, int count) {
  for (; count > 0; --count) day = working_day(day + 1);
  return day;
}

}  // namespace xize::generate
