#include "runtime/value/decimal_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "runtime/value/digits.h"

namespace xize::value {

namespace {

// A mark outside the full-width block that is typed for an ASCII one.
struct Twin {
  std::string_view mark;
  char ascii;
};
constexpr std::array<Twin, 3> kOddTwins{{{"\u3000", ' '}, {"\u00a0", ' '}, {"\u2212", '-'}}};

// U+FF01..U+FF5E stand in the order of ASCII's 0x21..0x7E; in UTF-8 they are EF BC 81..EF BD 9E.
std::optional<char> full_width_twin(std::string_view text) {
  if (text.size() < 3 || text[0] != '\xef') return std::nullopt;
  const auto last = static_cast<unsigned char>(text[2]);
  if (text[1] == '\xbc' && last >= 0x81 && last <= 0xbf) return static_cast<char>(last - 0x60);
  if (text[1] == '\xbd' && last >= 0x80 && last <= 0x9e) return static_cast<char>(last - 0x20);
  return std::nullopt;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// The digits before the point with the separators taken out. Without separators any number of
// digits; with them the first group has 1 to 3, no leading 0, and each other exactly 3.
std::optional<std::string> take_grouped(std::string_view& text) {
  std::string digits(take_digits(text));
  if (!text.starts_with(',')) return digits;
  if (digits.empty() || digits.size() > 3 || digits.front() == '0') return std::nullopt;
  while (take(text, ",")) {
    const std::string_view group = take_digits(text);
    if (group.size() != 3) return std::nullopt;
    digits += group;
  }
  return digits;
}

bool is_scientific(std::string_view rest) {
  if (!take(rest, "e") && !take(rest, "E")) return false;
  if (!take(rest, "-")) take(rest, "+");
  return !take_digits(rest).empty() && rest.empty();
}

// `0:00`, `00:00:00`, `00:00:00.000`: the time a bare date gets when a program writes it out.
bool is_midnight(std::string_view time) {
  const auto is_zero = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of('0') == std::string_view::npos;
  };
  const std::string_view hour = take_digits(time);
  if (!is_zero(hour) || hour.size() > 2 || !take(time, ":")) return false;
  const std::string_view minute = take_digits(time);
  if (!is_zero(minute) || minute.size() != 2) return false;
  if (time.empty()) return true;
  if (!take(time, ":")) return false;
  const std::string_view second = take_digits(time);
  if (!is_zero(second) || second.size() != 2) return false;
  return time.empty() || (take(time, ".") && is_zero(time));
}

std::optional<int> to_int(std::string_view digits, std::size_t least, std::size_t most) {
  if (digits.size() < least || digits.size() > most) return std::nullopt;
  int n = 0;
  for (const char c : digits) n = n * 10 + (c - '0');
  return n;
}

// Takes a year of four digits, then what separates it from the month: one of `- / . 年`.
struct YearHead {
  int year;
  std::string_view separator;
};
std::optional<YearHead> take_year(std::string_view& text) {
  const auto year = to_int(take_digits(text), 4, 4);
  if (!year) return std::nullopt;
  for (const std::string_view separator : {"-", "/", ".", "年"}) {
    if (take(text, separator)) return YearHead{*year, separator};
  }
  return std::nullopt;
}

// Exactly `count` digits are a number without separators, `20231130`.
std::optional<int> compact(std::string_view text, std::size_t count) {
  const std::string_view digits = take_digits(text);
  return text.empty() ? to_int(digits, count, count) : std::nullopt;
}

std::variant<Date, DateFault> date_or_fault(int year, int month, int day) {
  if (const auto date = make_date(year, month, day)) return *date;
  return DateFault::Impossible;
}

std::variant<Month, DateFault> month_or_fault(int year, int month) {
  if (const auto made = make_month(year, month)) return *made;
  return DateFault::Impossible;
}

}  // namespace

std::string half_width(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::size_t ascii = 0;
    while (ascii < text.size() && static_cast<unsigned char>(text[ascii]) < 0x80) ++ascii;
    out += text.substr(0, ascii);
    text.remove_prefix(ascii);
    const auto* const odd = std::find_if(kOddTwins.begin(), kOddTwins.end(), [&](const Twin& twin) {
      return text.starts_with(twin.mark);
    });
    if (odd != kOddTwins.end()) {
      out += odd->ascii;
      text.remove_prefix(odd->mark.size());
    } else if (const auto twin = full_width_twin(text)) {
      out += *twin;
      text.remove_prefix(3);
    } else if (!text.empty()) {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  const auto first = std::find_if_not(out.begin(), out.end(), is_blank);
  const auto last = std::find_if_not(out.rbegin(), out.rend(), is_blank).base();
  return first < last ? std::string(first, last) : std::string();
}

std::variant<NumberText, NumberFault> parse_number(std::string_view text) {
  const std::string ascii = half_width(text);
  std::string_view rest = ascii;
  if (rest.empty()) return NumberFault::Empty;
  std::string number;
  if (take(rest, "-")) {
    number = "-";
  } else {
    take(rest, "+");
  }
  const auto whole = take_grouped(rest);
  if (!whole) return NumberFault::Grouping;
  number += whole->empty() ? "0" : *whole;
  std::string_view decimals;
  if (take(rest, ".")) {
    decimals = take_digits(rest);
    if (decimals.empty()) return NumberFault::NotANumber;
    number.append(1, '.').append(decimals);
  }
  if (whole->empty() && decimals.empty()) return NumberFault::NotANumber;
  if (rest.starts_with(',')) return NumberFault::Grouping;
  if (is_scientific(rest)) return NumberFault::Scientific;
  while (take(rest, " ")) {
  }
  const bool percent = take(rest, "%");
  if (!rest.empty()) return NumberFault::NotANumber;
  auto value = Rational::from_decimal(number);
  if (!value) return NumberFault::TooManyDigits;
  if (percent) *value /= 100;
  return NumberText{std::move(*value), percent, static_cast<int>(decimals.size())};
}

std::variant<Date, DateFault> parse_date(std::string_view text) {
  const std::string ascii = half_width(text);
  std::string_view rest = ascii;
  if (rest.empty()) return DateFault::Empty;
  if (const auto gap = rest.find_first_of(" T"); gap != std::string_view::npos) {
    std::string_view time = rest.substr(gap + 1);
    while (take(time, " ")) {
    }
    if (!is_midnight(time)) return DateFault::NotADate;
    rest = rest.substr(0, gap);
  }
  if (const auto n = compact(rest, 8)) {
    return date_or_fault(*n / 10'000, *n / 100 % 100, *n % 100);
  }
  const auto head = take_year(rest);
  if (!head) return DateFault::NotADate;
  const bool chinese = head->separator == "年";
  const auto month = to_int(take_digits(rest), 1, 2);
  if (!month || !take(rest, chinese ? "月" : head->separator)) return DateFault::NotADate;
  const auto day = to_int(take_digits(rest), 1, 2);
  if (!day || (chinese && !take(rest, "日")) || !rest.empty()) return DateFault::NotADate;
  return date_or_fault(head->year, *month, *day);
}

std::variant<Month, DateFault> parse_month(std::string_view text) {
  const std::string ascii = half_width(text);
  std::string_view rest = ascii;
  if (rest.empty()) return DateFault::Empty;
  if (const auto n = compact(rest, 6)) return month_or_fault(*n / 100, *n % 100);
  const auto head = take_year(rest);
  if (!head) return DateFault::NotADate;
  const auto month = to_int(take_digits(rest), head->separator == "." ? 2 : 1, 2);
  if (!month || (head->separator == "年" && !take(rest, "月")) || !rest.empty()) {
    return DateFault::NotADate;
  }
  return month_or_fault(head->year, *month);
}

}  // namespace xize::value
