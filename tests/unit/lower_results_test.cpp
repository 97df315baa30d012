// From items to a result (language §6), step by step, one worked example for each rule.
#include <doctest/doctest.h>

#include "tests/unit/policy_bench.h"

namespace xize::bench {
namespace {

using value::FaultKind;
using value::Month;

const std::string kResultsData = R"(
table 部门 {
  名称 : unit
  a, b, c, d : points
  错误数 : count of 错误
  属实, 严重 : bool
  类别 : text
}
)";

PolicyBench rubric(const std::string& body, const std::string& total = "100",
                   lower::Options options = {}) {
  return PolicyBench(kResultsData + "rubric 考核 for all 部门 total " + total + " {\n" + body + "\n}\n",
                     options);
}

const Value kNone = value::NotApplicable{};

}  // namespace

TEST_CASE("1. an item does not apply outside its group, by its guard, or where its data do not") {
  PolicyBench bench(kResultsData + R"(
    group 甲组 = { 甲, 乙 }
    rubric 考核 for all 部门 total 100 {
      item 一 points 40 for 甲组 { award a }
      item 二 points 30 { not applicable when 属实; award b }
      item 三 points 30 { define 值 = c; award if c is not applicable then 5 points else 值 }
    })");
  bench.unit("甲", {{"a", num(10)}, {"b", kNone}, {"c", kNone}});
  bench.unit("丙", {{"a", num(10)}, {"b", num(20)}, {"属实", true}, {"c", num(7)}});
  bench.run();
  CHECK(bench.score("一", 0) == num(10));
  CHECK(is_na(bench.score("一", 1)));
  CHECK(is_na(bench.score("二", 0)));
  CHECK(is_na(bench.score("二", 1)));
  CHECK(bench.score("三", 0) == num(5));
  CHECK(bench.score("三", 1) == num(7));
  CHECK(bench.total(0) == num(15));
}

TEST_CASE("3. redistribution within the rubric, in proportion: 300/7") {
  auto bench = rubric(R"(
    section 一 points 70 {
      item 甲项 points 30 { award a }
      item 乙项 points 40 { award b }
    }
    item 丙项 points 30 { award c }
    redistribute proportionally within rubric)");
  bench.unit("甲", {{"a", num(30)}, {"b", num(20)}, {"c", kNone}});
  bench.unit("乙", {{"a", num(30)}, {"b", kNone}, {"c", kNone}});
  bench.unit("丙", {{"a", kNone}, {"b", kNone}, {"c", kNone}});
  bench.run();
  CHECK(bench.worth("甲项") == num(300, 7));
  CHECK(bench.score("甲项") == num(300, 7));
  CHECK(bench.score("乙项") == num(200, 7));
  CHECK(bench.raw("乙项") == num(20));
  CHECK(bench.total(0) == num(500, 7));
  CHECK(bench.worth("甲项", 1) == num(100));
  CHECK(bench.worth("一", 1) == num(100));
  CHECK(is_missing(bench.total(2)));  // nobody to take the points over: unscored
}

TEST_CASE("3. equally, and to named items") {
  auto equally = rubric(R"(
    item 甲项 points 30 { award a }
    item 乙项 points 40 { award b }
    item 丙项 points 30 { award c }
    redistribute equally within rubric)");
  equally.unit("甲", {{"a", num(30)}, {"b", num(20)}, {"c", kNone}});
  equally.run();
  CHECK(equally.worth("甲项") == num(45));
  CHECK(equally.score("甲项") == num(45));
  CHECK(equally.score("乙项") == num(55, 2));
  auto named = rubric(R"(
    item 甲项 points 30 { award a }
    item 乙项 points 40 { award b }
    item 丙项 points 30 { award c }
    redistribute proportionally within rubric to 乙项)");
  named.unit("甲", {{"a", num(30)}, {"b", num(20)}, {"c", kNone}});
  named.unit("乙", {{"a", num(30)}, {"b", kNone}, {"c", num(1)}});
  named.run();
  CHECK(named.worth("甲项") == num(30));
  CHECK(named.score("乙项") == num(35));
  CHECK(is_missing(named.total(1)));
}

