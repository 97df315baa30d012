// runtime/value: numbers and dates as people type them, and the calendar under them.
#include "runtime/value/decimal_text.h"

#include <random>
#include <string>

#include <doctest/doctest.h>

#include "runtime/value/date.h"

using namespace xize::value;

namespace {

// The number, or `fault N`, so that a failed check prints what was read.
std::string number(std::string_view text) {
  const auto read = parse_number(text);
  if (const auto* const fault = std::get_if<NumberFault>(&read)) {
    constexpr const char* kNames[] = {"empty", "not a number", "grouping", "scientific",
                                      "too many digits"};
    return kNames[static_cast<std::size_t>(*fault)];
  }
  const auto& made = std::get<NumberText>(read);
  return made.value.to_string() + (made.percent ? " from %" : "");
}

template <class T>
std::string shown(const std::variant<T, DateFault>& read) {
  if (const auto* const fault = std::get_if<DateFault>(&read)) {
    constexpr const char* kNames[] = {"empty", "not a date", "impossible"};
    return kNames[static_cast<std::size_t>(*fault)];
  }
  return to_string(std::get<T>(read));
}

std::string date(std::string_view text) { return shown(parse_date(text)); }
std::string month(std::string_view text) { return shown(parse_month(text)); }

}  // namespace

TEST_CASE("number text: plain, signed, grouped, full-width, percent") {
  CHECK(number("12") == "12");
  CHECK(number(" 12.50 ") == "12.5");
  CHECK(number("-3") == "-3");
  CHECK(number("+3") == "3");
  CHECK(number("−3") == "-3");
  CHECK(number("－３") == "-3");
  CHECK(number(".5") == "0.5");
  CHECK(number("-.5") == "-0.5");
  CHECK(number("1,234.5") == "1234.5");
  CHECK(number("1，234") == "1234");
  CHECK(number("１，２３４．５") == "1234.5");
  CHECK(number("12,345,678") == "12345678");
  CHECK(number("　７　") == "7");
  CHECK(number("\u00a0"
               "7\t") == "7");
  CHECK(number("85%") == "0.85 from %");
  CHECK(number("85 %") == "0.85 from %");
  CHECK(number("８５．５％") == "0.855 from %");
  CHECK(number("-0.5%") == "-0.005 from %");
  CHECK(number("007") == "7");
  CHECK(number("0.1") == "0.1");
  CHECK(std::get<NumberText>(parse_number("1.50")).decimals == 2);
  CHECK(std::get<NumberText>(parse_number("150")).decimals == 0);
}

TEST_CASE("number text: what could be read in two ways is refused, with the reason") {
  CHECK(number("") == "empty");
  CHECK(number(" 　") == "empty");
  for (const char* text : {"1,23", "1,2345", "1,234,56", "0,123", "1234,567", ",5", ",123",
                           "1,,234", "1,", "1.5,000", "-,123", "12,34,567"}) {
    CAPTURE(std::string(text));
    CHECK(number(text) == "grouping");
  }
  for (const char* text : {"1.23E+11", "1e5", "-2.5e-3", "１Ｅ５"}) {
    CAPTURE(std::string(text));
    CHECK(number(text) == "scientific");
  }
  for (const char* text :
       {"abc", "-",   "+",  "+-1", "1.", ".",    "%",  "1 234", "12分", "1.2.3",  "85%%",
        "- 5", "(5)", "¥5", "1/2", "五", "0x1F", "1e", "NaN",   "∞",    "不涉及", "\xff"}) {
    CAPTURE(std::string(text));
    CHECK(number(text) == "not a number");
  }
  CHECK(number(std::string(kMaxDigits + 1, '9')) == "too many digits");
  CHECK(number("0." + std::string(kMaxDigits + 1, '0')) == "too many digits");
}

TEST_CASE("number text: what is grouped reads as what is not") {
  std::mt19937_64 random(3);
  for (int i = 0; i < 5'000; ++i) {
    const std::string plain = std::to_string(random() >> (random() % 63));
    std::string grouped = plain;
    for (auto at = static_cast<int>(plain.size()) - 3; at > 0; at -= 3) {
      grouped.insert(static_cast<std::size_t>(at), i % 2 == 0 ? "," : "，");
    }
    REQUIRE(number(grouped) == plain);
  }
}

TEST_CASE("date text: the usual spellings") {
  for (const char* text :
       {"2023-11-30", "2023/11/30", "2023.11.30", "2023年11月30日", "20231130", " 2023-11-30 ",
        "２０２３－１１－３０", "２０２３／１１／３０", "２０２３年１１月３０日", "2023/11/30 0:00",
        "2023-11-30 00:00:00", "2023-11-30T00:00:00.000"}) {
    CAPTURE(std::string(text));
    CHECK(date(text) == "2023-11-30");
  }
  CHECK(date("2023/1/5") == "2023-01-05");
  CHECK(date("2023年1月5日") == "2023-01-05");
  CHECK(date("2024-02-29") == "2024-02-29");
}

