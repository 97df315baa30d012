// Numbers and dates as people type them into tables: full-width characters, `1,234.5`, `85%`,
// `2023年11月30日`. In: the text of one cell, UTF-8. Out: the exact value, or why there is none.
// Must hold: a text with two readings has none; nothing passes through a double.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "runtime/value/date.h"
#include "runtime/value/rational.h"

namespace xize::value {

// A number and how it was written.
struct NumberText {
  Rational value;        // `85%` is 17/20
  bool percent = false;  // it ended in `%`
  int decimals = 0;      // digits written after the point
};

// Why a text is no number.
enum class NumberFault : std::uint8_t {
  Empty,  // nothing but blanks
  NotANumber,
  Grouping,      // separators not at thousands: `1,23`, `0,123`, `1,234,56`
  Scientific,    // `1.23E+11`: what a spreadsheet leaves of a long number, its digits gone
  TooManyDigits  // beyond `kMaxDigits`
};

// Why a text is no date or month.
enum class DateFault : std::uint8_t {
  Empty,  // nothing but blanks
  NotADate,
  Impossible  // it reads as a date, but there is no such day: `2023-02-30`
};

// `12`, `-1,234.50`, `１，２３４．５`, `+3`, `.5`, `85%`; blanks around it are skipped.
std::variant<NumberText, NumberFault> parse_number(std::string_view text);

// `2023-11-30`, `2023/11/3`, `2023.11.30`, `2023年11月30日`, `20231130`, each also in full-width
// characters; a time after it is accepted only if it is midnight (`2023/11/30 0:00:00`).
std::variant<Date, DateFault> parse_date(std::string_view text);

// `2023-11`, `2023/1`, `2023.01` (`2023.1` could be 2023.10, and is refused), `2023年11月`,
// `202311`.
std::variant<Month, DateFault> parse_month(std::string_view text);

// The text with full-width digits, letters, signs and blanks as their ASCII twins (`，` as `,`,
// `／` as `/`, `－` and `−` as `-`, U+3000 and U+00A0 as a blank), without the blanks around it.
std::string half_width(std::string_view text);

}  // namespace xize::value