TEST_CASE("3. innermost first; an emptied section hands its points outward") {
  auto bench = rubric(R"(
    section 一 points 40 {
      item 甲项 points 30 { award a }
      item 乙项 points 10 { award b }
      redistribute proportionally within section
    }
    item 丙项 points 60 { award c }
    redistribute proportionally within rubric)");
  bench.unit("甲", {{"a", num(15)}, {"b", kNone}, {"c", num(60)}});
  bench.unit("乙", {{"a", kNone}, {"b", kNone}, {"c", num(30)}});
  bench.run();
  CHECK(bench.worth("甲项", 0) == num(40));
  CHECK(bench.worth("丙项", 0) == num(60));
  CHECK(bench.total(0) == num(80));
  CHECK(is_na(bench.score("一", 1)));
  CHECK(bench.worth("丙项", 1) == num(100));
  CHECK(bench.total(1) == num(50));
}

TEST_CASE("3. without a clause the points are lost; bonus and penalty take no part") {
  auto lost = rubric("item 甲项 points 60 { award a }\nitem 乙项 points 40 { award b }");
  lost.unit("甲", {{"a", num(50)}, {"b", kNone}});
  lost.run();
  CHECK(lost.total() == num(50));
  auto extra = rubric(R"(
    item 甲项 points 60 { award a }
    item 乙项 points 40 { award b }
    bonus 加分项 max 10 { item 加 points 10 { award c } }
    redistribute within rubric)");
  extra.unit("甲", {{"a", num(60)}, {"b", kNone}, {"c", num(4)}});
  extra.run();
  CHECK(extra.total() == num(104));
  CHECK(extra.worth("加") == num(10));
}

TEST_CASE("4. sections: sum, average, weighted, lowest, guards, rounding") {
  const Cells cells = {{"a", num(8)}, {"b", num(5)}};
  const auto section = [&](const std::string& head, const std::string& body) {
    auto bench = rubric("section 一 points " + head + " {\n" + body + "\n}", "100");
    bench.unit("甲", cells);
    bench.unit("乙", {{"a", num(8)}, {"b", kNone}});
    bench.run();
    return std::pair(bench.score("一", 0), bench.score("一", 1));
  };
  const std::string same = "item 甲项 points 10 { award a }\nitem 乙项 points 10 { award b }\n";
  CHECK(section("20", same) == std::pair(num(13), num(8)));
  CHECK(section("10", "average of\n" + same) == std::pair(num(13, 2), num(8)));
  CHECK(section("10", "lowest of\n" + same) == std::pair(num(5), num(8)));
  CHECK(section("50", "weighted\nitem 甲项 points 10 weight 3 { award a }\n"
                      "item 乙项 points 20 weight 1 { award b }") ==
        std::pair(num(265, 8), num(40)));
  CHECK(section("10", "average of\n" + same + "round 0 half even").first == num(6));
  CHECK(section("20", same + "zero when b = 5").first == num(0));
}

TEST_CASE("4. a veto reaches the section or rubric it names") {
  auto bench = rubric(R"(
    section 一 points 60 {
      item 甲项 points 60 { award a }
      item 否决 { veto when 属实 on section }
    }
    section 二 points 40 { item 乙项 points 40 { award b; veto when 严重 on rubric } }
    )");
  const Cells cells = {{"a", num(50)}, {"b", num(30)}};
  auto with = [&](const char* flag) {
    Cells more = cells;
    more.emplace_back(flag, true);
    return more;
  };
  bench.unit("甲", cells);
  bench.unit("乙", with("属实"));
  bench.unit("丙", with("严重"));
  bench.run();
  CHECK(bench.total(0) == num(80));
  CHECK(bench.score("一", 1) == num(0));
  CHECK(bench.score("甲项", 1) == num(50));
  CHECK(bench.total(1) == num(30));
  CHECK(bench.total(2) == num(0));
}

TEST_CASE("5. the total: sections, capped bonus and penalty, guards, floor, ceiling, round") {
  const std::string body = R"(
    item 甲项 points 100 { award a }
    bonus 加分项 max 10 { item 加 points 20 { award b } }
    penalty 扣分项 max 40 { item 扣 points 100 { deduct 1 per 错误数 } }
    )";
  const auto total = [&](const std::string& more, const Cells& cells) {
    auto bench = rubric(body + more);
    bench.unit("甲", cells);
    bench.run();
    return bench.total();
  };
  const Cells low = {{"a", num(10)}, {"b", num(15)}, {"错误数", num(90)}};
  const Cells high = {{"a", num(199, 2)}, {"b", num(15)}};
  CHECK(total("", low) == num(-20));
  CHECK(total("floor 0", low) == num(0));
  CHECK(total("", high) == num(219, 2));
  CHECK(total("ceiling 105", high) == num(105));
  CHECK(total("round 0 half up", high) == num(110));
  CHECK(total("zero when a > 90", high) == num(0));
  CHECK(is_missing(total("unscored when a > 90", high)));
}

