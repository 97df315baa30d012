#include <algorithm>
#include <array>
#include <cassert>
#include <string>

#include "tools/generate/dates_2021.h"
#include "tools/generate/policies.h"
#include "tools/generate/random.h"

namespace xize::generate {
namespace {

constexpr std::array<std::string_view, 48> kDepartments{"市发展改革委",
                                                        "市经济信息化委",
                                                        "市商务委",
                                                        "市教委",
                                                        "市科委",
                                                        "市公安局",
                                                        "市民政局",
                                                        "市司法局",
                                                        "市财政局",
                                                        "市人力资源社会保障局",
                                                        "市规划资源局",
                                                        "市生态环境局",
                                                        "市住房城乡建设管理委",
                                                        "市交通委",
                                                        "市农业农村委",
                                                        "市水务局",
                                                        "市文化旅游局",
                                                        "市卫生健康委",
                                                        "市应急局",
                                                        "市市场监管局",
                                                        "市地方金融监管局",
                                                        "市体育局",
                                                        "市医保局",
                                                        "市绿化市容局",
                                                        "市税务局",
                                                        "市民防办",
                                                        "市粮食物资储备局",
                                                        "市药品监管局",
                                                        "市知识产权局",
                                                        "市新闻出版局",
                                                        "市档案局",
                                                        "市残联",
                                                        "市总工会",
                                                        "市民族宗教局",
                                                        "市国家安全局",
                                                        "市机管局",
                                                        "市政府侨办",
                                                        "市审计局",
                                                        "市国资委",
                                                        "市政府合作交流办",
                                                        "市统计局",
                                                        "市退役军人局",
                                                        "市烟草专卖局",
                                                        "市气象局",
                                                        "化工区管委会",
                                                        "临港新片区管委会",
                                                        "虹桥商务区管委会",
                                                        "长兴岛开发建设管委会"};
constexpr int kAssessed = 33;  // the first 33; the others are 参照评估单位
constexpr std::array<std::string_view, 16> kDistricts{
    "浦东新区", "黄浦区", "徐汇区", "长宁区", "静安区", "普陀区", "虹口区", "杨浦区",
    "闵行区",   "宝山区", "嘉定区", "金山区", "松江区", "青浦区", "奉贤区", "崇明区"};

// Departments whose cases are handled by the districts in one system (统建条线).
constexpr std::array<std::string_view, 4> kOneSystem{"市公安局", "市人力资源社会保障局",
                                                     "市市场监管局", "市税务局"};
// Units with a case of their own.
constexpr std::string_view kPudong = "浦东新区";       // the national pilot, done on the last day
constexpr std::string_view kShortOfTrades = "崇明区";  // 24 trades of 25
constexpr std::string_view kHasTrades = "黄浦区";      // exactly 25
constexpr std::string_view kExactCounters = "徐汇区";  // exactly 80 % of its counters
constexpr std::string_view kExactOnline = "市教委";    // exactly 70 % of its cases online
constexpr std::string_view kAlmostOnline = "市科委";   // one case fewer

constexpr int kScenes = 66;  // of the whole city
constexpr int kTrades = 25;
constexpr int kCutoffDay = 333;  // 30 November, counted from 1 January as 0

struct Unit {
  std::string_view name;
  int number = 0;
  bool district = false;
  bool one_system = false;
  int skill = 0;  // percent: how often a thing is as it should be
};

struct Matter {
  std::string code;
  int legal_days = 0;
  bool at_once = false;
  bool online = false;  // from end to end
};

std::vector<std::string> header(std::string_view names) {
  std::vector<std::string> columns;
  while (true) {
    const auto space = names.find(' ');
    columns.emplace_back(names.substr(0, space));
    if (space == std::string_view::npos) return columns;
    names.remove_prefix(space + 1);
  }
}

std::string numbered(std::string_view prefix, int number) {
  const std::string digits = std::to_string(number);
  return std::string(prefix) + std::string(digits.size() < 5 ? 5 - digits.size() : 0, '0') + digits;
}

// Makes all files of the policy.
class Shanghai {
 public:
  explicit Shanghai(std::uint64_t seed) : random_(seed) {}

  std::vector<DataFile> run() {
    int number = 0;
    for (const auto name : kDepartments) add(name, ++number, false);
    for (const auto name : kDistricts) add(name, ++number, true);
    return {units_.file("单位表.csv"),     matters_.file("事项.csv"),
            cases_.file("办件.csv"),       line_cases_.file("条线办件.csv"),
            ratings_.file("评价.csv"),     licences_.file("证照调用.csv"),
            panel_.file("评审会打分.csv"), halls_.file("大厅.csv"),
            maps_.file("地图更新.csv"),    catalogues_.file("资源目录.csv"),
            tables_.file("数据库表.csv"),  demands_.file("数据需求.csv"),
            reviews_.file("责任审核.csv"), disputes_.file("异议工单.csv")};
  }

