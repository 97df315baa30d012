// What the clauses and guards of an item mean (language §5): one worked example for each.
#include <doctest/doctest.h>

#include "tests/unit/policy_bench.h"

namespace xize::bench {
namespace {

using value::FaultKind;

const std::string kItemsData = R"(
table 部门 {
  名称 : unit
  错误数, 差错数 : count of 错误
  事项数 : count of 事项
  满意率 : ratio
  天数 : days
  属实, 严重 : bool
  评价 : choice { 好; 一般; 差 }
}
records 办件 {
  部门 : unit
  超期 : bool
  时限 : days
  分值 : points
}
records 评分 {
  部门 : unit
  分 : points
}
)";

// The score of one item of 10 points for one unit.
struct Item {
  explicit Item(const std::string& body, lower::Options options = {})
      : bench(kItemsData + "rubric 考核 for all 部门 total 10 {\n item 质量 points 10 {\n" + body +
                  "\n}\n}\n",
              options) {}
  Value operator()(const Cells& cells = {}) {
    bench.unit("甲", cells);
    bench.run();
    return bench.score("质量");
  }
  PolicyBench bench;
};

Value item(const std::string& body, const Cells& cells = {}) { return Item(body)(cells); }

const std::string kPenalty = "item 质量 points 10 { award full }\n";

// The loss of one penalty item of 10 points.
Value penalty(const std::string& body, const Cells& cells = {}) {
  PolicyBench bench(kItemsData + "rubric 考核 for all 部门 total 10 {\n" + kPenalty +
                    "penalty 扣分项 points 10 { item 差错 points 10 {\n" + body + "\n} } }\n");
  bench.unit("甲", cells);
  bench.run();
  return bench.score("差错");
}

}  // namespace

TEST_CASE("an item of deductions starts full and does not fall below 0") {
  CHECK(item("deduct 0.5 per 错误数", {{"错误数", num(3)}}) == num(17, 2));
  CHECK(item("deduct 0.5 per 错误数", {{"错误数", num(99)}}) == num(0));
  CHECK(item("deduct 0.5 per 错误数 max 4", {{"错误数", num(99)}}) == num(6));
}

TEST_CASE("an item of awards starts at 0 and stops at its points") {
  CHECK(item("award 2 per 错误数", {{"错误数", num(3)}}) == num(6));
  CHECK(item("award 2 per 错误数", {{"错误数", num(30)}}) == num(10));
  CHECK(item("base 5\naward 2 when 属实\ndeduct 1 per 错误数",
             {{"属实", true}, {"错误数", num(3)}}) == num(4));
  CHECK(item("base full\nzero when 属实") == num(10));
}

TEST_CASE("a share is of the item's points, or of what the clause is worth") {
  CHECK(item("award 满意率", {{"满意率", num(1, 4)}}) == num(5, 2));
  CHECK(item("award 50%") == num(5));
  CHECK(item("award 满意率 worth 6", {{"满意率", num(1, 4)}}) == num(3, 2));
  CHECK(item("award 满意率 * points", {{"满意率", num(1, 4)}}) == num(5, 2));
}

TEST_CASE("per counts exactly, or in full or started steps") {
  const Cells seven = {{"天数", num(7)}};
  CHECK(item("deduct 1 per 5 days 天数", seven) == num(43, 5));
  CHECK(item("deduct 1 per 5 days 天数 every full", seven) == num(9));
  CHECK(item("deduct 1 per 5 days 天数 every started", seven) == num(8));
  CHECK(is_fault(item("deduct 1 per 天数", {{"天数", num(-1)}}), FaultKind::NegativeCount));
}

TEST_CASE("per records reads the amount and the multipliers on each") {
  Item each("deduct 分值 per 办件 where 超期 double when 时限 > 5 days max 9");
  each.bench.unit("甲");
  each.bench.record("办件", "甲", {{"超期", true}, {"分值", num(2)}, {"时限", num(9)}});
  each.bench.record("办件", "甲", {{"超期", true}, {"分值", num(1)}});
  each.bench.record("办件", "甲", {{"分值", num(5)}});
  each.bench.run();
  CHECK(each.bench.score("质量") == num(5));
  Item steps("deduct 1 per 3 件 办件 every full");
  steps.bench.unit("甲");
  for (int i = 0; i < 7; ++i) steps.bench.record("办件", "甲");
  steps.bench.run();
  CHECK(steps.bench.score("质量") == num(8));
}

