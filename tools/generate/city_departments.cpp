#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "tools/generate/city_records.h"
#include "tools/generate/policies.h"

namespace xize::generate {
namespace {

constexpr int kRandom = -1;

// A department: how many matters it has, how many of them are done at once, and its promised
// limit as a share of the statutory one, in per cent; kRandom where nothing depends on it.
struct Profile {
  std::string_view name;
  int matters;
  int at_once = kRandom;
  int promised = kRandom;
};

// The first ones stand on the ends of the tiers: at once 5 %, 7 %, 10 % and just below; promised
// limits shorter by 50 %, 55 %, 60 % and just less.
constexpr std::array<Profile, 60> kProfiles{{
    {"市发展改革委", 20, 1, 50},
    {"市教育局", 100, 7, 45},
    {"市科技局", 10, 1, 40},
    {"市工业和信息化局", 21, 1, 51},
    {"市公安局", 101, 7, 46},
    {"市民政局", 41, 4, 41},
    {"市财政局", 9, 0, 100},
    {"市人力资源社会保障局", 60, 3, 55},
    {"市自然资源局", 80, 8, 120},
    {"市生态环境局", 19, 1},
    {"市住房城乡建设局", 100, 5},
    {"市交通运输局", 100, 10},
    {"市水利局", 34},
    {"市农业农村局", 57},
    {"市商务局", 18},
    {"市文化旅游局", 42},
    {"市卫生健康委", 66},
    {"市退役军人事务局", 12},
    {"市应急管理局", 25},
    {"市审计局", 3},
    {"市国资委", 7},
    {"市市场监管局", 88},
    {"市体育局", 16},
    {"市统计局", 5},
    {"市医保局", 28},
    {"市信访局", 4},
    {"市乡村振兴局", 6},
    {"市林业局", 39},
    {"市城市管理局", 47},
    {"市政务服务局", 8},
    {"市大数据局", 5},
    {"市地方金融局", 11},
    {"市人防办", 13},
    {"市粮食和储备局", 10},
    {"市机关事务局", 3},
    {"市民族宗教局", 22},
    {"市司法局", 31},
    {"市外事办", 6},
    {"市档案局", 7},
    {"市新闻出版局", 24},
    {"市侨办", 5},
    {"市委编办", 4},
    {"市残联", 14},
    {"市总工会", 6},
    {"市妇联", 3},
    {"团市委", 4},
    {"市红十字会", 5},
    {"市科协", 3},
    {"市消防救援支队", 9},
    {"市税务局", 52},
    {"市气象局", 11},
    {"市烟草专卖局", 12},
    {"市邮政管理局", 15},
    {"市住房公积金中心", 23},
    {"市社会保险中心", 30},
    {"市医疗保障中心", 20},
    {"市不动产登记中心", 35},
    {"市通信管理办", 10},
    {"市供销社", 3},
    {"市园林绿化局", 17},
}};

// Departments with a case of their own, by number.
constexpr int kConnectedLate = 33;     // not connected to the provincial case library
constexpr int kComplaint = 37;         // cases that citizens could not look up
constexpr int kUnsorted = 41;          // not collected as required
constexpr int kBareFields = 52;        // sent without organisation and region codes
constexpr int kNoCases = 35;           // nothing handled in these months
constexpr int kComplaintNoCases = 59;  // the same, and a complaint
constexpr int kExactSteps = 6;         // steps down by exactly 60 %
constexpr int kMoreSteps = 27;         // more steps than in 2019
constexpr int kNoPromise = 46;         // no matter with a promised limit
constexpr int kManyLicences = 10;      // more licences sent than materials asked for
constexpr std::array<int, 9> kNoLicences{20, 24, 26, 35, 42, 44, 45, 46, 48};
constexpr std::array<int, 4> kNoRequests{20, 24, 45, 48};  // no other asks for their data

template <class List>
bool holds(const List& list, int value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// What a department states once, for all months.
struct Standing {
  std::array<int, 4> depth{};
  int at_once = 0;
  std::array<int, 3> windows{};
  int promised = 0, statutory = 0;
};

// Makes all files of the policy.
class CityDepartments {
 public:
  explicit CityDepartments(std::uint64_t seed)
      : random_(seed),
        units_({"名称",
                "月份",
                "事项总数",
                "事项办理深度.N1",
                "事项办理深度.N2",
                "事项办理深度.N3",
                "事项办理深度.N4",
                "即办程度.N",
                "一窗通办推进.N1",
                "一窗通办推进.N2",
                "一窗通办推进.N3",
                "办件数据汇集.N",
                "办件数据汇集.M",
                "投诉无法查询",
                "未按要求汇聚",
                "对接省办件库",
                "推送机构和区划字段",
                "减时限成效.N",
                "减时限成效.M",
                "减材料成效.N",
                "电子证照实时生成率.N",
                "电子证照实时生成率.M",
                "电子证照及时修复率.N",
                "电子证照及时修复率.M",
                "共享审批及时性.N",
                "共享审批及时性.M",
                "数据共享有效性.N1",
                "数据共享有效性.N2",
                "数据共享有效性.M1",
                "数据共享有效性.M2",
                "数据质量修复情况.N",
                "数据质量修复情况.M"}),
        matters_({"部门", "月份", "编码", "证照材料数", "当月办件", "现环节", "原环节"}),
        cases_({"部门", "受理号", "办结日期", "最多跑一次", "办结超期"}) {}

  std::vector<DataFile> run() {
    for (std::size_t i = 0; i < kProfiles.size(); ++i) {
      add_department(kProfiles[i], static_cast<int>(i) + 1);
    }
    std::vector<DataFile> files{units_.file("部门.csv"), matters_.file("事项.csv"),
                                cases_.file("办件.csv")};
    auto samples = samples_.files();
    files.insert(files.end(), std::make_move_iterator(samples.begin()),
                 std::make_move_iterator(samples.end()));
    return files;
  }

 private:
  void add_department(const Profile& profile, int index) {
    Department department{profile.name, index, kFirstMonth, {}, {}};
    for (int i = 1; i <= profile.matters; ++i) department.matters.push_back(matter(index, i));
    const Standing standing = stand(profile, index);
    for (int month = kFirstMonth; month <= kLastMonth; ++month) {
      department.month = month;
      department.cases.clear();
      int serial = 0;
      for (auto& matter : department.matters) add_matter(department, matter, serial);
      add_unit(profile, department, standing);
      samples_.add(department, random_);
    }
  }

  Matter matter(int index, int number) {
    const bool licences = !holds(kNoLicences, index);
    Matter matter;
    matter.code = padded(index, 2) + padded(number, 5);
    matter.certificates = licences ? random_.between(0, 3) : 0;
    matter.steps_2019 = random_.between(5, 9);
    matter.steps = random_.between(2, 5);
    if (index == kExactSteps) matter.steps_2019 = 5, matter.steps = 2;
    if (index == kMoreSteps) matter.steps = matter.steps_2019 + random_.between(0, 1);
    return matter;
  }

  void add_matter(Department& department, Matter& matter, int& serial) {
    const bool idle = department.index == kNoCases || department.index == kComplaintNoCases;
    matter.cases = idle || random_.chance(25) ? 0 : random_.between(1, 4);
    matter_cells(matters_.row(), department, matter);
    for (int i = 0; i < matter.cases; ++i) add_case(department, serial);
  }

  // Numbers are given out over all departments, so a department's own have gaps.
  void add_case(Department& department, int& serial) {
    serial += random_.between(3, 40);
    Case one{serial_text(department, serial), serial, {}, random_.chance(80), random_.chance(3)};
    one.closed = day_text(department.month, random_.between(1, 30));
    case_cells(cases_.row(), department, one);
    department.cases.push_back(std::move(one));
  }

  Standing stand(const Profile& profile, int index) {
    Standing standing;
    standing.depth = depth(profile.matters);
    const int at_once = random_.between(0, profile.matters / 4);
    standing.at_once = profile.at_once == kRandom ? at_once : profile.at_once;
    standing.windows = windows(profile.matters);
    if (index == kNoPromise) return standing;
    standing.statutory = 100 * random_.between(1, 9);
    const int share = random_.between(30, 70);
    standing.promised =
        standing.statutory / 100 * (profile.promised == kRandom ? share : profile.promised);
    return standing;
  }

  // Four numbers of matters that add up to all of them.
  std::array<int, 4> depth(int matters) {
    const int fourth = matters * random_.between(30, 90) / 100;
    const int third = (matters - fourth) * random_.between(20, 70) / 100;
    const int second = (matters - fourth - third) * random_.between(20, 80) / 100;
    return {matters - fourth - third - second, second, third, fourth};
  }

  std::array<int, 3> windows(int matters) {
    const int third = matters * random_.between(20, 80) / 100;
    const int second = (matters - third) * random_.between(20, 80) / 100;
    const int first = (matters - third - second) * random_.between(50, 100) / 100;
    return {first, second, third};
  }

  void add_unit(const Profile& profile, const Department& department, const Standing& standing) {
    units_.row().cell(profile.name).cell(month_text(department.month)).cell(profile.matters);
    for (const int number : standing.depth) units_.cell(number);
    units_.cell(standing.at_once);
    for (const int number : standing.windows) units_.cell(number);
    add_collection(department);
    units_.cell(standing.promised).cell(standing.statutory);
    add_licences(department);
    add_sharing(department);
  }

  // Every case has a number; what was collected is at most that.
  void add_collection(const Department& department) {
    const int index = department.index;
    const int numbers = static_cast<int>(department.cases.size());
    const int lost = random_.chance(40) ? 0 : numbers * random_.between(0, 15) / 100;
    const bool connected = index != kConnectedLate;
    units_.cell(connected ? numbers - lost : 0).cell(numbers);
    units_.yes_no(index == kComplaint || index == kComplaintNoCases).yes_no(index == kUnsorted);
    units_.yes_no(connected).yes_no(index != kBareFields && connected);
  }

  // 减材料成效, 电子证照实时生成率, 电子证照及时修复率: only of departments with licences.
  void add_licences(const Department& department) {
    if (holds(kNoLicences, department.index)) {
      units_.cell(0);
      for (int i = 0; i < 4; ++i) units_.not_applicable();
      return;
    }
    int asked = 0;
    for (const auto& matter : department.matters) asked += matter.cases * matter.certificates;
    const int share = department.index == kManyLicences ? 130 : random_.between(40, 100);
    units_.cell(asked * share / 100);
    const int issued = static_cast<int>(department.cases.size()) * random_.between(20, 60) / 100;
    units_.cell(issued - issued * random_.between(0, 20) / 100).cell(issued);
    add_part(random_.between(0, 12), 60);
  }

  // 共享审批及时性, 数据共享有效性, 数据质量修复情况.
  void add_sharing(const Department& department) {
    const bool none = holds(kNoRequests, department.index) || random_.chance(15);
    add_part(none ? 0 : random_.between(1, 30), 70);
    const int interfaces = random_.chance(20) ? 0 : random_.between(1, 12);
    const int tables = random_.chance(15) ? 0 : random_.between(1, 20);
    units_.cell(interfaces - (interfaces > 1 && random_.chance(30) ? 1 : 0));
    units_.cell(tables * random_.between(80, 100) / 100).cell(interfaces).cell(tables);
    add_part(random_.chance(20) ? 0 : random_.between(5, 400), 75);
  }

  // A part, at least `percent` of the whole, and the whole.
  void add_part(int whole, int percent) {
    units_.cell(whole * random_.between(percent, 100) / 100).cell(whole);
  }

  Random random_;
  CsvText units_, matters_, cases_;
  CitySamples samples_;
};

}  // namespace

std::vector<DataFile> city_departments(std::uint64_t seed) { return CityDepartments(seed).run(); }

}  // namespace xize::generate