 private:
  void add(std::string_view name, int number, bool district) {
    unit_ = {name, number, district, false, random_.between(72, 97)};
    unit_.one_system = std::find(kOneSystem.begin(), kOneSystem.end(), name) != kOneSystem.end();
    add_matters();
    add_cases();
    if (unit_.one_system) add_line_cases();
    add_licences();
    add_panel("好办", random_.between(1, 2));
    if (district) add_panel("一件事", 1);
    add_halls();
    add_data();
    add_unit();
  }

  bool well() { return random_.chance(unit_.skill); }
  bool badly() { return random_.chance((100 - unit_.skill) / 2); }
  // A part of `whole` that goes with the unit's skill.
  int part(int whole) {
    return std::min(whole, whole * (unit_.skill + random_.between(-6, 6)) / 100);
  }

  void add_matters() {
    static constexpr std::array<std::string_view, 10> kKinds{
        "许可", "许可", "许可", "许可", "给付", "奖励", "确认", "裁决", "其他", "公共服务"};
    static constexpr std::array<std::string_view, 4> kModes{"模式1", "模式2", "模式2", "模式3"};
    list_.clear();
    const int count = unit_.district ? 18 : random_.between(12, 15);
    for (int i = 0; i < count; ++i) {
      Matter matter;
      matter.code = numbered("SH", ++matter_number_);
      matter.legal_days = 5 * random_.between(1, 8);
      matter.at_once = i == 0 || random_.chance(20);
      matter.online = random_.chance(unit_.skill * 3 / 4);
      const auto kind = i < 2 ? kKinds[0] : i == 2 ? kKinds[9] : random_.pick(kKinds);
      const int issued = random_.between(1, 6);
      matters_.row().cell(unit_.name).cell(matter.code).cell(kind).cell(matter.legal_days);
      matters_.cell(matter.at_once ? 0 : std::max(1, matter.legal_days * 2 / 5 - (i % 3)));
      matters_.yes_no(matter.at_once).yes_no(well()).cell(issued);
      matters_.cell(part(issued)).yes_no(i == 0 || random_.chance(25));
      matters_.yes_no(i == 0 || random_.chance(20));
      matters_.yes_no(i == 1 || random_.chance(30)).cell(random_.pick(kModes));
      matters_.yes_no(random_.chance(8)).yes_no(well());
      add_depth(matter.online);
      matters_.yes_no(well());
      const bool mobile = i < 2 || random_.chance(70);
      const bool connected = mobile && (i == 0 || well());
      matters_.yes_no(mobile).yes_no(connected).yes_no(connected && well());
      for (int k = 0; k < 8; ++k) matters_.yes_no(random_.chance(90) || well());
      list_.push_back(matter);
    }
  }

  // What the matter can do online, and how often an applicant has to come: all five depths.
  void add_depth(bool online) {
    const bool checked = online || random_.chance(60);
    const bool viewed = checked || random_.chance(60);
    const bool published = viewed || random_.chance(80);
    const bool described = published || random_.chance(70);
    const int visits = online    ? (random_.chance(8) ? 1 : 0)
                       : checked ? random_.between(1, 2)
                                 : random_.between(1, 3);
    matters_.yes_no(described).yes_no(described).yes_no(published).yes_no(viewed);
    matters_.yes_no(checked).yes_no(online).cell(visits);
  }

  void add_cases() {
    // A unit that stands on the edge of 70 % has twenty cases, none of them an inquiry.
    const bool exact = unit_.name == kExactOnline || unit_.name == kAlmostOnline;
    const int count = exact ? 20 : unit_.district ? 48 : random_.between(24, 32);
    int online_left = unit_.name == kExactOnline ? 14 : unit_.name == kAlmostOnline ? 13 : -1;
    for (int i = 0; i < count; ++i) {
      const auto& matter = list_[static_cast<std::size_t>(
          std::min(random_.between(0, int(list_.size()) - 1), random_.between(0, 15)) %
          int(list_.size()))];
      const bool online = exact ? online_left-- > 0 : matter.online || well();
      add_case(matter, online, exact);
    }
  }

