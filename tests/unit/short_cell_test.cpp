// Cells read a word at a time, and texts found again by their bytes.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/io/plain_column.h"
#include "runtime/io/short_cell.h"
#include "runtime/io/short_dates.h"
#include "runtime/io/text_marks.h"
#include "runtime/io/text_table.h"
#include "runtime/io/whole_numbers.h"

namespace xize::io {
namespace {

// What stands behind a cell in a text must not matter.
std::string in_a_text(std::string_view cell) {
  return std::string(cell) + ",7.5\n2023-11-30,9999";
}

std::string number(std::string_view cell) {
  const std::string text = in_a_text(cell);
  const auto found = read_short_number(text.data(), cell.size());
  if (!found) return "none";
  return std::to_string(found->num) + "e-" + std::to_string(found->decimals);
}

std::string date(std::string_view cell) {
  const std::string text = in_a_text(cell);
  const auto found = read_short_date(text.data(), cell.size());
  if (!found) return "none";
  return std::to_string(found->year) + "." + std::to_string(found->month) + "." +
         std::to_string(found->day);
}

TEST_CASE("short numbers") {
  CHECK(number("0") == "0e-0");
  CHECK(number("7") == "7e-0");
  CHECK(number("0012") == "12e-0");
  CHECK(number("12345678") == "12345678e-0");
  CHECK(number("3.50") == "350e-2");
  CHECK(number("0.1") == "1e-1");
  CHECK(number("0.000001") == "1e-6");
  CHECK(number("123456.7") == "1234567e-1");
}

TEST_CASE("what is no short number") {
  for (const char* cell : {"", "123456789", ".5", "5.", ".", "1.2.3", "-1", "+1", "1 ", " 1", "1e3",
                           "1,2", "１", "12:", "1/2", "85%", "1.\x80"}) {
    CAPTURE(cell);
    CHECK(number(cell) == "none");
  }
}

TEST_CASE("every byte but digits spoils a number") {
  for (int byte = 1; byte < 256; ++byte) {
    if ((byte >= '0' && byte <= '9') || byte == '.') continue;
    std::string cell = "1234";
    for (char& at : cell) {
      const char before = at;
      at = static_cast<char>(byte);
      CHECK(number(cell) == "none");
      at = before;
    }
  }
}

// The cells of a column of one: its text and marks, and how both readings find them.
struct OneColumn {
  // Each row's place is the same, whether or not it is looked up.
  explicit OneColumn(const std::vector<std::string>& cells, bool are_neighbours = false) {
    for (const std::string& cell : cells) text += cell + "\n";
    const std::size_t bytes = text.size();
    text.append(kShortCellSlack, '9');
    find_marks(std::string_view(text).substr(0, bytes), ',', marks);
    rows.text = text.data();
    rows.ends = marks.ends.data();
    rows.width = 1;
    rows.count = cells.size();
    rows.are_neighbours = are_neighbours;
    for (std::uint32_t r = 0; r < rows.count; ++r) rows.first_cells[r] = r + 1;
  }
  std::string text;
  TextMarks marks;
  CutRows rows;
};

// What one reading found.
struct Found {
  explicit Found(std::size_t count) : values(count) {}
  std::vector<std::int64_t> values;
  RowList others;
};

std::vector<Vectors> vectors_of_this_machine() {
  std::vector<Vectors> vectors;
  for (const Vectors wider : {Vectors::Avx2, Vectors::Avx512}) {
    if (wider <= widest_vectors()) vectors.push_back(wider);
  }
  return vectors;
}

// Both readings list the same rows, and of all others found the same; calls `check` with these.
template <class Check>
void check_same(const std::vector<std::string>& cells, const Found& fast, const Found& slow,
                Check check) {
  REQUIRE(fast.others.count == slow.others.count);
  std::size_t at = 0;
  for (std::uint32_t r = 0; r < cells.size(); ++r) {
    CAPTURE(cells[r]);
    if (at < fast.others.count && fast.others.rows[at] == r) {
      CHECK(slow.others.rows[at++] == r);
      continue;
    }
    CHECK(fast.values[r] == slow.values[r]);
    check(r);
  }
}

TEST_CASE("whole numbers, several at a time and one by one") {
  std::vector<std::string> cells;
  for (int i = 0; i < 997; ++i) {
    switch (i % 11) {
      case 3: cells.push_back(std::to_string(i) + ".5"); break;
      case 5: cells.push_back(i % 2 == 0 ? "" : "-7"); break;
      case 7: cells.push_back(std::to_string(10000000 + i * 7919)); break;
      case 8: cells.push_back(std::to_string(std::int64_t{1} << (i % 60))); break;
      case 9: cells.push_back(i % 3 == 0 ? "1x" : "／9"); break;
      default: cells.push_back(std::to_string(i * i % 1000)); break;
    }
  }
  const OneColumn column(cells, true);
  WholeNumbers task{column.rows.cells(0), cells.size(), 5, 20000000, Vectors::None};
  Found slow(cells.size());
  read_whole_numbers(task, slow.values.data(), slow.others);
  CHECK(slow.others.count > 100);
  for (const Vectors vectors : vectors_of_this_machine()) {
    task.vectors = vectors;
    Found fast(cells.size());
    read_whole_numbers(task, fast.values.data(), fast.others);
    check_same(cells, fast, slow, [&](std::uint32_t r) {
      CHECK(std::to_string(fast.values[r]) == cells[r]);
      CHECK((fast.values[r] >= 5 && fast.values[r] <= 20000000));
    });
  }
}

TEST_CASE("short dates") {
  CHECK(date("2023-11-30") == "2023.11.30");
  CHECK(date("2023/02/31") == "2023.2.31");  // which is no day: the calendar's business
  CHECK(date("0001-01-01") == "1.1.1");
  for (const char* cell : {"2023-11-3", "2023-11/30", "2023.11.30", "2023-1a-30", "2023-11-3x",
                           "2o23-11-30", "20231130", "2023-11-301"}) {
    CAPTURE(cell);
    CHECK(date(cell) == "none");
  }
}

TEST_CASE("a month table knows the calendar, whatever it was asked before") {
  MonthTable table;
  for (int round = 0; round < 2; ++round) {
    for (int year : {1, 1900, 2022, 2023, 2024, 9999}) {
      for (int month = 0; month < 100; ++month) {
        for (int day : {0, 1, 28, 29, 30, 31, 32, 99}) {
          CAPTURE(year);
          CAPTURE(month);
          CAPTURE(day);
          const auto date = value::make_date(year, month, day);
          const auto days = table.days({year, month, day});
          REQUIRE(days.has_value() == date.has_value());
          if (date) CHECK(*days == date->days);
        }
      }
    }
  }
}

// Right dates and wrong ones; days of many years, so that months take each other's place.
std::vector<std::string> dates_of_all_kinds() {
  const std::vector<std::string> odd = {"",           "2023-1-01",  "2023-01-1x", "2023-13-01",
                                        "2023-00-10", "2023-02-29", "2024-02-29", "2023/02-01",
                                        "2023.02.01", "20230201",   "2023-02-001", "x023-02-01",
                                        "2023-0:-01", "0000-01-01", "9999-12-31", "2023-02-00",
                                        "2023年2月1日", "2023-02-32", "2023-02-01 ", "-023-02-01"};
  std::vector<std::string> cells;
  for (int i = 0; i < 1001; ++i) {
    if (i % 5 == 3) {
      cells.push_back(odd[static_cast<std::size_t>(i) % odd.size()]);
      continue;
    }
    std::string date = to_string(value::Date{738000 + i * (i % 7 == 0 ? 97 : 1)});
    if (i % 3 == 0) std::replace(date.begin(), date.end(), '-', '/');
    cells.push_back(std::move(date));
  }
  return cells;
}

TEST_CASE("dates, several at a time and one by one") {
  std::vector<std::string> cells = dates_of_all_kinds();
  cells.front() += "\r";  // a CR in front of the line end is no part of a cell
  const OneColumn column(cells);
  ShortDates task{column.rows.cells(0), cells.size(), 738010, 800000, Vectors::None};
  MonthTable slow_months;
  Found slow(cells.size());
  read_short_dates(task, slow_months, slow.values.data(), slow.others);
  CHECK(slow.others.count > 100);
  CHECK(slow.others.count < 300);
  for (const Vectors vectors : vectors_of_this_machine()) {
    task.vectors = vectors;
    MonthTable months;
    Found fast(cells.size());
    read_short_dates(task, months, fast.values.data(), fast.others);
    check_same(cells, fast, slow, [](std::uint32_t) {});
  }
}

TEST_CASE("a column of texts is found as each of them is") {
  std::vector<std::string> cells;
  TextTable table;
  for (int i = 0; i < 1003; ++i) {
    std::string text(static_cast<std::size_t>(i % 23), static_cast<char>('a' + i % 3));
    if (i % 4 == 1) text += std::to_string(i % 50);
    if (i % 13 == 0) text = "部门" + std::to_string(i);
    if (i % 17 == 0) text = std::string(static_cast<std::size_t>(i % 16), '\0');
    cells.push_back(i % 7 == 0 ? text + "\r" : text);
  }
  const OneColumn column(cells, true);
  const CellTexts texts = column.rows.cells(0);
  const auto is_same_as_each = [&](Vectors vectors) {
    std::vector<std::uint32_t> numbers(cells.size());
    const bool are_there = table.find_all(texts, cells.size(), numbers.data(), vectors);
    std::size_t found = 0;
    for (std::size_t r = 0; r < cells.size(); ++r) {
      CAPTURE(cells[r]);
      CHECK(numbers[r] == table.find(texts[r]));
      found += numbers[r] != TextTable::kNone ? 1 : 0;
    }
    CHECK(are_there == (found == cells.size()));
    return found;
  };
  const auto found_by_all = [&] {
    const std::size_t found = is_same_as_each(Vectors::None);
    for (const Vectors vectors : vectors_of_this_machine()) {
      CHECK(is_same_as_each(vectors) == found);
    }
    return found;
  };
  CHECK(found_by_all() == 0);
  std::uint32_t added = 0;
  for (std::size_t r = 0; r < cells.size(); ++r) {
    if (r % 5 == 2 || texts[r].empty() || table.find(texts[r]) != TextTable::kNone) continue;
    table.add(texts[r], added++);
    if (added < 8) CHECK(found_by_all() >= added);  // few are found in another way
  }
  const std::size_t found = found_by_all();
  CHECK(found > 700);
  CHECK(found < cells.size());
  for (std::size_t r = 0; r < cells.size(); ++r) {
    if (!texts[r].empty() && table.find(texts[r]) == TextTable::kNone) {
      table.add(texts[r], added++);
    }
  }
  CHECK(found_by_all() < cells.size());  // a blank is as any other text
  REQUIRE(texts[0].empty());
  table.add(texts[0], added++);
  CHECK(found_by_all() == cells.size());
}

// Few marks and many, up to one in each byte.
std::string text_with_marks(unsigned seed) {
  std::string text;
  for (int i = 0; i < 3000; ++i) {
    seed = seed * 1664525u + 1013904223u;
    const unsigned kind = seed >> 24;
    const unsigned often = i / 500 * 50u;
    text += kind < often ? (kind % 4 == 0 ? '\n' : ',') : kind % 9 == 0 ? '\r' : 'x';
  }
  return text + "\n";
}

// Rows of four cells, but in every second text one cell more or less somewhere.
std::string text_of_rows(unsigned seed) {
  std::string text;
  for (unsigned row = 0; row < 500; ++row) {
    for (unsigned cell = 0; cell < 4; ++cell) {
      text += std::string((row * 7 + cell * seed) % 11, 'x') + (cell == 3 ? '\n' : ',');
    }
  }
  const std::size_t at = text.find(seed % 4 == 1 ? '\n' : ',', seed * 157 % text.size());
  if (seed % 2 == 1) text[at] = seed % 4 == 1 ? ',' : '\n';
  return text;
}

TEST_CASE("marks are found alike, however many bytes are looked at at once") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    const std::string text = seed < 20 ? text_with_marks(seed) : text_of_rows(seed);
    const std::string_view part = std::string_view(text).substr(seed < 20 ? seed * 7 : 0);
    TextMarks slow;
    find_marks(part, ',', slow, Vectors::None);
    for (const Vectors vectors : vectors_of_this_machine()) {
      TextMarks fast;
      find_marks(part, ',', fast, vectors);
      REQUIRE(fast.cell_count == slow.cell_count);
      REQUIRE(fast.row_count == slow.row_count);
      slow.ends.resize(slow.cell_count + 1);
      fast.ends.resize(slow.cell_count + 1);
      CHECK(fast.ends == slow.ends);
      slow.last_cells.resize(slow.row_count + 1);
      fast.last_cells.resize(slow.row_count + 1);
      CHECK(fast.last_cells == slow.last_cells);
    }
  }
}

