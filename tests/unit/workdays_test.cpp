#include <doctest/doctest.h>


#include "runtime/builtins/workdays.h"

using namespace xize;
using builtins::WorkdayCalendar;

namespace {

value::Date date(int y, int m, int d) { return *value::make_date(y, m, d); }

}  // namespace

TEST_CASE("without exceptions Monday to Friday are working days, also before 1970") {
  const WorkdayCalendar calendar;
  for (const int year : {1900, 1969, 1970, 2024}) {
    const value::Date start = date(year, 1, 1);
    std::int64_t counted = 0;
    for (int i = 0; i < 400; ++i) {
      const value::Date day{start.days + i};
      if (i > 0 && calendar.is_workday(day)) ++counted;
      CHECK(calendar.between(start, day, false) == counted);
      CHECK(calendar.between(day, start, false) == -counted);
    }
  }
}

TEST_CASE("exceptions are counted") {
  int bad = 0;
  const auto calendar = WorkdayCalendar::parse(
      "date,kind,holiday\n2023-10-02,off,x\n2023-10-03,off,x\n2023-10-07,work,x\n", bad);
  REQUIRE(calendar);
  CHECK(bad == 0);
  CHECK(!calendar->is_workday(date(2023, 10, 2)));
  CHECK(calendar->is_workday(date(2023, 10, 7)));
  CHECK(calendar->between(date(2023, 9, 29), date(2023, 10, 8), false) == 4);
  CHECK(calendar->between(date(2023, 9, 29), date(2023, 10, 8), true) == 5);
  CHECK(calendar->between(date(2023, 10, 2), date(2023, 10, 2), true) == 0);
}

TEST_CASE("a damaged calendar names its line") {
  int bad = 0;
  CHECK(!WorkdayCalendar::parse("date,kind,holiday\n2023-10-02,of,x\n", bad));
  CHECK(bad == 2);
  CHECK(!WorkdayCalendar::parse("date,kind,holiday\n2023-10-03,off,x\n2023-10-02,off,x\n", bad));
  CHECK(bad == 3);
  CHECK(!WorkdayCalendar::parse("date,kind,holiday\n2023-10-01,off,x\n", bad));  // a Sunday
  CHECK(!WorkdayCalendar::parse("nonsense\n", bad));
  CHECK(bad == 1);
}