  void add_case(const Matter& matter, bool online, bool plain) {
    const std::string number = numbered("BJ", ++case_number_);
    const int day = working_day(random_.between(4, plain ? 250 : 345));
    const int taken = matter.at_once ? (well() ? 0 : 1) : random_.between(1, matter.legal_days);
    const bool open = !plain && random_.chance(3);
    const std::string piece = well() ? numbered("ZZ", ++piece_number_) : "";
    const bool drawn = !piece.empty() ? random_.chance(80) : badly();
    cases_.row().cell(unit_.name).cell(number).cell(matter.code).cell(date_text(day));
    cases_.cell(open ? "" : date_text(plus_workdays(day, taken))).cell(matter.legal_days);
    cases_.yes_no(matter.at_once).yes_no(!plain && random_.chance(10));
    cases_.yes_no(online && (plain || random_.chance(90))).yes_no(online && random_.chance(80));
    cases_.yes_no(online && matter.online).yes_no(random_.chance(15)).cell(piece);
    cases_.cell(drawn ? "电子证照库引用" : random_.chance(70) ? "上传" : "窗口收取");
    for (int k = 0; k < 4; ++k) cases_.yes_no(badly() && random_.chance(40));
    cases_.cell(random_.chance(6) ? 15 : well() ? random_.between(1, 14) : random_.between(16, 90));
    cases_.yes_no(random_.chance(92));
    if (random_.chance(60)) add_rating(number, day + taken);
    if (random_.chance(8)) add_rating(number, day + taken + 3);  // rated once more
  }

  void add_rating(const std::string& number, int day) {
    const int stars = random_.chance(88) ? random_.between(4, 5) : random_.between(1, 3);
    const bool bad = stars <= 2;
    const bool unclear = bad && random_.chance(30);
    const int due = day + 15;
    ratings_.row().cell(unit_.name).cell(numbered("PJ", ++rating_number_)).cell(number);
    ratings_.cell(random_.chance(85) ? "办件评价" : "其他评价").cell(date_text(day)).cell(stars);
    ratings_.yes_no(unclear).cell(date_text(due));
    ratings_.cell(bad && badly() ? "" : date_text(bad && badly() ? due + 2 : due - 4));
    const bool returned = bad && !unclear && random_.chance(70);
    ratings_.yes_no(returned).yes_no(returned && badly());
  }

  void add_line_cases() {
    for (int i = 0; i < 60; ++i) {
      const int day = working_day(random_.between(4, 340));
      const bool online = well();
      line_cases_.row().cell(unit_.name).cell(numbered("TX", ++line_number_));
      line_cases_.cell(random_.pick(kDistricts)).cell(date_text(day));
      line_cases_.cell(random_.chance(4) ? ""
                                         : date_text(plus_workdays(day, random_.between(0, 9))));
      line_cases_.yes_no(random_.chance(10)).yes_no(online).yes_no(online && random_.chance(70));
      line_cases_.yes_no(online && well());
    }
  }

  void add_licences() {
    static constexpr std::array<std::string_view, 6> kTypes{
        "身份证", "营业执照", "户口簿", "不动产权证", "结婚证", "食品经营许可证"};
    const int count = unit_.district ? 12 : random_.between(6, 10);
    for (int i = 0; i < count; ++i) {
      const auto& matter = random_.pick(list_);
      licences_.row().cell(unit_.name).cell(date_text(working_day(random_.between(4, kCutoffDay))));
      licences_.cell(random_.pick(kTypes)).yes_no(i == 0 || well()).cell(matter.code);
      licences_.cell(badly() ? "" : matter.code + "办理").cell(well() ? "张" : "");
      licences_.cell(badly() ? "" : numbered("BS", i + 1)).cell(badly() ? "" : unit_.name);
    }
  }

  // Five assessors for each matter that is shown.
  void add_panel(std::string_view kind, int shown) {
    for (int i = 0; i < shown; ++i) {
      const int usual = unit_.skill - random_.between(0, 8);
      for (int assessor = 1; assessor <= 5; ++assessor) {
        panel_.row().cell(unit_.name).cell(std::string(kind) + "演示" + std::to_string(i + 1));
        panel_.cell(kind).cell("评委" + std::to_string(assessor));
        panel_.cell(std::min(100, usual + random_.between(-6, 6)));
      }
    }
  }

