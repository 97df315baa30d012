#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "compiler/versions/matching.h"
#include "compiler/versions/report.h"
#include "compiler/versions/similarity.h"

using namespace xize::versions;
using Texts = std::vector<std::string>;

namespace {

// A rubric with indicators of these names, each with a sentence that says what it is about.
struct Named {
  std::string name, wording;
  int points = 10;
};
Outline rubric_of(const std::vector<Named>& items) {
  Outline outline;
  outline.push_back({.subject = Subject::Policy, .name = "办法"});
  outline.push_back({.subject = Subject::Rubric, .name = "表", .parent = 0});
  for (const auto& [name, wording, points] : items) {
    Thing item{.subject = Subject::Item, .name = name, .parent = 1};
    item.points = points;
    if (!wording.empty()) {
      item.facts.push_back({.aspect = Aspect::Quote, .text = wording, .meaning = wording});
    }
    outline.push_back(std::move(item));
  }
  return outline;
}

// `甲>乙` for each match of items, sorted by the old side.
Texts matched(const std::vector<Named>& old, const std::vector<Named>& now,
              const std::vector<DeclaredMatch>& declared = {}) {
  const Outline before = rubric_of(old), after = rubric_of(now);
  Texts found;
  for (const Match& one : match(before, after, declared)) {
    std::string text;
    bool items = true;
    for (const int i : one.olds) {
      items &= before[static_cast<std::size_t>(i)].subject == Subject::Item;
      text += before[static_cast<std::size_t>(i)].name;
    }
    text += '>';
    for (const int i : one.news) {
      items &= after[static_cast<std::size_t>(i)].subject == Subject::Item;
      text += after[static_cast<std::size_t>(i)].name;
    }
    if (items) found.push_back(text);
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

TEST_CASE("versions: names are alike by what they have in common, in order") {
  CHECK(name_likeness("服务质量", "服务质量") == 1.0);
  CHECK(name_likeness("服务质量", "服务成效") == 0.5);
  CHECK(name_likeness("“信息录用”、宣传", "信息录用宣传") == 1.0);
  CHECK(name_likeness("甲", "乙") == 0.0);
  CHECK(name_likeness("", "") == 1.0);
  CHECK(name_likeness("“”", "，") == 0.0);
}

TEST_CASE("versions: sentences are alike by their neighbouring characters") {
  CHECK(likeness(grams_of("办件按时办结"), grams_of("办件，按时办结。")) == 1.0);
  CHECK(likeness(grams_of(""), grams_of("")) == 0.0);
  CHECK(share_found(grams_of("按时办结"), grams_of("办件按时办结情况")) == 1.0);
  CHECK(share_found(grams_of("办件按时办结情况"), grams_of("按时办结")) < 0.5);
}

TEST_CASE("versions: the pairing is the best together, not one after the other") {
  // Greedy would take 0.9 first and leave the second row with nothing.
  CHECK(assign({{0.9, 0.8}, {0.8, 0.0}}) == std::vector<int>{1, 0});
  CHECK(assign({{0.0, 0.0}, {0.0, 0.5}}) == std::vector<int>{-1, 1});
  CHECK(assign({{0.4}, {0.6}, {0.5}}) == std::vector<int>{-1, 0, -1});
  CHECK(assign({}).empty());
  CHECK(assign({{}, {}}) == std::vector<int>{-1, -1});
}

TEST_CASE("versions: the same name is the same thing, whatever it says") {
  CHECK(matched({{"甲项", "全部换了的一句话在这里"}}, {{"甲项", "与原来毫不相干的新要求"}}) ==
        Texts{"甲项>甲项"});
}

TEST_CASE("versions: another name and the same wording is a renaming") {
  const std::string wording = "各渠道投诉的处理时效和整改情况";
  CHECK(matched({{"投诉处理", wording}}, {{"服务评价", wording}}) == Texts{"投诉处理>服务评价"});
  CHECK(matched({{"投诉处理", wording}}, {{"安全生产", "消防设施完好率和应急演练次数"}}) ==
        Texts{">安全生产", "投诉处理>"});
}

TEST_CASE("versions: without wording a name must be near") {
  CHECK(matched({{"组织协调度", ""}}, {{"组织协调", ""}}) == Texts{"组织协调度>组织协调"});
  CHECK(matched({{"服务效率", ""}}, {{"服务途径", ""}}) == Texts{">服务途径", "服务效率>"});
}

TEST_CASE("versions: a split and a merge are found by names with their points, or by wording") {
  CHECK(matched({{"帮办服务", "", 20}}, {{"线上帮办服务", "", 12}, {"线下帮办服务", "", 8}}) ==
        Texts{"帮办服务>线上帮办服务线下帮办服务"});
  // The points do not add up: the second is new.
  CHECK(matched({{"帮办服务", "", 20}}, {{"线上帮办服务", "", 20}, {"线下帮办服务", "", 8}}) ==
        Texts{">线下帮办服务", "帮办服务>线上帮办服务"});
  const std::string first = "严格遵守考勤管理制度，无迟到早退",
                    second = "各类会议活动按时出席，无故不得缺席";
  CHECK(matched({{"考勤", first}, {"会议", second}}, {{"工作纪律", first + "；" + second}}) ==
        Texts{"考勤会议>工作纪律"});
}

TEST_CASE("versions: what the document declares comes before likeness") {
  CHECK(matched({{"单一窗口", ""}}, {{"综窗建设", ""}}, {{{"单一窗口"}, {"综窗建设"}}}) ==
        Texts{"单一窗口>综窗建设"});
  CHECK(matched({{"示范窗口", ""}}, {{"示范窗口一", ""}}, {{{"示范窗口"}, {}}}) ==
        Texts{">示范窗口一", "示范窗口>"});
  // A declaration that names what is not there is not followed.
  CHECK(matched({{"甲项", ""}}, {{"乙事", ""}}, {{{"甲项"}, {"丙事"}}}) == Texts{">乙事", "甲项>"});
}

TEST_CASE("versions: lines that stay stand between those that change") {
  const auto lines = line_difference("按 甲 取值 {\n  1 得 2\n}", "按 甲 取值 {\n  1 得 3\n}");
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].kind == LineKind::Plain);
  CHECK(lines[1].kind == LineKind::Before);
  CHECK(lines[2].kind == LineKind::After);
  CHECK(lines[2].text == "  1 得 3");
  CHECK(lines[3].kind == LineKind::Plain);
}

TEST_CASE("versions: of two long sentences the part that differs is shown") {
  const std::string head(90, 'a'), tail(90, 'z');
  const auto [before, after] = shortened(head + "1" + tail, head + "2" + tail);
  CHECK(before == "……aaaaaaaaaaaa1zzzzzzzzzzzz……");
  CHECK(after == "……aaaaaaaaaaaa2zzzzzzzzzzzz……");
  CHECK(shortened("短句甲", "短句乙") == std::pair<std::string, std::string>("短句甲", "短句乙"));
}
