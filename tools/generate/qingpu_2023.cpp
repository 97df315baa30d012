#include <array>
#include <string>

#include "tools/generate/policies.h"
#include "tools/generate/random.h"

namespace xize::generate {
namespace {

// The indicators a unit is scored on: all three, the first two (65 points), the third (35 points),
// or those of the towns.
enum class Scope { All, WithoutData, DataOnly, Town };

struct Unit {
  std::string_view name;
  Scope scope;
};

// Spelt as in the first annex; its third list and the records say 农业农村委 and 区残联.
constexpr std::array<Unit, 55> kUnits{{
    {"新闻出版和电影管理办公室", Scope::All},
    {"侨办", Scope::WithoutData},
    {"档案局", Scope::All},
    {"发改委", Scope::All},
    {"经委", Scope::All},
    {"商务委", Scope::All},
    {"农委", Scope::All},
    {"建管委", Scope::All},
    {"科委", Scope::All},
    {"国资委", Scope::All},
    {"卫健委", Scope::All},
    {"司法局", Scope::All},
    {"民政局", Scope::All},
    {"财政局", Scope::All},
    {"人社局", Scope::All},
    {"教育局", Scope::All},
    {"绿化市容局", Scope::All},
    {"生态环境局", Scope::All},
    {"规划资源局", Scope::All},
    {"房管局", Scope::All},
    {"水务局", Scope::All},
    {"退役军人局", Scope::All},
    {"应急局", Scope::All},
    {"文旅局", Scope::All},
    {"市场监管局", Scope::All},
    {"体育局", Scope::All},
    {"统计局", Scope::All},
    {"医保局", Scope::All},
    {"国动办", Scope::All},
    {"民宗办", Scope::All},
    {"消防救援支队", Scope::WithoutData},
    {"红十字会", Scope::WithoutData},
    {"总工会", Scope::WithoutData},
    {"团区委", Scope::WithoutData},
    {"妇联", Scope::WithoutData},
    {"残联", Scope::All},
    {"审计局", Scope::All},
    {"公安分局", Scope::DataOnly},
    {"城管执法局", Scope::DataOnly},
    {"区域办", Scope::DataOnly},
    {"机管局", Scope::DataOnly},
    {"税务局", Scope::DataOnly},
    {"青浦调查队", Scope::DataOnly},
    {"区城运中心", Scope::DataOnly},
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

// A column for the mark of an item, and where the item stands.
struct Mark {
  std::string_view column;
  int points;
  bool town;
  bool data;  // under 指标三
};

constexpr std::array<Mark, 13> kMarks{{
    {"附件1.网上政务服务能力.组织协调度", 15, false, false},
    {"办事指南准确度", 10, false, false},
    {"附件1.网上政务服务能力.服务方式完备度", 10, false, false},
    {"政务服务中心标准化建设", 10, false, false},
    {"线上线下融合服务", 5, false, false},
    {"附件1.线上线下融合度.重点工作落实及宣传推广", 10, false, false},
    {"附件1.数据治理应用.一网协同平台", 10, false, true},
    {"附件2.网上政务服务能力.组织协调度", 15, true, false},
    {"附件2.网上政务服务能力.服务方式完备度", 10, true, false},
    {"政务服务中心标准建设", 10, true, false},
    {"线上线下帮办服务", 10, true, false},
    {"附件2.线上线下融合度.重点工作落实及宣传推广", 15, true, false},
    {"附件2.数据治理应用.一网协同平台", 10, true, true},
}};

constexpr int kMonths = 11;        // to the end of sampling, 30 November
constexpr int kVisitsGoal = 4000;  // of a shop, each month
constexpr int kShelfGoal = 5000;   // of its shelf, in all
// Towns with a case of their own.
constexpr std::string_view kFewVisits = "重固镇";   // below the goal in one month
constexpr std::string_view kExactShelf = "白鹤镇";  // exactly 5000
constexpr std::string_view kNoApplication = "练塘镇";
constexpr std::string_view kOneApplication = "金泽镇";

// Makes all files of the policy.
class Qingpu {
 public:
  explicit Qingpu(std::uint64_t seed)
      : random_(seed),
        units_(header()),
        reports_({"单位名称", "月份", "报告分数"}),
        shops_({"单位名称", "月份", "访问量", "橱窗位访问量", "联动宣传"}),
        applications_({"单位名称", "应用名称", "类型"}) {}

  std::vector<DataFile> run() {
    for (const auto& unit : kUnits) {
      add_unit(unit);
      if (unit.scope == Scope::All || unit.scope == Scope::DataOnly) add_reports(unit);
      if (unit.scope == Scope::Town) {
        add_shop(unit);
        add_applications(unit);
      }
    }
    return {units_.file("被考核单位.csv"), reports_.file("数据运营报告.csv"),
            shops_.file("旗舰店运营.csv"), applications_.file("数据应用.csv")};
  }

 private:
  static std::vector<std::string> header() {
    std::vector<std::string> columns{"名称",         "超期答复", "回访不满意", "设“办不成事”窗口",
                                     "及时承办反映", "挂载率"};
    for (const auto& mark : kMarks) columns.emplace_back(mark.column);
    return columns;
  }

  // The name that the second half of the documents uses.
  static std::string_view other_name(std::string_view name) {
    if (name == "农委") return "农业农村委";
    if (name == "残联") return "区残联";
    return name;
  }

  static std::string month_text(int month) {
    return (month < 10 ? "2023-0" : "2023-") + std::to_string(month);
  }

  void add_unit(const Unit& unit) {
    units_.row().cell(unit.name);
    if (unit.scope == Scope::DataOnly) {
      for (int i = 0; i < 4; ++i) units_.not_applicable();
    } else {
      units_.cell(random_.chance(8) ? random_.between(1, 3) : 0);
      units_.cell(random_.chance(6) ? 1 : 0);
      units_.yes_no(!random_.chance(4)).yes_no(!random_.chance(4));
    }
    if (unit.scope == Scope::WithoutData) {
      units_.not_applicable();
    } else {
      units_.cell(random_.chance(35) ? "100%" : tenths(random_.between(700, 999)) + "%");
    }
    for (const auto& mark : kMarks) add_mark(unit.scope, mark);
  }

  // Half of the marks are full, the others lose up to three tenths; in steps of half a point.
  void add_mark(Scope scope, const Mark& mark) {
    const bool town = scope == Scope::Town;
    const bool outside = mark.data ? scope == Scope::WithoutData : scope == Scope::DataOnly;
    if (mark.town != town || outside) {
      units_.not_applicable();
      return;
    }
    const int lost = random_.chance(50) ? 0 : random_.between(1, mark.points * 6 / 10);
    units_.cell(tenths(mark.points * 10 - lost * 5));
  }

  void add_reports(const Unit& unit) {
    const bool perfect = unit.name == "公安分局";
    const int usual = random_.between(780, 960);
    for (int month = 1; month <= kMonths; ++month) {
      const int score = usual + random_.between(-60, 40);
      reports_.row().cell(other_name(unit.name)).cell(month_text(month));
      reports_.cell(tenths(perfect ? 1000 : score));
    }
  }

  void add_shop(const Unit& unit) {
    int shelf = 0;
    for (int month = 1; month <= kMonths; ++month) {
      const bool few = unit.name == kFewVisits && month == 2;
      const int visits = few ? kVisitsGoal - 1 : kVisitsGoal + random_.between(0, 5200);
      const bool closing = unit.name == kExactShelf && month == kMonths;
      const int looked = closing ? kShelfGoal - shelf : random_.between(300, 480);
      shelf += looked;
      shops_.row().cell(unit.name).cell(month_text(month)).cell(visits).cell(looked);
      shops_.cell(random_.chance(20) ? 1 : 0);
    }
  }

  void add_applications(const Unit& unit) {
    static constexpr std::array<std::string_view, 3> kKinds{"自然人数据应用", "法人数据应用",
                                                            "企业专属网页"};
    static constexpr std::array<std::string_view, 6> kSubjects{
        "独居老人关爱", "沿街商铺", "园区企业服务", "租赁房管理", "惠农补贴", "社区健康"};
    int count = random_.between(2, 6);
    if (unit.name == kNoApplication) count = 0;
    if (unit.name == kOneApplication) count = 1;
    for (int i = 0; i < count; ++i) {
      const auto& subject = kSubjects[static_cast<std::size_t>(i)];
      applications_.row().cell(unit.name).cell(std::string(unit.name) + std::string(subject));
      applications_.cell(random_.pick(kKinds));
    }
  }

  Random random_;
  CsvText units_, reports_, shops_, applications_;
};

}  // namespace

std::vector<DataFile> qingpu_2023(std::uint64_t seed) { return Qingpu(seed).run(); }

}  // namespace xize::generate