  void add_halls() {
    const int count = unit_.district ? random_.between(4, 8) : random_.between(1, 2);
    for (int i = 0; i < count; ++i) {
      const int counters = unit_.name == kExactCounters ? 10 : random_.between(8, 40);
      const int general = unit_.name == kExactCounters ? 8 : part(counters);
      const std::string hall =
          std::string(unit_.name) + "政务服务大厅" + (i == 0 ? "" : std::to_string(i));
      halls_.row().cell(unit_.name).cell(hall);
      halls_.yes_no(i == 0 || well()).yes_no(well()).yes_no(well()).cell(counters).cell(general);
      halls_.cell(badly() ? std::min(2, counters - general) : 0).yes_no(well());
      halls_.yes_no(well()).yes_no(well());
      if (!unit_.district) continue;
      const int changed = working_day(random_.between(4, 340));
      maps_.row().cell(unit_.name).cell(hall).cell(date_text(changed));
      maps_.cell(date_text(plus_workdays(changed, well() ? i % 2 : 2)));
    }
  }

  void add_data() {
    for (int i = unit_.district ? 12 : 8; i > 0; --i) {
      catalogues_.row().cell(unit_.name).cell(numbered("ML", ++catalogue_number_));
      catalogues_.yes_no(random_.chance(35)).yes_no(well()).yes_no(random_.chance(40));
      catalogues_.yes_no(well()).yes_no(well());
      const int due = working_day(random_.between(30, kCutoffDay - 10));
      tables_.row().cell(unit_.name).cell(numbered("KB", catalogue_number_)).cell(date_text(due));
      tables_.cell(date_text(well() ? due : due + 3)).yes_no(well()).yes_no(random_.chance(60));
      tables_.yes_no(badly()).yes_no(well()).yes_no(well()).yes_no(i == 1 || random_.chance(50));
    }
    for (int i = random_.between(4, 6); i > 0; --i) {
      const bool clear = well();
      const std::string number = numbered("XQ", ++demand_number_);
      demands_.row()
          .cell(unit_.name)
          .cell(number)
          .yes_no(clear)
          .yes_no(!clear && random_.chance(50));
      const int day = working_day(random_.between(30, 300));
      reviews_.row().cell(unit_.name).cell(number).cell(date_text(day));
      reviews_.cell(date_text(plus_workdays(day, well() ? 1 : 2)));
      reviews_.cell(date_text(plus_workdays(day, well() ? 5 : 6)));
      reviews_.cell(date_text(plus_workdays(day, well() ? 15 : 17)));
      disputes_.row().cell(unit_.name).cell(numbered("YY", ++dispute_number_));
      disputes_.cell(date_text(working_day(random_.between(30, 345))));
      disputes_.yes_no(i > 1 && badly()).yes_no(well());
    }
  }

  // A count and the part of it that is as it should be, the part behind.
  void share(int whole) { units_.cell(whole).cell(part(whole)); }

  void add_unit() {
    const int fields = random_.between(60, 200);
    const int filled = part(fields);
    units_.row().cell(unit_.name).cell(fields).cell(filled).cell(part(filled));
    share(random_.between(400, 3000));
    share(random_.between(4, 12));
    if (unit_.district) {
      for (int k = 0; k < kCityColumns; ++k) units_.not_applicable();
      add_district();
    } else {
      add_department();
      for (int k = 0; k < kDistrictColumns; ++k) units_.not_applicable();
    }
  }

  void add_department() {
    for (int k = 0; k < 3; ++k) units_.cell(random_.between(0, 9));
    const int measured = random_.between(200, 900);
    units_.cell(part(measured)).cell(measured);
    const int duties = random_.between(40, 160);
    units_.cell(duties).cell(part(duties)).cell(part(duties)).yes_no(unit_.one_system);
    units_.cell(random_.between(0, 3)).cell(random_.between(1, 8)).cell(random_.between(20, 400));
    units_.cell(random_.between(0, 12));
    share(random_.between(30, 90));
    units_.yes_no(random_.chance(90));
    add_scenes();
    units_.cell(tenths(unit_.skill * 10 - random_.between(0, 60))).yes_no(random_.chance(85));
    units_.cell(random_.between(0, 10));
    share(random_.between(1, 20));
  }

  // The 66 scenes are led by the 33 units that are assessed: 1, 2 or 3 each.
  void add_scenes() {
    if (unit_.number > kAssessed) {
      units_.not_applicable().not_applicable();
      return;
    }
    const int scenes = kScenes / kAssessed + 1 - (unit_.number - 1) % 3;
    units_.cell(scenes).cell(part(scenes));
  }

