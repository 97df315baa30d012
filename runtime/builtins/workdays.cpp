#include "runtime/builtins/workdays.h"

#include <algorithm>
#include <charconv>

namespace xize::builtins {
namespace {

std::optional<int> number(std::string_view text) {
  int n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return n;
}

std::optional<value::Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return value::make_date(*year, *month, *day);
}

bool is_weekday(value::Date day) { return value::weekday(day) < 5; }

// Weekdays in [1970-01-01, day), a Thursday; negative before it.
std::int64_t weekdays_before(value::Date day) {
  // Counted from Monday 1969-12-29, three days earlier, all of them weekdays.
  const std::int64_t n = std::int64_t{day.days} + 3;
  const std::int64_t weeks = n >= 0 ? n / 7 : -((-n + 6) / 7);
  const std::int64_t rest = n - weeks * 7;
  return weeks * 5 + std::min<std::int64_t>(rest, 5) - 3;
}

// The next line of `text` without its end.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::optional<WorkdayCalendar> WorkdayCalendar::parse(std::string_view text, int& bad_line) {
  WorkdayCalendar calendar;
  std::int64_t balance = 0;
  bad_line = 1;
  if (!take_line(text).starts_with("date,kind")) return std::nullopt;
  while (!text.empty()) {
    ++bad_line;
    const std::string_view line = take_line(text);
    if (line.empty()) continue;
    const auto day = parse_date(line.substr(0, 10));
    const bool off = line.substr(10).starts_with(",off");
    const bool work = line.substr(10).starts_with(",work");
    if (!day || off == work || is_weekday(*day) == work) return std::nullopt;
    if (!calendar.exceptions_.empty() && calendar.exceptions_.back().day >= *day) {
      return std::nullopt;
    }
    balance += work ? 1 : -1;
    calendar.exceptions_.push_back({*day, work, balance});
  }
  bad_line = 0;
  return calendar;
}

bool WorkdayCalendar::is_workday(value::Date day) const {
  const auto it = std::lower_bound(exceptions_.begin(), exceptions_.end(), day,
                                   [](const Exception& e, value::Date d) { return e.day < d; });
  if (it != exceptions_.end() && it->day == day) return it->is_workday;
  return is_weekday(day);
}

std::int64_t WorkdayCalendar::before(value::Date day) const {
  const auto it = std::lower_bound(exceptions_.begin(), exceptions_.end(), day,
                                   [](const Exception& e, value::Date d) { return e.day < d; });
  const std::int64_t balance = it == exceptions_.begin() ? 0 : std::prev(it)->balance;
  return weekdays_before(day) + balance;
}

std::int64_t WorkdayCalendar::between(value::Date a, value::Date b, bool counts_first) const {
  if (b < a) return -between(b, a, counts_first);
  const value::Date after_b{b.days + 1};
  const value::Date from{counts_first ? a.days : a.days + 1};
  return from < after_b ? before(after_b) - before(from) : 0;
}

std::optional<value::Date> WorkdayCalendar::first_known() const {
  if (exceptions_.empty()) return std::nullopt;
  return value::make_date(value::to_civil(exceptions_.front().day).year, 1, 1);
}

std::optional<value::Date> WorkdayCalendar::last_known() const {
  if (exceptions_.empty()) return std::nullopt;
  return value::make_date(value::to_civil(exceptions_.back().day).year, 12, 31);
}

std::int64_t days_between(value::Date a, value::Date b, bool counts_first) {
  if (b < a) return -days_between(b, a, counts_first);
  return std::int64_t{b.days} - a.days + (counts_first ? 1 : 0);
}

}  // namespace xize::builtins
