#include <array>
#include <string>

#include "tools/generate/policies.h"
#include "tools/generate/random.h"

namespace xize::generate {
namespace {

constexpr std::array<std::string_view, 34> kDepartments{
    "区发展改革委", "区经委",         "区商务委", "区教育局",     "区科委",
    "区公安分局",   "区民政局",       "区司法局", "区财政局",     "区人社局",
    "区规划资源局", "区生态环境局",   "区建管委", "区交通委",     "区农业农村委",
    "区水务局",     "区文旅局",       "区卫健委", "区退役军人局", "区应急局",
    "区审计局",     "区市场监管局",   "区国资委", "区体育局",     "区统计局",
    "区医保局",     "区绿化市容局",   "区房管局", "区城管执法局", "区税务局",
    "区烟草专卖局", "区公积金管理部", "区残联",   "区气象局"};
// Departments with a case of their own.
constexpr std::string_view kPerfect = "区市场监管局";  // all 120 points in the fourth quarter
constexpr std::string_view kLate = "区气象局";         // moved in with the second quarter
constexpr std::string_view kBehindDoors = "区审计局";  // 0 for its counter in the third quarter

struct Quarter {
  std::string_view name;
  std::string_view filled_in;
};

constexpr std::array<Quarter, 4> kQuarters{{{"2024年第一季度", "2024-03-28"},
                                            {"2024年第二季度", "2024-06-27"},
                                            {"2024年第三季度", "2024-09-26"},
                                            {"2024年第四季度", "2024-12-26"}}};

// An indicator of the form, what it is worth, and what an assessor notes where points are lost or,
// for a bonus, given.
struct Indicator {
  std::string_view name;
  int points;
  std::array<std::string_view, 2> notes;
};

constexpr std::array<Indicator, 10> kIndicators{{
    {"线上帮办", 10, {"一分钟响应率未达标", "有账号连续两日未登录签到"}},
    {"线下帮办", 5, {"当季未上报帮办案例", "“办不成事”反映转办后逾期回复"}},
    {"咨询服务", 5, {"网上留言咨询逾期回复", "抽测电话咨询未接通"}},
    {"服务评价", 10, {"好差评差评逾期整改", "12345 投诉逾期处理"}},
    {"窗口业务支撑", 10, {"政策调整后未及时提供审核要点", "当季未组织业务培训"}},
    {"办理协同顺畅度", 10, {"跨部门协同办件逾期反馈", "“啄木鸟”平台问题逾期处理"}},
    {"窗口服务规范化", 10, {"退件未按规范登记", "有办件超时受理"}},
    {"在线服务成熟度", 20, {"全程网办件占比下降", "仍要求提交可免交的材料"}},
    {"两集中两到位", 10, {"有事项需回科室审批", "审批人员调动未办手续"}},
    {"工作纪律", 10, {"有无故缺席会议", "中心交办任务逾期"}},
}};

constexpr std::array<Indicator, 4> kBonuses{{
    {"“一网通办”有创新亮点的", 6, {"上线“智能办”远程云导办", "新增长三角跨省通办事项"}},
    {"政务服务有突出表现的", 6, {"上门帮办获企业书面表扬", "审批流程压缩一个环节"}},
    {"信息录用、新闻宣传", 4, {"信息被中心录用", "区级媒体报道"}},
    {"其他表现突出的加分项", 4, {"承担中心试点任务", "获评市级青年文明号"}},
}};

constexpr std::array<std::string_view, 3> kClasses{"受理人员", "审批人员", "帮办人员"};

// Someone who works at a counter of a department.
struct Person {
  std::string number, name;
  std::string_view kind, status;
};

class Baoshan {
 public:
  explicit Baoshan(std::uint64_t seed)
      : random_(seed),
        departments_(header()),
        notes_({"部门名称", "填写时间", "评分内容", "备注"}),
        staff_({"部门名称", "考核日期", "工号", "姓名", "类别", "身份", "参加考核", "考核得分"}) {}

  std::vector<DataFile> run() {
    for (const auto department : kDepartments) add_department(department);
    return {departments_.file("常驻部门.csv"), notes_.file("评分备注.csv"),
            staff_.file("工作人员.csv")};
  }

