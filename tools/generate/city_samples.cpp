#include <algorithm>
#include <array>

#include "tools/generate/city_records.h"

namespace xize::generate {
namespace {

constexpr int kVisitsMax = 6;
constexpr int kGuidesMax = 20;
constexpr int kTestsMax = 10;
constexpr int kWorstGuides = 17;  // the department with more errors than the item has points for
constexpr int kWorstVisits = 23;  // the one where no visit could be saved

constexpr std::array<std::string_view, 8> kElements{"办理材料", "证照名称", "证照编码", "办理结果",
                                                    "法定时限", "承诺时限", "办理地点", "咨询电话"};
// Working days of each month from the middle on. In June the 25th, a Sunday, made up for the Dragon
// Boat Festival of the 22nd to the 24th; in April the 23rd for Labour Day.
constexpr std::array<std::array<int, 13>, 3> kWorkdays{{
    {11, 12, 13, 14, 17, 18, 19, 20, 21, 23, 24, 25, 26},
    {11, 12, 15, 16, 17, 18, 19, 22, 23, 24, 25, 26, 29},
    {12, 13, 14, 15, 16, 19, 20, 21, 25, 26, 27, 28, 29},
}};
constexpr int kLastStart = 6;  // tests start in the middle of the month

std::string workday_text(int month, int workday) {
  const auto& days = kWorkdays[static_cast<std::size_t>(month - kFirstMonth)];
  return day_text(month, days[static_cast<std::size_t>(workday)]);
}

// Where the `i`-th matter of a month's sample stands: every month goes on behind the last one.
std::size_t place_in_turn(const Department& department, int size, int i) {
  const int matters = static_cast<int>(department.matters.size());
  return static_cast<std::size_t>(((department.month - kFirstMonth) * size + i) % matters);
}

}  // namespace

std::string padded(int value, std::size_t width) {
  const std::string digits = std::to_string(value);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string month_text(int month) { return "2023-" + padded(month, 2); }

std::string day_text(int month, int day) { return month_text(month) + "-" + padded(day, 2); }

std::string serial_text(const Department& department, int serial) {
  return "23" + padded(department.month, 2) + padded(department.index, 2) + padded(serial, 5);
}

void matter_cells(CsvText& rows, const Department& department, const Matter& matter) {
  rows.cell(department.name).cell(month_text(department.month)).cell(matter.code);
  rows.cell(matter.certificates).cell(matter.cases).cell(matter.steps).cell(matter.steps_2019);
}

void case_cells(CsvText& rows, const Department& department, const Case& one) {
  rows.cell(department.name).cell(one.number).cell(one.closed);
  rows.yes_no(one.once).yes_no(one.late);
}

CitySamples::CitySamples()
    : visits_({"部门", "受理号", "办结日期", "最多跑一次", "办结超期", "能实现"}),
      guides_({"部门", "月份", "编码", "证照材料数", "当月办件", "现环节", "原环节", "错误数",
               "有误要素"}),
      tests_({"部门", "月份", "编码", "证照材料数", "当月办件", "现环节", "原环节", "发起", "驳回",
              "写入办件库"}) {}

void CitySamples::add(const Department& department, Random& random) {
  visit_cases(department, random);
  check_guides(department, random);
  test_matters(department, random);
}

// The cases whose numbers end in N, N+100, N+200 …; where there is no such number or it is no
// 最多跑一次, the nearest one before it that has not been drawn.
void CitySamples::visit_cases(const Department& department, Random& random) {
  const int last = department.cases.empty() ? 0 : department.cases.back().serial;
  std::vector<int> drawn;
  for (int target = random.between(0, 99); target < last + 100; target += 100) {
    if (drawn.size() == kVisitsMax) return;
    const Case* found = nullptr;
    for (const auto& one : department.cases) {
      const bool taken = std::find(drawn.begin(), drawn.end(), one.serial) != drawn.end();
      if (one.serial <= target && one.once && !taken) found = &one;
    }
    if (found == nullptr) continue;
    drawn.push_back(found->serial);
    const bool works = department.index != kWorstVisits && !random.chance(12);
    case_cells(visits_.row(), department, *found);
    visits_.yes_no(works);
  }
}

void CitySamples::check_guides(const Department& department, Random& random) {
  const bool worst = department.index == kWorstGuides;
  const int matters = static_cast<int>(department.matters.size());
  for (int i = 0; i < std::min(matters, kGuidesMax); ++i) {
    const int errors = worst ? 2 : random.chance(10) ? random.between(1, 2) : 0;
    const auto& matter = department.matters[place_in_turn(department, kGuidesMax, i)];
    std::string elements;
    for (int e = 0; e < errors; ++e) {
      if (e > 0) elements += "、";
      elements += random.pick(kElements);
    }
    matter_cells(guides_.row(), department, matter);
    guides_.cell(errors).cell(elements);
  }
}

// Most tests are rejected within three working days; some too late, some never, some are lost.
void CitySamples::test_matters(const Department& department, Random& random) {
  const int matters = static_cast<int>(department.matters.size());
  for (int i = 0; i < std::min(matters, kTestsMax); ++i) {
    const int start = random.between(0, kLastStart);
    const int fate = random.between(1, 100);
    const int wait = fate <= 90 ? random.between(0, 3) : random.between(4, 6);
    const int month = department.month;
    matter_cells(tests_.row(), department,
                 department.matters[place_in_turn(department, kTestsMax, i)]);
    tests_.cell(workday_text(month, start));
    tests_.cell(fate > 96 ? std::string() : workday_text(month, start + wait));
    tests_.yes_no(fate <= 96 && !random.chance(2));
  }
}

std::vector<DataFile> CitySamples::files() const {
  return {visits_.file("跑动件.csv"), guides_.file("抽查事项.csv"), tests_.file("测试事项.csv")};
}

}  // namespace xize::generate
