#include <array>
#include <string>

#include "tools/generate/policies.h"
#include "tools/generate/random.h"

namespace xize::generate {
namespace {

// What a unit is scored on: all of its annex; for some agencies not 服务模式, not 服务规范, or none
// of the four indicators of services (they have no matters that people apply for).
enum class Scope { All, NoMode, NoNorm, NoService, Town };

struct Unit {
  std::string_view name;
  Scope scope;
};

constexpr std::array<Unit, 53> kUnits{{
    {"区人才工作局", Scope::All},
    {"区新闻出版和电影管理办公室", Scope::All},
    {"区侨办", Scope::NoMode},
    {"区档案局", Scope::NoMode},
    {"区发展改革委", Scope::All},
    {"区经委", Scope::All},
    {"区商务委", Scope::All},
    {"区农业农村委", Scope::All},
    {"区建设管理委", Scope::All},
    {"区科委", Scope::All},
    {"区国资委", Scope::NoService},
    {"区卫生健康委", Scope::All},
    {"公安青浦分局", Scope::All},
    {"区司法局", Scope::All},
    {"区民政局", Scope::All},
    {"区财政局", Scope::All},
    {"区人力资源社会保障局", Scope::All},
    {"区审计局", Scope::NoService},
    {"区教育局", Scope::All},
    {"区绿化市容局", Scope::All},
    {"区生态环境局", Scope::All},
    {"区规划资源局", Scope::All},
    {"区住房保障房屋管理局", Scope::All},
    {"区水务局", Scope::All},
    {"区退役军人局", Scope::All},
    {"区应急局", Scope::All},
    {"区文化旅游局", Scope::All},
    {"区市场监管局", Scope::All},
    {"区体育局", Scope::All},
    {"区统计局", Scope::NoService},
    {"区医保局", Scope::All},
    {"区城管执法局", Scope::All},
    {"区国动办", Scope::All},
    {"区民宗办", Scope::NoMode},
    {"区税务局", Scope::NoNorm},
    {"区消防救援局", Scope::NoNorm},
    {"区城运中心", Scope::NoService},
    {"区红十字会", Scope::NoMode},
    {"区总工会", Scope::NoService},
    {"团区委", Scope::NoService},
    {"区妇联", Scope::NoService},
    {"区残联", Scope::All},
    {"夏阳街道", Scope::Town},
    {"盈浦街道", Scope::Town},
    {"香花桥街道", Scope::Town},
    {"赵巷镇", Scope::Town},
    {"徐泾镇", Scope::Town},
    {"华新镇", Scope::Town},
    {"重固镇", Scope::Town},
    {"白鹤镇", Scope::Town},
    {"朱家角镇", Scope::Town},
    {"练塘镇", Scope::Town},
    {"金泽镇", Scope::Town},
}};

// What a mark is about: it is not given to those whose scope leaves it out.
enum class About { Everyone, Mode, Norm, Service };

// A column for the mark of an item, and where the item stands.
struct Mark {
  std::string_view column;
  int points;
  bool town;
  About about;
};

constexpr std::array<Mark, 12> kMarks{{
    {"附件1.组织协调", 10, false, About::Everyone},
    {"服务模式", 15, false, About::Mode},
    {"附件1.政务服务“一网通办”工作.服务效率", 10, false, About::Service},
    {"附件1.政务服务“一网通办”工作.服务途径", 10, false, About::Service},
    {"服务规范", 5, false, About::Norm},
    {"附件1.城市数字赋能工作.规划设计和场景建设", 30, false, About::Everyone},
    {"附件1.城市数字赋能工作.电子政务建设与应用", 15, false, About::Everyone},
    {"附件2.组织协调", 10, true, About::Everyone},
    {"附件2.政务服务“一网通办”工作.服务效率", 15, true, About::Everyone},
    {"附件2.政务服务“一网通办”工作.服务途径", 20, true, About::Everyone},
    {"附件2.城市数字赋能工作.规划设计和场景建设", 30, true, About::Everyone},
    {"附件2.城市数字赋能工作.电子政务建设与应用", 15, true, About::Everyone},
}};

constexpr int kMonths = 11;        // to the end of sampling, 30 November
constexpr int kMinutesGoal = 20;   // of a window, on the average
constexpr int kLastApplied = 290;  // day of the year; all is done before the end of sampling
// Agencies and towns with a case of their own.
constexpr std::string_view kExactMinutes = "区市场监管局";  // 20 minutes on the average
constexpr std::string_view kMoreMinutes = "区教育局";       // a little more
constexpr std::string_view kLateFaults = "区民政局";        // all its faults after the sampling
constexpr std::string_view kUnanswered = "区绿化市容局";    // 办不成事
constexpr std::string_view kUnansweredTown = "白鹤镇";

bool applies(Scope scope, About about) {
  if (about == About::Mode) return scope != Scope::NoMode && scope != Scope::NoService;
  if (about == About::Norm) return scope != Scope::NoNorm && scope != Scope::NoService;
  return about == About::Everyone || scope != Scope::NoService;
}

// A day of 2024, counted from 1.
std::string date_text(int day) {
  static constexpr std::array<int, 12> kDays{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::size_t month = 0;
  for (; day > kDays[month]; ++month) day -= kDays[month];
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return "2024-" + two(static_cast<int>(month) + 1) + "-" + two(day);
}

std::string month_text(int month) {
  return (month < 10 ? "2024-0" : "2024-") + std::to_string(month);
}

// Makes all files of the policy.
class Qingpu {
 public:
  explicit Qingpu(std::uint64_t seed)
      : random_(seed),
        units_(header()),
        answers_({"单位名称", "收到", "来源", "超期答复", "超期整改", "回访不满意"}),
        failures_({"单位名称", "收到", "及时承办"}),
        windows_({"单位名称", "日期", "办理时长"}),
        cases_({"单位名称", "办件编号", "申请", "有预审环节", "及时受理", "受理", "一次申报通过",
                "网上办理", "全程网办", "承诺办结", "办结"}),
        help_({"单位名称", "月份", "呼入", "接通", "一分钟响应", "解答准确", "满意"}),
        maps_({"单位名称", "变更", "更新"}),
        shops_({"单位名称", "月份", "访问量", "服务访问量", "橱窗位发布数量", "橱窗位访问量",
                "橱窗位点赞数", "橱窗位分享数", "关注数"}) {}

  std::vector<DataFile> run() {
    for (const auto& unit : kUnits) {
      add_unit(unit);
      add_answers(unit);
      add_failures(unit);
      if (unit.scope == Scope::Town) add_shop(unit);
      if (unit.scope == Scope::NoService) continue;
      add_windows(unit);
      add_cases(unit);
      add_maps(unit);
    }
    return {units_.file("被考核单位.csv"),
            answers_.file("差评整改.csv"),
            failures_.file("办不成事.csv"),
            windows_.file("大厅办理.csv"),
            cases_.file("办件.csv"),
            help_.file("线上帮办.csv"),
            maps_.file("地图信息.csv"),
            shops_.file("旗舰店运营.csv"),
            contests(),
            reprimands()};
  }

 private:
  static std::vector<std::string> header() {
    std::vector<std::string> columns{"名称",     "线上人工帮办", "免申即享事项", "免申即享对象",
                                     "个人事项", "法人事项",     "公服事项",     "有办件公服事项",
                                     "平台用户", "激活用户"};
    for (const auto& mark : kMarks) columns.emplace_back(mark.column);
    columns.emplace_back("附件1.加分事项.任务成效突出");
    columns.emplace_back("附件2.加分事项.任务成效突出");
    return columns;
  }

  void not_applicable(int cells) {
    for (int i = 0; i < cells; ++i) units_.not_applicable();
  }

  void add_unit(const Unit& unit) {
    const bool agency = unit.scope != Scope::Town;
    units_.row().cell(unit.name);
    if (agency && applies(unit.scope, About::Mode)) {
      add_help(unit);
      const int matters = random_.between(0, 6);
      units_.cell(matters).cell(matters * random_.between(20, 900));
    } else {
      not_applicable(3);
    }
    if (agency && applies(unit.scope, About::Service)) {
      units_.cell(random_.between(0, 40)).cell(random_.between(0, 60));
    } else {
      not_applicable(2);
    }
    if (agency && applies(unit.scope, About::Norm)) {
      const int matters = random_.between(4, 40);
      units_.cell(matters).cell(matters - random_.between(0, matters / 3));
    } else {
      not_applicable(2);
    }
    const int users = random_.between(30, 400);
    units_.cell(users).cell(random_.chance(40) ? users : users - random_.between(1, users / 6));
    for (const auto& mark : kMarks) add_mark(unit.scope, mark);
    add_bonus(unit.scope);
  }

  // Half of the marks are full, the others lose up to three tenths; in steps of half a point.
  void add_mark(Scope scope, const Mark& mark) {
    if (mark.town != (scope == Scope::Town) || !applies(scope, mark.about)) {
      units_.not_applicable();
      return;
    }
    const int lost = random_.chance(50) ? 0 : random_.between(1, mark.points * 6 / 10);
    units_.cell(tenths(mark.points * 10 - lost * 5));
  }

  void add_bonus(Scope scope) {
    const int bonus = random_.chance(25) ? random_.between(1, 6) * 5 : 0;
    if (scope == Scope::Town) units_.not_applicable().cell(tenths(bonus));
    else units_.cell(tenths(bonus)).not_applicable();
  }

  // Who answers for the unit, and each month's calls where it does so itself.
  void add_help(const Unit& unit) {
    const bool itself = random_.chance(45);
    units_.cell(itself ? "自行承接" : "委托政务服务中心承接");
    for (int month = 1; itself && month <= kMonths; ++month) {
      const int calls = random_.between(10, 160);
      const int taken = calls - random_.between(0, calls / 8);
      help_.row().cell(unit.name).cell(month_text(month)).cell(calls).cell(taken);
      for (int i = 0; i < 3; ++i) help_.cell(taken - random_.between(0, taken / 10));
    }
  }

  void add_answers(const Unit& unit) {
    static constexpr std::array<std::string_view, 5> kSources{"日常答复", "12345工单", "周报",
                                                              "季报", "年报"};
    const int count = random_.between(1, 4);
    for (int i = 0; i < count; ++i) {
      answers_.row().cell(unit.name).cell(date_text(random_.between(5, 330)));
      answers_.cell(random_.pick(kSources));
      for (int k = 0; k < 3; ++k) answers_.yes_no(random_.chance(2) && unit.name != kLateFaults);
    }
    if (unit.name != kLateFaults) return;
    answers_.row().cell(unit.name).cell("2024-12-02").cell("周报");
    answers_.yes_no(true).yes_no(false).yes_no(true);
  }

  void add_failures(const Unit& unit) {
    const bool unanswered = unit.name == kUnanswered || unit.name == kUnansweredTown;
    const int count = unanswered ? 2 : random_.between(0, 2);
    for (int i = 0; i < count; ++i) {
      failures_.row().cell(unit.name).cell(date_text(random_.between(5, 330)));
      failures_.yes_no(!unanswered || i > 0);
    }
  }

  void add_windows(const Unit& unit) {
    const int usual = random_.between(9, 18);
    for (int i = 0; i < 10; ++i) {
      int minutes = usual + random_.between(-5, 8);
      if (unit.name == kExactMinutes) minutes = kMinutesGoal + (i % 2 == 0 ? -i : i - 1);
      if (unit.name == kMoreMinutes) minutes = kMinutesGoal + (i == 3 ? 1 : 0);
      windows_.row().cell(unit.name).cell(date_text(random_.between(5, 330))).cell(minutes);
    }
  }

  void add_cases(const Unit& unit) {
    for (int i = 0; i < 12; ++i) {
      const int applied = random_.between(4, kLastApplied);
      const bool checked_before = random_.chance(40);
      const int accepted = applied + random_.between(0, checked_before ? 4 : 1);
      const int promised = applied + random_.between(8, 30);
      const bool online = random_.chance(75);
      cases_.row().cell(unit.name).cell("QP2024" + std::to_string(++case_number_ + 10000));
      cases_.cell(date_text(applied)).yes_no(checked_before).yes_no(!random_.chance(6));
      cases_.cell(date_text(accepted)).yes_no(!random_.chance(12));
      cases_.yes_no(online).yes_no(online && random_.chance(70)).cell(date_text(promised));
      const bool late = random_.chance(5);
      cases_.cell(date_text(late ? promised + random_.between(1, 9)
                                 : accepted + random_.between(0, promised - accepted)));
    }
  }

  void add_maps(const Unit& unit) {
    const int count = random_.between(2, 4);
    for (int i = 0; i < count; ++i) {
      const int changed = random_.between(10, 320);
      maps_.row().cell(unit.name).cell(date_text(changed));
      maps_.cell(
          date_text(changed + (random_.chance(8) ? random_.between(4, 9) : random_.between(0, 1))));
    }
  }

  void add_shop(const Unit& unit) {
    for (int month = 1; month <= kMonths; ++month) {
      const int visits = random_.between(3000, 9500);
      const int shelf = random_.between(200, 700);
      shops_.row().cell(unit.name).cell(month_text(month)).cell(visits);
      shops_.cell(visits * random_.between(20, 60) / 100).cell(random_.between(1, 6)).cell(shelf);
      shops_.cell(shelf * random_.between(5, 20) / 100).cell(random_.between(0, 30));
      shops_.cell(random_.between(10, 300));
    }
  }

  // Who took part in a contest: with a model case or without, in time or after the sampling.
  static DataFile contests() {
    CsvText rows({"单位名称", "日期", "活动名称", "形成典型案例", "加分"});
    const auto add = [&](const char* unit, const char* day, bool model, const char* bonus) {
      rows.row().cell(unit).cell(day).cell("“数据要素×”大赛上海分赛");
      rows.yes_no(model).cell(bonus);
    };
    add("区经委", "2024-07-18", true, "1.5");
    add("区经委", "2024-09-06", false, "0");
    add("区卫生健康委", "2024-07-18", true, "2");
    add("区城运中心", "2024-08-22", true, "2");
    add("区农业农村委", "2024-07-18", false, "1");
    add("区商务委", "2024-12-06", true, "1.5");
    add("徐泾镇", "2024-07-18", true, "1");
    add("金泽镇", "2024-08-22", false, "0");
    return rows.file("赛事活动.csv");
  }

  // Each kind of fault, grave or not, one after the sampling.
  static DataFile reprimands() {
    CsvText rows({"单位名称", "日期", "情形", "经过", "减分", "情节严重"});
    const auto add = [&](const char* unit, const char* day, const char* kind) -> CsvText& {
      return rows.row().cell(unit).cell(day).cell(kind);
    };
    add("区水务局", "2024-05-13", "未守住数据安全底线").cell("系统弱口令致数据外泄");
    rows.cell("3").yes_no(true);
    add("区城管执法局", "2024-08-09", "受到批评或通报").cell("区政府办公室通报");
    rows.cell("1").yes_no(false);
    add("区城管执法局", "2024-10-21", "任务部署落实不力").cell("数据归集逾期");
    rows.cell("0.5").yes_no(false);
    add("区司法局", "2024-12-05", "受到批评或通报").cell("区政府办公室通报");
    rows.cell("2").yes_no(true);
    add("重固镇", "2024-06-27", "任务部署落实不力").cell("一网协同上线逾期");
    rows.cell("1").yes_no(false);
    add("香花桥街道", "2024-03-19", "受到批评或通报").cell("市级督查通报");
    rows.cell("2.5").yes_no(true);
    return rows.file("减分情形.csv");
  }

  Random random_;
  int case_number_ = 0;
  CsvText units_, answers_, failures_, windows_, cases_, help_, maps_, shops_;
};

}  // namespace

std::vector<DataFile> qingpu_2024(std::uint64_t seed) { return Qingpu(seed).run(); }

}  // namespace xize::generate
