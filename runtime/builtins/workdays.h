// workdays: which days are working days, and how many lie between two dates.
// In: the text of a calendar file, `date,kind,holiday` with kind `off` or `work`, one exception to
// Monday–Friday a line (stdlib/calendar-cn.csv). Out: engines count with it.
// Must hold: the exceptions are sorted by date. Cost: O(log exceptions) for each count.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/value/date.h"

namespace xize::builtins {

// Without exceptions, Monday to Friday are working days.
class WorkdayCalendar {
 public:
  // Empty on a malformed line, a date out of order or an exception that is none; `bad_line` then
  // holds its one-based number.
  static std::optional<WorkdayCalendar> parse(std::string_view text, int& bad_line);

  [[nodiscard]] bool is_workday(value::Date day) const;

  // Working days from a to b: b counts if it is one, a only with `counts_first`. Negative if b is
  // before a, so that between(a, b) is -between(b, a).
  [[nodiscard]] std::int64_t between(value::Date a, value::Date b, bool counts_first) const;

  // The days that the exceptions speak for: whole years, from the first to the last. Empty
  // without exceptions; outside them only weekends are known.
  [[nodiscard]] std::optional<value::Date> first_known() const;
  [[nodiscard]] std::optional<value::Date> last_known() const;

  // A day that is not what its place in the week says.
  struct Exception {
    value::Date day;
    bool is_workday = false;
    std::int64_t balance = 0;  // working days gained by this and all earlier exceptions
  };
  [[nodiscard]] const std::vector<Exception>& exceptions() const { return exceptions_; }

 private:
  // Working days in [day zero, day): negative before it.
  [[nodiscard]] std::int64_t before(value::Date day) const;

  std::vector<Exception> exceptions_;
};

// Days from a to b: b counts, a only with `counts_first`; negative if b is before a.
std::int64_t days_between(value::Date a, value::Date b, bool counts_first);

}  // namespace xize::builtins
