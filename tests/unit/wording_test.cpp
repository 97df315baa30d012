// compiler/analysis: what can be told from quoted text.
#include "compiler/analysis/wording.h"

#include <doctest/doctest.h>

namespace xize::analysis {
namespace {

// The lists of a text as `stated/listed`, each with a blank behind.
std::string lists(std::string_view text) {
  std::string result;
  for (const CountedList& list : counted_lists(text)) {
    result += std::to_string(list.stated) + "/" + std::to_string(list.names.size());
    result += list.more ? "+ " : list.joined ? "& " : " ";
  }
  return result;
}

bool opposite(std::string_view a, std::string_view b) {
  const Polarity one = polarity_of(a), other = polarity_of(b);
  return one.rest == other.rest && one.turns != other.turns;
}

TEST_CASE("wording: a list before its number") {
  CHECK(lists("按照标准化、融合服务、服务拓展、宣传推广 5 个维度进行评估") == "5/4 ");
  CHECK(lists("从服务成效、综窗建设、一网通办、管理规范四个方面进行评分") == "4/4 ");
  CHECK(lists("分为“优秀、良好、一般”三个等次") == "3/3 ");
  CHECK(lists("按照成效度(“好差评”、建议)、成熟度、覆盖度3个维度") == "3/3 ");
  CHECK(lists("涉及服务评价、服务效率等 6 个方面，街镇涉及服务评价、服务途径等4个方面") == "6/2+ 4/2+ ");
  CHECK(lists("按照“一网通办”组织协调度、“好差评”整改、准确度、完备度 4 个维度") == "4/4 ");
  CHECK(lists("街镇、相关区级机关涉及组织协调、规划设计、电子政务等3个方面") == "3/3+ ");
  CHECK(lists("按照制度情况和运行机制、应用接入、安全与治理 3 个维度") == "3/3& ");
}

TEST_CASE("wording: a list behind its number") {
  CHECK(lists("【五要素：事项编码、事项名称、办事编号、部门名称】的情况") == "5/4 ");
  CHECK(lists("（四个方面：甲、乙、丙、丁）") == "4/4 ");
}

TEST_CASE("wording: numbers that count no list") {
  CHECK(lists("具体包括 10 个二级指标") == "");
  CHECK(lists("要求三个方面都做到") == "");
  CHECK(lists("甲、乙两项，丙、丁二十三个方面") == "");
}

TEST_CASE("wording: sentences that differ in their direction only") {
  CHECK(opposite("且去除重复评价", "且去除非重复评价"));
  CHECK(opposite("满意率不低于90%的得满分", "满意率不高于90%的得满分"));
  CHECK(opposite("比例上升的得分", "比例下降的得分"));
  CHECK_FALSE(opposite("满意率不低于90%的得满分", "满意率不少于90%的得满分"));
  CHECK_FALSE(opposite("满意率不低于90%的得满分", "满意率不高于80%的得满分"));
  CHECK_FALSE(opposite("未及时整改的", "未及时整改的"));
}

TEST_CASE("wording: the year that a title speaks of") {
  CHECK(year_in("2023 年度“一网通办”工作考核办法") == 2023);
  CHECK(year_in("参照2022版指标的2024年办法") == 2024);
  CHECK_FALSE(year_in("〔2023〕33号").has_value());
  CHECK_FALSE(year_in("第12023年").has_value());
}

}  // namespace
}  // namespace xize::analysis