TEST_CASE("date text: a day that does not exist is told from a text that is no date") {
  CHECK(date("") == "empty");
  for (const char* text : {"2023-02-29", "2023-02-30", "2023/13/01", "2023-00-10", "2023-01-00",
                           "20231131", "1900-02-29", "0000-01-01", "2023年4月31日"}) {
    CAPTURE(std::string(text));
    CHECK(date(text) == "impossible");
  }
  for (const char* text :
       {"2023-11", "2023-11/30", "23-11-30", "30/11/2023", "2023-11-30x", "2023-11-",
        "2023年11月30", "2023-11-30日", "2023-011-30", "2023-11-030", "45260", "11/30",
        "2023 11 30", "-2023-11-30", "2023-11-30 09:30", "2023-11-30 0:0", "明天", "2023-11-30T"}) {
    CAPTURE(std::string(text));
    CHECK(date(text) == "not a date");
  }
}

TEST_CASE("month text") {
  for (const char* text :
       {"2023-11", "2023/11", "2023.11", "2023年11月", "202311", "２０２３年１１月"}) {
    CAPTURE(std::string(text));
    CHECK(month(text) == "2023-11");
  }
  CHECK(month("2023-1") == "2023-01");
  CHECK(month("2023年1月") == "2023-01");
  CHECK(month("2023.01") == "2023-01");
  CHECK(month("2023.1") == "not a date");  // a spreadsheet makes this of 2023.10
  CHECK(month("2023-13") == "impossible");
  CHECK(month("202300") == "impossible");
  CHECK(month("") == "empty");
  for (const char* text : {"2023-11-30", "2023年11", "2023", "11月", "2023-", "2023-111"}) {
    CAPTURE(std::string(text));
    CHECK(month(text) == "not a date");
  }
}

TEST_CASE("date: every day of the years 1 to 9999 comes back from its parts") {
  int days = 0;
  Date last = make_date(kMinYear, 1, 1).value();
  last.days -= 1;
  for (int year = kMinYear; year <= kMaxYear; ++year) {
    for (int m = 1; m <= 12; ++m) {
      for (int day = 1; day <= 31; ++day) {
        const auto made = make_date(year, m, day);
        if (!made) continue;
        const bool next = made->days == last.days + 1 && to_civil(*made) == CivilDate{year, m, day};
        if (!next) REQUIRE_MESSAGE(next, to_string(*made));
        last = *made;
        ++days;
      }
    }
  }
  CHECK(days == 3'652'059);
  CHECK(make_date(1970, 1, 1)->days == 0);
  CHECK(make_date(2023, 11, 30)->days == 19'691);
}

TEST_CASE("date: months, weekdays, and the last day where the same day is missing") {
  const auto on = [](int y, int m, int d) { return make_date(y, m, d).value(); };
  CHECK(to_string(add_months(on(2023, 11, 30), 3)) == "2024-02-29");
  CHECK(to_string(add_months(on(2024, 1, 31), 1)) == "2024-02-29");
  CHECK(to_string(add_months(on(2024, 3, 31), -1)) == "2024-02-29");
  CHECK(to_string(add_months(on(2023, 11, 30), 12)) == "2024-11-30");
  CHECK(to_string(add_months(on(2023, 11, 30), 0)) == "2023-11-30");
  CHECK(to_string(add_months(on(2023, 1, 15), -13)) == "2021-12-15");
  CHECK(to_string(add_months(on(2023, 1, 15), INT64_MAX)) == "9999-12-15");
  CHECK(to_string(add_months(on(2023, 1, 15), INT64_MIN)) == "0001-01-15");
  CHECK(to_string(month_of(on(2023, 11, 30))) == "2023-11");
  CHECK(to_string(add_months(make_month(2023, 11).value(), 2)) == "2024-01");
  CHECK(first_day(make_month(2023, 2).value()) == on(2023, 2, 1));
  CHECK(last_day(make_month(2023, 2).value()) == on(2023, 2, 28));
  CHECK(weekday(on(2023, 11, 30)) == 3);
  CHECK(weekday(on(1969, 12, 28)) == 6);
  CHECK(weekday(on(1, 1, 1)) == 0);
  CHECK_FALSE(make_date(2023, 2, 29).has_value());
  CHECK_FALSE(make_month(10'000, 1).has_value());
}