TEST_CASE("5. a faulty item makes the total a fault, the others are still there") {
  auto bench = rubric(R"(
    item 甲项 points 50 { award a }
    item 乙项 points 50 { award 错误数 / 错误数 * 10 points })");
  bench.unit("甲", {{"a", num(20)}});
  bench.run();
  CHECK(bench.score("甲项") == num(20));
  CHECK(is_fault(bench.score("乙项"), FaultKind::DivisionByZero));
  CHECK(is_fault(bench.total(), FaultKind::DivisionByZero));
}

TEST_CASE("6. periods combine, skipping those in which nothing applies") {
  PolicyBench bench(R"(
    policy 月考 { period monthly }
    table 部门 { 名称 : unit; 月份 : month; a : points }
    rubric 考核 for all 部门 total 100 {
      item 甲项 points 100 { award a }
      combine by average
      round 0 half up
    })");
  bench.unit_in("甲", Month{600}, {{"a", num(80)}});
  bench.unit_in("甲", Month{601}, {{"a", num(95)}});
  bench.unit_in("甲", Month{602}, {{"a", kNone}});
  bench.unit_in("乙", Month{600}, {{"a", num(90)}});
  bench.unit_in("乙", Month{601}, {{"a", num(90)}});
  bench.unit_in("乙", Month{602}, {{"a", num(90)}});
  bench.run();
  const auto combined = [&](std::size_t row) { return bench.at(bench.rubric().combined, row); };
  CHECK(combined(0) == num(175, 2));
  CHECK(combined(1) == num(175, 2));
  CHECK(combined(4) == num(90));
  CHECK(bench.rank(0) == num(2));
  CHECK(bench.rank(5) == num(1));
}

TEST_CASE("7. ranks leave out reference units; selections and their ties") {
  PolicyBench bench(kResultsData + R"(
    reference group 参照 = { 丁 }
    rubric 考核 for all 部门 total 100 {
      item 甲项 points 100 { award a }
      select 先进 top 2 ties share
      select 标兵 top 2
      select 前列 top 50% round down ties by b
    })");
  bench.unit("甲", {{"a", num(90)}, {"b", num(1)}});
  bench.unit("乙", {{"a", num(80)}, {"b", num(2)}});
  bench.unit("丙", {{"a", num(80)}, {"b", num(1)}});
  bench.unit("丁", {{"a", num(99)}});
  bench.run();
  CHECK(bench.rank(0) == num(1));
  CHECK(bench.rank(1) == num(2));
  CHECK(bench.rank(2) == num(2));
  CHECK(is_missing(bench.rank(3)));
  CHECK(bench.taken(0, 2) == Value(true));
  CHECK(bench.taken(0, 3) == Value(false));
  CHECK(bench.taken(1, 0) == Value(true));
  CHECK(is_fault(bench.taken(1, 1), FaultKind::TieAtCut));
  CHECK(bench.taken(2, 0) == Value(true));  // half of 3, rounded down: one place
  CHECK(bench.taken(2, 1) == Value(false));
}

TEST_CASE("8. grades by cut-off, and the rules that change them") {
  auto bench = rubric(R"(
    item 甲项 points 100 { award a }
    grade { 优秀 >= 90; 良好 >= 80; 合格 >= 60; 差 otherwise }
    set 差 when 严重
    lower one step when 属实 not below 合格
    at most 良好 when 错误数 > 0)");
  bench.unit("甲", {{"a", num(90)}});
  bench.unit("乙", {{"a", num(899, 10)}});
  bench.unit("丙", {{"a", num(95)}, {"属实", true}});
  bench.unit("丁", {{"a", num(65)}, {"属实", true}});
  bench.unit("戊", {{"a", num(95)}, {"严重", true}});
  bench.unit("己", {{"a", num(95)}, {"错误数", num(1)}});
  bench.run();
  const char* expected[] = {"优秀", "良好", "良好", "合格", "差", "良好"};
  for (std::size_t i = 0; i < 6; ++i) CHECK(bench.grade(i) == expected[i]);
}