 private:
  static std::vector<std::string> header() {
    std::vector<std::string> columns{"部门名称", "季度", "填写时间"};
    for (const auto& indicator : kIndicators) columns.emplace_back(indicator.name);
    for (const auto& bonus : kBonuses) columns.emplace_back(bonus.name);
    return columns;
  }

  void add_department(std::string_view department) {
    const int care = random_.between(0, 2);  // how often it loses points
    const auto people = make_people();
    for (std::size_t i = 0; i < kQuarters.size(); ++i) {
      if (department == kLate && i == 0) {
        add_empty_form(department, kQuarters[i]);
        continue;
      }
      add_form(department, i, care);
      for (const auto& person : people) add_person(department, kQuarters[i], person);
    }
  }

  // A quarter in which the department was not there yet.
  void add_empty_form(std::string_view department, const Quarter& when) {
    departments_.row().cell(department).cell(when.name).cell(when.filled_in);
    for (std::size_t i = 0; i < kIndicators.size() + kBonuses.size(); ++i) {
      departments_.not_applicable();
    }
  }

  void add_form(std::string_view department, std::size_t quarter, int care) {
    const Quarter& when = kQuarters[quarter];
    const bool perfect = department == kPerfect && quarter == 3;
    departments_.row().cell(department).cell(when.name).cell(when.filled_in);
    for (const auto& indicator : kIndicators) {
      const bool none =
          department == kBehindDoors && quarter == 2 && indicator.name == "窗口服务规范化";
      int lost = random_.chance(30 + 15 * care) ? random_.between(1, indicator.points * 5 / 10) : 0;
      if (perfect) lost = 0;
      if (none) lost = indicator.points * 2;
      departments_.cell(tenths(indicator.points * 10 - lost * 5));
      if (none) {
        add_note(department, when, indicator.name, "检查发现以科室代窗口，纸质材料未纳入综合窗口");
      } else if (lost > 0) {
        add_note(department, when, indicator.name, random_.pick(indicator.notes));
      }
    }
    for (const auto& bonus : kBonuses) {
      int halves = random_.chance(45 - 15 * care) ? random_.between(1, bonus.points * 2) : 0;
      if (perfect) halves = bonus.points * 2;
      departments_.cell(tenths(halves * 5));
      if (halves > 0) add_note(department, when, bonus.name, random_.pick(bonus.notes));
    }
  }

  void add_note(std::string_view department, const Quarter& when, std::string_view item,
                std::string_view note) {
    notes_.row().cell(department).cell(when.filled_in).cell(item).cell(note);
  }

  std::vector<Person> make_people() {
    static constexpr std::array<std::string_view, 16> kFamilies{"王", "李", "张", "陈", "徐", "朱",
                                                                "沈", "陆", "顾", "周", "吴", "金",
                                                                "施", "黄", "杨", "赵"};
    static constexpr std::array<std::string_view, 16> kGiven{
        "佳怡", "晓东", "敏", "海燕", "志强", "文静", "建国", "丽萍",
        "晨",   "雨婷", "伟", "思远", "慧",   "俊杰", "芳",   "一鸣"};
    std::vector<Person> people;
    const int count = random_.between(3, 11);
    for (int i = 0; i < count; ++i) {
      const auto number = std::to_string(1000 + ++people_);
      std::string name(random_.pick(kFamilies));
      name += random_.pick(kGiven);
      const auto kind = random_.pick(kClasses);
      std::string_view status = "其他";
      if (kind == "审批人员" && random_.chance(60)) {
        status = random_.chance(70) ? "公务员" : "参公人员";
      }
      people.push_back({"BS" + number, name, kind, status});
    }
    return people;
  }

  // Who was away for most of a quarter takes no part and has no score.
  void add_person(std::string_view department, const Quarter& when, const Person& person) {
    const bool takes_part = !random_.chance(4);
    staff_.row().cell(department).cell(when.filled_in).cell(person.number).cell(person.name);
    staff_.cell(person.kind).cell(person.status).yes_no(takes_part);
    staff_.cell(takes_part ? tenths(random_.between(800, 930) + random_.between(0, 68)) : "");
  }

  Random random_;
  int people_ = 0;
  CsvText departments_, notes_, staff_;
};

}  // namespace

std::vector<DataFile> baoshan_2023(std::uint64_t seed) { return Baoshan(seed).run(); }

}  // namespace xize::generate
