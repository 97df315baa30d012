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
// The working days of June 2023 from the 12th on; the 25th made up for the Dragon Boat Festival.
constexpr std::array<int, 14> kWorkdays{12, 13, 14, 15, 16, 19, 20, 21, 25, 26, 27, 28, 29, 30};
constexpr int kLastStart = 6;  // the 20th: tests start in the middle of the month

std::string day_text(int workday) {
  return "2023-06-" + std::to_string(kWorkdays[static_cast<std::size_t>(workday)]);
}

std::string padded(int value, std::size_t width) {
  const std::string digits = std::to_string(value);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

}  // namespace

std::string serial_text(int department, int serial) {
  return "2306" + padded(department, 2) + padded(serial, 5);
}

CitySamples::CitySamples()
    : visits_({"部门", "受理号", "能实现"}),
      errors_({"部门", "事项编码", "要素"}),
      tests_({"部门", "受理号", "发起", "驳回", "写入办件库"}) {}

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
    visits_.row().cell(department.name).cell(found->number).yes_no(works);
  }
}

void CitySamples::check_guides(const Department& department, Random& random) {
  const bool worst = department.index == kWorstGuides;
  const int matters = static_cast<int>(department.matters.size());
  for (int i = 0; i < std::min(matters, kGuidesMax); ++i) {
    const int errors = worst ? 2 : random.chance(10) ? random.between(1, 2) : 0;
    // Of more than twenty matters, every so many in turn.
    const auto at = static_cast<std::size_t>(matters <= kGuidesMax ? i : i * matters / kGuidesMax);
    for (int e = 0; e < errors; ++e) {
      errors_.row().cell(department.name).cell(department.matters[at].code);
      errors_.cell(random.pick(kElements));
    }
  }
}

// Most tests are rejected within three working days; some too late, some never, some are lost.
void CitySamples::test_matters(const Department& department, Random& random) {
  const int matters = static_cast<int>(department.matters.size());
  for (int i = 0; i < std::min(matters, kTestsMax); ++i) {
    const int start = random.between(0, kLastStart);
    const int fate = random.between(1, 100);
    const int wait = fate <= 90 ? random.between(0, 3) : random.between(4, 6);
    tests_.row().cell(department.name).cell("CS" + serial_text(department.index, i + 1));
    tests_.cell(day_text(start)).cell(fate > 96 ? std::string() : day_text(start + wait));
    tests_.yes_no(fate <= 96 && !random.chance(2));
  }
}

std::vector<DataFile> CitySamples::files() const {
  return {visits_.file("跑动抽查.csv"), errors_.file("指南错误.csv"), tests_.file("测试办件.csv")};
}

}  // namespace xize::generate
