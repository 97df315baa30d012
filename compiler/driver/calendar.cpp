#include <string_view>

#include "compiler/driver/scoring.h"

namespace xize::driver {

// stdlib/calendar-cn.csv, built into the program.
extern const std::string_view kCalendarText;

const builtins::WorkdayCalendar& calendar() {
  static const builtins::WorkdayCalendar instance = [] {
    int bad_line = 0;
    return builtins::WorkdayCalendar::parse(kCalendarText, bad_line)
        .value_or(builtins::WorkdayCalendar{});
  }();
  return instance;
}

}  // namespace xize::driver
