// What a municipal department did in a month: its matters and its cases, and the samples that
// inspectors drew from them.
// In: random numbers. Out: rows of records. Private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/generate/csv_text.h"
#include "tools/generate/random.h"

namespace xize::generate {

// The months of 2023 that the data cover.
inline constexpr int kFirstMonth = 4;
inline constexpr int kLastMonth = 6;

// One matter that a department handles (事项).
struct Matter {
  std::string code;
  int certificates = 0;  // among the materials asked for
  int cases = 0;         // of the month at hand
  int steps = 0;
  int steps_2019 = 0;
};

// One case of the month (办件).
struct Case {
  std::string number;
  int serial = 0;      // the running number within the department, with gaps
  std::string closed;  // the day
  bool once = false;   // 最多跑一次
  bool late = false;
};

// A department while its rows of a month are made.
struct Department {
  std::string_view name;
  int index = 0;  // from 1
  int month = kFirstMonth;
  std::vector<Matter> matters;
  std::vector<Case> cases;  // of the month
};

// The rows of 事项 and 办件; a list of a sample repeats those that were drawn.
void matter_cells(CsvText& rows, const Department& department, const Matter& matter);
void case_cells(CsvText& rows, const Department& department, const Case& one);

// The lists of the three samples, filled in: 跑动件, 抽查事项, 测试事项.
class CitySamples {
 public:
  CitySamples();
  void add(const Department& department, Random& random);
  [[nodiscard]] std::vector<DataFile> files() const;

 private:
  void visit_cases(const Department& department, Random& random);
  void check_guides(const Department& department, Random& random);
  void test_matters(const Department& department, Random& random);

  CsvText visits_, guides_, tests_;
};

// The digits of a case's number: `2306` for the month, two for the department, then five.
std::string serial_text(const Department& department, int serial);

// A number with zeros before it.
std::string padded(int value, std::size_t width);

// `2023-06`, and a day of it.
std::string month_text(int month);
std::string day_text(int month, int day);

}  // namespace xize::generate