TEST_CASE("multipliers come before the cap") {
  CHECK(item("deduct 2 per 错误数 double when 属实 max 7",
             {{"错误数", num(3)}, {"属实", true}}) == num(3));
  CHECK(item("deduct 2 per 错误数 halve when 属实", {{"错误数", num(3)}, {"属实", true}}) ==
        num(7));
  CHECK(item("deduct 2 per 错误数 times 3 when 属实", {{"错误数", num(1)}}) == num(8));
}

TEST_CASE("guards are tried from top to bottom") {
  const std::string body =
      "ordered { zero when 属实; full when 严重; give 3 when 错误数 > 5; give 50% when 差错数 > 5 }\n"
      "award 1 per 事项数";
  CHECK(item(body, {{"属实", true}, {"严重", true}}) == num(0));
  CHECK(item(body, {{"严重", true}, {"错误数", num(9)}}) == num(10));
  CHECK(item(body, {{"错误数", num(9)}, {"差错数", num(9)}}) == num(3));
  CHECK(item(body, {{"差错数", num(9)}}) == num(5));
  CHECK(item(body, {{"事项数", num(4)}}) == num(4));
  CHECK(is_missing(item("unscored when 属实\naward 3", {{"属实", true}})));
  CHECK(item("give 12 when 属实\naward 3", {{"属实", true}}) == num(10));
}

TEST_CASE("a guard that holds hides a fault in what comes after it") {
  const std::string body = "full when 事项数 = 0\naward 错误数 / 事项数 * 10 points";
  CHECK(item(body) == num(10));
  CHECK(is_fault(item("award 错误数 / 事项数 * 10 points"), FaultKind::DivisionByZero));
}

TEST_CASE("ratio") {
  const auto at = [](const Rational& x, const std::string& tails = "") {
    return item("ratio 满意率" + tails, {{"满意率", x}});
  };
  CHECK(at({1, 4}) == num(5, 2));
  CHECK(at({5, 4}) == num(10));
  CHECK(at({-1, 4}) == num(0));
  CHECK(at({1, 4}, " to 50%") == num(5));
  CHECK(at({1, 4}, " from 30%") == num(0));
  CHECK(at({3, 10}, " from 30%") == num(3));
}

TEST_CASE("linear") {
  const auto at = [](const Rational& x) {
    return item("linear 满意率 { 0% => 0; 60% => 6; 80% => full }", {{"满意率", x}});
  };
  CHECK(at({-1, 1}) == num(0));
  CHECK(at({3, 10}) == num(3));
  CHECK(at({3, 5}) == num(6));
  CHECK(at({7, 10}) == num(8));
  CHECK(at({9, 10}) == num(10));
}

TEST_CASE("tier") {
  const auto at = [](const Rational& x) {
    return item("tier 满意率 { < 5% => 0; [5%, 7%) => 2; [7%, 10%) => 50%; = 20% => 1;"
                " >= 30% => full }",
                {{"满意率", x}});
  };
  CHECK(at({4, 100}) == num(0));
  CHECK(at({5, 100}) == num(2));
  CHECK(at({7, 100}) == num(5));
  CHECK(at({20, 100}) == num(1));
  CHECK(at({30, 100}) == num(10));
  CHECK(is_fault(at({10, 100}), FaultKind::NoTierRow));
  CHECK(item("tier 满意率 { [20%, 40%] => 2 to 4; otherwise zero }", {{"满意率", num(1, 4)}}) ==
        num(5, 2));
}

TEST_CASE("rank and relative compare the units that have a value") {
  PolicyBench bench(kItemsData + R"(
    rubric 考核 for all 部门 total 30 {
      item 名次 points 10 { rank 事项数 { top 1 => 10; top 50% => 8; otherwise 5 } }
      item 最好 points 10 { relative 事项数 to best }
      item 占比 points 10 { relative 事项数 to sum }
    })");
  for (const int n : {8, 2, 6, 4}) bench.unit("单位" + std::to_string(n), {{"事项数", num(n)}});
  bench.unit("缺", {{"事项数", value::NotApplicable{}}});
  bench.run();
  CHECK(bench.score("名次", 0) == num(10));
  CHECK(bench.score("名次", 1) == num(5));
  CHECK(bench.score("名次", 2) == num(8));
  CHECK(bench.score("最好", 2) == num(15, 2));
  CHECK(bench.score("占比", 3) == num(2));
  CHECK(is_na(bench.score("占比", 4)));
}