TEST_CASE("a text table finds what was added, and nothing else") {
  TextTable table;
  std::vector<std::string> texts;
  for (int i = 0; i < 3000; ++i) {
    texts.push_back(std::string(static_cast<std::size_t>(i % 40), 'a') + std::to_string(i));
  }
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    const std::string text = in_a_text(texts[i]);
    const std::string_view cell = std::string_view(text).substr(0, texts[i].size());
    REQUIRE(table.find(cell) == TextTable::kNone);
    REQUIRE(table.add(cell, i));
  }
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    const std::string text = texts[i] + "something else behind it";
    CHECK(table.find(std::string_view(text).substr(0, texts[i].size())) == i);
    CHECK(table.find(std::string_view(text).substr(0, texts[i].size() + 1)) == TextTable::kNone);
  }
}

TEST_CASE("a text table takes only so many") {
  TextTable table;
  for (std::size_t i = 0; i < TextTable::kTextsMax; ++i) {
    const std::string text = in_a_text(std::to_string(i));
    REQUIRE(table.add(std::string_view(text).substr(0, std::to_string(i).size()), 1));
  }
  const std::string text = in_a_text("x");
  CHECK(!table.add(std::string_view(text).substr(0, 1), 1));
  CHECK(table.find(std::string_view(text).substr(0, 1)) == TextTable::kNone);
}

TEST_CASE("two zero bytes are not one") {
  TextTable table;
  const std::string text(32, '\0');
  REQUIRE(table.add(std::string_view(text).substr(0, 1), 1));
  CHECK(table.find(std::string_view(text).substr(0, 2)) == TextTable::kNone);
  CHECK(table.find(std::string_view(text).substr(0, 1)) == 1);
}

}  // namespace
}  // namespace xize::io