  void add_district() {
    units_.cell(random_.between(0, 5));
    const bool pilot = unit_.name == kPudong;
    units_.cell(pilot ? date_text(kCutoffDay) : "");
    const int more = unit_.name == kHasTrades ? 0 : random_.between(0, 6);
    units_.cell(
        pilot ? "" : std::to_string(unit_.name == kShortOfTrades ? kTrades - 1 : kTrades + more));
    const int joint = random_.between(300, 2500);
    units_.cell(joint).cell(joint * random_.between(2, 4)).yes_no(random_.chance(90));
    const int firms = random_.between(20'000, 90'000);
    units_.cell(firms).cell(firms * random_.between(15, 60) / 100).yes_no(well());
    units_.cell(random_.between(3, 30)).cell(random_.between(300, 900));
    const int machines = random_.between(40, 160);
    units_.cell(machines * random_.between(150, 600)).cell(machines).cell(part(machines) / 2);
    share(random_.between(20, 90));
    share(random_.between(30, 120));
    units_.cell(random_.between(0, 200)).cell(random_.between(10, 80));
    units_.cell(random_.between(20'000, 400'000)).cell(random_.between(5, 60));
  }

  static constexpr int kCityColumns = 23;
  static constexpr int kDistrictColumns = 22;

  Random random_;
  Unit unit_;
  std::vector<Matter> list_;  // of the unit at hand
  int matter_number_ = 0, case_number_ = 0, piece_number_ = 0, rating_number_ = 0;
  int line_number_ = 0, catalogue_number_ = 0, demand_number_ = 0, dispute_number_ = 0;

  CsvText units_{header(
      "名称 应填字段数 预填字段数 预填正确数 模型调用次数 识别成功次数 随申码场景数 完成场景数 "
      "证照满足种类 数据满足种类 行政协助满足种类 数据核验测算量 数据核验办件量 权责清单事项数 "
      "编目权责事项数 归集权责事项数 统建条线 牵头一件事数 配合一件事数 子办件数量 "
      "接入一业一证事项数 应用标签数 有效应用标签数 用户数据脱敏 牵头场景数 落地场景数 质量评分 "
      "异议核实制度 证照应用场景数 制发证照类型数 同步发放类型数 "
      "参加市级试点数 试点任务完成 落地业态数 行业综合许可证数 单项许可证数 区用户数据脱敏 "
      "区内企业数 "
      "访问企业数 非登录版 应清理公服数 无差别综窗事项数 终端办件总量 终端数 延伸终端数 "
      "物联视频目录数 "
      "挂接物联视频目录数 全部需求数据数 落实责任数据数 问题数据数 共享接口数 接口调用量 "
      "区证照应用场景数")};
  CsvText matters_{header(
      "单位 事项编码 类别 法定时限 承诺时限 即办 有评价 核发材料数 免交材料数 进驻社区中心 好办 "
      "不见面 接入模式 "
      "依托国家系统 符合统一认证 办事指南 咨询投诉 信息发布 在线预审 在线核验 全程网办 到现场次数 "
      "接入一网通办 移动端条件 接入随申办 对接办件库 街道名称 门牌号 房间号 窗口号 受理时间 "
      "联系电话 "
      "流程要素 现场次数")};
  CsvText cases_{header(
      "单位 办件编号 事项编码 受理 办结 法定时限 即办 查询类 网上申请 网上受理 全程网上 一件事 "
      "派生件编号 收取方式 编码错误 办件错误 环节错误 环节顺序错误 上传用时 关联事项目录")};
  CsvText line_cases_{header("部门 办件编号 承办区 受理 办结 查询类 网上申请 网上受理 全程网上")};
  CsvText ratings_{
      header("单位 评价编号 办件编号 类型 评价日期 星级 作意见建议 回复期限 回复日期 实名转办办结 "
             "回访不满意")};
  CsvText licences_{
      header("单位 调用日期 证照类型 直接联通 事项编码 事项名称 经办人姓名 办事编号 部门名称")};
  CsvText panel_{header("单位 演示事项 评审内容 评委 打分")};
  CsvText halls_{header(
      "单位 大厅名称 有评价数据 标准化改造 便民制度 窗口数 综合窗口数 单一功能窗口数 可统一预约 "
      "信息完整 信息准确")};
  CsvText maps_{header("单位 大厅名称 信息变更 地图更新日")};
  CsvText catalogues_{header("单位 目录编号 核心 已挂接 无条件共享 有业务标准 已分级")};
  CsvText tables_{
      header("单位 表名 应归集日 归集日 系统直连 实时归集 空表 有主键 有时间戳 支撑共享")};
  CsvText demands_{header("单位 需求编号 规范清晰 不规范驳回")};
  CsvText reviews_{header("单位 需求编号 收到 响应 审核 提供")};
  CsvText disputes_{header("单位 工单编号 收到 超时 回复达标")};
};

}  // namespace

std::vector<DataFile> shanghai_2021(std::uint64_t seed) { return Shanghai(seed).run(); }

}  // namespace xize::generate