TEST_CASE("judged marks keep to their range, step and level") {
  const auto mark = [](const std::string& clause, const Value& given) {
    return item(clause, {{"质量", given}});
  };
  CHECK(mark("judge", num(7)) == num(7));
  CHECK(is_fault(mark("judge", num(11)), FaultKind::MarkOutOfRange));
  CHECK(is_fault(mark("judge step 0.5", num(1, 3)), FaultKind::MarkOutOfRange));
  CHECK(mark("judge step 0.5", num(7, 2)) == num(7, 2));
  CHECK(is_fault(mark("judge", value::Pending{}), FaultKind::PendingMark));
  const std::string levels = "judge levels { 好 => full; 一般 => [60%, 80%]; 差 => 0 }";
  CHECK(mark(levels, num(10)) == num(10));
  CHECK(mark(levels, num(7)) == num(7));
  CHECK(is_fault(mark(levels, num(9)), FaultKind::MarkOutOfRange));
}

TEST_CASE("marks of several assessors are averaged") {
  Item several("judge from 评分.分");
  several.bench.unit("甲");
  several.bench.unit("乙");
  several.bench.record("评分", "甲", {{"分", num(6)}});
  several.bench.record("评分", "甲", {{"分", num(9)}});
  several.bench.run();
  CHECK(several.bench.score("质量", 0) == num(15, 2));
  CHECK(is_fault(several.bench.score("质量", 1), FaultKind::PendingMark));
}

TEST_CASE("checklist") {
  const std::string shared = "checklist { \"a\" : 属实; \"b\" : 严重; \"c\" : 错误数 = 0 }";
  CHECK(item(shared, {{"属实", true}}) == num(20, 3));
  CHECK(item("checklist { \"a\" : 属实 => 2; \"b\" : 错误数 = 0 => 3 }") == num(3));
}

TEST_CASE("blocks") {
  const std::string when = "when 属实 { award 2; award 3 } otherwise { award 7 }";
  CHECK(item(when, {{"属实", true}}) == num(5));
  CHECK(item(when) == num(7));
  CHECK(item("together max 3 { deduct 1 per 错误数; deduct 1 per 差错数 }",
             {{"错误数", num(2)}, {"差错数", num(4)}}) == num(7));
  CHECK(item("together max 6 { award 1 per 错误数; award 4 when 属实 }",
             {{"错误数", num(5)}, {"属实", true}}) == num(6));
  CHECK(item("highest of { award 3 when 属实; award 1 per 错误数 }",
             {{"错误数", num(5)}, {"属实", true}}) == num(5));
  CHECK(item("highest of { deduct 3 when 属实; deduct 1 per 错误数 }",
             {{"错误数", num(5)}, {"属实", true}}) == num(5));
  CHECK(item("lowest of { award 3; award 1 per 错误数 }", {{"错误数", num(5)}}) == num(3));
}

TEST_CASE("a penalty counts what it takes away") {
  CHECK(penalty("deduct 2 per 错误数", {{"错误数", num(3)}}) == num(6));
  CHECK(penalty("deduct 2 per 错误数", {{"错误数", num(30)}}) == num(10));
  CHECK(penalty("deduct full when 属实\ndeduct 2 per 错误数", {{"属实", true}}) == num(10));
}

TEST_CASE("a rule that is missing is a fault, nothing, or 0") {
  const std::string body = "unspecified \"按一定比例\" suggest award 3";
  const auto run = [&](lower::UnspecifiedMode mode) { return Item(body, {mode, false})(); };
  CHECK(is_fault(run(lower::UnspecifiedMode::Error), FaultKind::Unspecified));
  CHECK(is_missing(run(lower::UnspecifiedMode::Skip)));
  CHECK(run(lower::UnspecifiedMode::Zero) == num(0));
  CHECK(item(body + " accepted \"张三，2024-01-02\"") == num(3));
}

TEST_CASE("methods are used as if written in place") {
  PolicyBench bench(kItemsData + R"(
    method 按错误(n, e) { deduct e per n max 4 }
    rubric 考核 for all 部门 total 10 {
      item 质量 points 10 { use 按错误(错误数, 2 points); use 按错误(差错数, 1 points) }
    })");
  bench.unit("甲", {{"错误数", num(9)}, {"差错数", num(1)}});
  bench.run();
  CHECK(bench.score("质量") == num(5));
}

}  // namespace xize::bench
