// Every day from 2018 to 2026: is it a working day by our calendar, and by a package that others
// keep. Prints each difference and how many days were compared.
#include <fstream>
#include <iterator>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "runtime/builtins/workdays.h"

namespace {

using xize::value::Date;
using nlohmann::json;

constexpr int kFirstYear = 2018;
constexpr int kLastYear = 2026;

std::string text_of(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// 1970-01-01, day 0, was a Thursday.
bool is_weekend(Date day) { return (day.days % 7 + 7 + 3) % 7 >= 5; }

bool works_by_package(const json& package, Date day) {
  const std::string text = xize::value::to_string(day);
  if (package["workdays"].contains(text)) return true;
  return !is_weekend(day) && !package["holidays"].contains(text);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  int bad_line = 0;
  const auto ours = xize::builtins::WorkdayCalendar::parse(text_of(argv[1]), bad_line);
  const json package = json::parse(text_of(argv[2]), nullptr, false);
  if (!ours || package.is_discarded() || package["holidays"].size() < 100) {
    fmt::print("cannot read {} (line {}) or {}\n", argv[1], bad_line, argv[2]);
    return 1;
  }
  int days = 0;
  int different = 0;
  const Date last = *xize::value::make_date(kLastYear, 12, 31);
  for (Date day = *xize::value::make_date(kFirstYear, 1, 1); day <= last; ++day.days) {
    ++days;
    if (ours->is_workday(day) == works_by_package(package, day)) continue;
    ++different;
    fmt::print("{}: {} by our calendar, not by the package\n", xize::value::to_string(day),
               ours->is_workday(day) ? "a working day" : "free");
  }
  fmt::print("{} days compared, {} different\n", days, different);
  return different == 0 ? 0 : 1;
}
