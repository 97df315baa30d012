// Days of 2021 as text, counted from 1 January as day 0.
// In: a day's number. Out: its date; a day on which offices are open, holidays aside.
#pragma once

#include <string>

namespace xize::generate {

// `day` as YYYY-MM-DD; days after 2021 are in 2022.
std::string date_text(int day);

// `day`, or the Monday after it where it falls on a weekend.
int working_day(int day);

// The day `count` days from Monday to Friday after `day`.
int plus_workdays(int day, int count);

}  // namespace xize::generate