TEST_CASE("8. top is a cumulative place, quota the row's own share") {
  const auto grades = [](const std::string& rows) {
    auto bench = rubric("item 甲项 points 100 { award a }\ngrade { " + rows + " }");
    int i = 0;
    for (const int score : {95, 94, 85, 84, 83, 70, 60, 50, 40, 30}) {
      bench.unit("单位" + std::to_string(++i), {{"a", num(score)}});
    }
    bench.run();
    std::string all;
    for (std::size_t row = 0; row < 10; ++row) all += bench.grade(row) + " ";
    return all;
  };
  CHECK(grades("A top 20%; B top 50%; C otherwise") == "A A B B B C C C C C ");
  CHECK(grades("A quota 20%; B quota 50%; C otherwise") == "A A B B B B B C C C ");
  CHECK(grades("A >= 95 top 20%; B top 50%; C otherwise") == "A B B B B C C C C C ");
}

TEST_CASE("8. open grades are open") {
  const auto grade = [](lower::UnspecifiedMode mode) {
    auto bench = rubric(
        "item 甲项 points 100 { award a }\ngrade { 优秀 unspecified; 一般 otherwise }", "100",
        {mode, false});
    bench.unit("甲", {{"a", num(90)}});
    bench.run();
    return bench.grade();
  };
  CHECK(grade(lower::UnspecifiedMode::Error) == "Unspecified");
  CHECK(grade(lower::UnspecifiedMode::Skip) == "-");
}

TEST_CASE("9. conversion changes neither grade nor rank; reports are no points") {
  auto bench = rubric(R"(
    item 甲项 points 100 { award a }
    grade { 优秀 >= 90; 一般 otherwise }
    convert to 5 points round 1 half up
    report 差额 = 100 points - total)");
  bench.unit("甲", {{"a", num(93)}});
  bench.run();
  CHECK(bench.at(bench.rubric().converted, 0) == num(47, 10));
  CHECK(bench.grade() == "优秀");
  CHECK(bench.report("差额") == num(7));
}

TEST_CASE("results are values: score, raw, points, rate, grade") {
  auto bench = rubric(R"(
    section 一 points 60 {
      item 甲项 points 40 { award a }
      item 乙项 points 20 { award b }
      grade { 好 >= 30; 差 otherwise }
    }
    item 丙项 points 40 { award if 一.grade = 好 then 40 else 甲项 / 2 }
    redistribute within rubric
    report 率 = 甲项.rate
    report 原 = 甲项.raw
    report 值 = 甲项.points)");
  bench.unit("甲", {{"a", num(20)}, {"b", num(20)}});
  bench.unit("乙", {{"a", num(20)}, {"b", kNone}});
  bench.run();
  CHECK(bench.score("丙项", 0) == num(40));
  CHECK(bench.score("甲项", 1) == num(25));
  CHECK(bench.report("率", 1) == num(1, 2));
  CHECK(bench.report("原", 1) == num(20));
  CHECK(bench.report("值", 1) == num(40));
}

TEST_CASE("several rubrics score their own units") {
  PolicyBench bench(kResultsData + R"(
    group 街镇 = { 甲 }
    group 委办 = { 乙 }
    rubric 附件1 for 街镇 total 100 { item 甲项 points 100 { input 访问量 : count; award a } }
    rubric 附件2 for 委办 total 100 { item 乙项 points 100 { award b } }
    )");
  bench.unit("甲", {{"a", num(90)}, {"甲项.访问量", num(1)}});
  bench.unit("乙", {{"b", num(70)}});
  bench.run();
  CHECK(bench.total(0) == num(90));
  CHECK(is_na(bench.total(1)));
  CHECK(bench.at(bench.lowered.program.rubrics[1].total, 1) == num(70));
  CHECK(bench.rank(0) == num(1));
  CHECK(bench.outcome.violations.empty());
}

TEST_CASE("an input may be blank only where its item is not scored") {
  PolicyBench bench(kResultsData + R"(
    group 街镇 = { 甲, 丙 }
    rubric 附件1 for 街镇 total 100 {
      item 甲项 points 100 { input 访问量 : count; award a when 访问量 > 0 }
    })");
  bench.unit("甲", {{"a", num(90)}, {"甲项.访问量", num(1)}});
  bench.unit("乙");
  bench.unit("丙", {{"a", num(90)}});
  bench.run();
  REQUIRE(bench.outcome.violations.size() == 1);
  CHECK(bench.outcome.violations[0].row == 2);
  CHECK(bench.rank(0) == num(1));
}

}  // namespace xize::bench
