// sema: names, types and units of measure, seen through the diagnostics of small policies and
// through the model of larger ones.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/diagnostics/render_words.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/sema/fault_names.h"
#include "compiler/sema/sema.h"
#include "compiler/syntax/parse.h"

namespace xize::sema {
namespace {

using Codes = std::vector<std::string>;

// A policy from text to model, with everything it points into.
struct Checked {
  explicit Checked(std::string text)
      : file("test.xize", std::move(text)), sink(file), module(syntax::parse(file, sink)),
        model(check(module, sink)) {}
  Checked(const Checked&) = delete;
  Checked& operator=(const Checked&) = delete;

  [[nodiscard]] Codes codes() const {
    Codes result;
    for (const auto* d : sink.by_place()) {
      result.emplace_back(diagnostics::row(d->kind).code);
      
    }
    return result;
  }
  [[nodiscard]] const Node& node(std::string_view name) const {
    const auto it = std::ranges::find(model.nodes, name, &Node::name);
    REQUIRE(it != model.nodes.end());
    return *it;
  }
  [[nodiscard]] const Column& column(std::string_view name) const {
    const auto it = std::ranges::find(model.columns, name, &Column::qualified);
    REQUIRE(it != model.columns.end());
    return *it;
  }

  source::File file;
  diagnostics::Sink sink;
  ast::Module module;
  Model model;
};

const std::string kData = R"(
table 部门 {
  名称 : unit
  错误数, 差错数 : count of 错误
  事项数 : count of 事项 >= 1
  满意率 : ratio in [0, 1]
  用时 : minutes
  工期 : workdays
  评价 : choice { 好; 一般; 差 }
  受理 : date
  办结 : date
  属实 : bool
  经费 : money
  人数 : count of 人
}
records 办件 {
  部门 : unit
  事项 : text
  超期 : bool
  时限 : days
  分值 : points
}
)";

// The codes reported for one item of 10 points with this body.
Codes item(const std::string& body) {
  return Checked(kData + "rubric 考核 for all 部门 total 10 {\n item 质量 points 10 {\n" + body +
                 "\n}\n}\n")
      .codes();
}
// The codes reported for one condition.
Codes condition(const std::string& text) { return item("base full\nzero when " + text); }

const Codes kNone;

TEST_CASE("names are found in the row, the item, the table and the rubric") {
  CHECK(item("deduct 0.5 per 错误数") == kNone);
  CHECK(item("input N : count of 事项\nratio N / 事项数") == kNone);
  CHECK(item("define 率 = 错误数 / 差错数\nratio 率") == kNone);
  CHECK(item("deduct 1 per 办件 where 超期 and 事项数 > 3") == kNone);
  CHECK(item("deduct 分值 per 办件") == kNone);
  CHECK(item("deduct 0.5 per 错误") == Codes{"XZ2001"});
  CHECK(item("deduct 分值 per 错误数") == Codes{"XZ2001"});
  CHECK(item("deduct 1 per 办件 where 逾期") == Codes{"XZ2001"});
  CHECK(item("deduct 1 per count(办件 where 办件.逾期)") == Codes{"XZ2004"});
}

TEST_CASE("one unknown name gives one message") {
  CHECK(condition("甲 > 3 and 甲 + 1 > 错误数 * 甲") == Codes{"XZ2001"});
  CHECK(condition("评介 = 较好") == Codes{"XZ2001"});
  CHECK(item("define 甲 = 乙 + 1\nratio 甲 / 事项数\nzero when 甲 > 5\nbase full") ==
        Codes{"XZ2001"});
}

TEST_CASE("labels, units and texts are found by what they are compared with") {
  CHECK(condition("评价 = 差") == kNone);
  CHECK(condition("差 = 评价") == kNone);
  CHECK(condition("评价 in { 一般, 差 }") == kNone);
  CHECK(condition("评价 = 较差") == Codes{"XZ2011"});
  CHECK(condition("部门 = 民政局") == kNone);
  CHECK(condition("评价 < 一般") == Codes{"XZ2134"});
  CHECK(item("deduct 1 per 办件 where 事项 in { 户籍, 社保 }") == kNone);
  CHECK(item("deduct 1 per 办件 where 事项 = 户籍") == Codes{"XZ2001"});
}

TEST_CASE("kinds do not mix in sums and comparisons") {
  CHECK(condition("错误数 + 差错数 > 3") == kNone);
  CHECK(condition("错误数 + 事项数 > 3") == Codes{"XZ2101"});
  CHECK(condition("错误数 > 5%") == Codes{"XZ2102"});
  CHECK(condition("满意率 > 85%") == kNone);
  CHECK(condition("用时 > 20 minutes") == kNone);
  CHECK(condition("用时 > 2 hours") == kNone);
  CHECK(condition("用时 > 2 days") == Codes{"XZ2102"});
  CHECK(condition("工期 > 2 days") == Codes{"XZ2102"});
  CHECK(condition("工期 > 2 workdays") == kNone);
  CHECK(condition("经费 / 人数 > 300") == kNone);
  CHECK(condition("错误数 * 人数 > 事项数") == kNone);
  CHECK(condition("错误数") == Codes{"XZ2103"});
  CHECK(condition("not 错误数") == Codes{"XZ2103"});
  CHECK(condition("名称 + 1 > 2") == Codes{"XZ2104"});
}

TEST_CASE("dates take durations and a calendar") {
  CHECK(condition("办结 > 受理 + 20 days") == kNone);
  CHECK(condition("办结 > 受理 + 3 months") == kNone);
  CHECK(condition("办结 - 受理 > 20 days") == Codes{"XZ2109"});
  CHECK(condition("办结 > 受理 + 20") == Codes{"XZ2110"});
  CHECK(condition("days(受理, 办结) > 20") == kNone);
  CHECK(condition("workdays(受理, 办结) > 20 days") == Codes{"XZ2102"});
}

TEST_CASE("an amount is points or a share") {
  CHECK(item("award 3") == kNone);
  CHECK(item("award 满意率") == kNone);
  CHECK(item("award 满意率 * points") == kNone);
  CHECK(item("award 满意率 * 10 points") == kNone);
  CHECK(item("award 错误数 / 差错数 * 5 points") == kNone);
  CHECK(item("award 错误数 / 事项数") == Codes{"XZ2106"});
  CHECK(item("award 错误数") == Codes{"XZ2107"});
  CHECK(item("award if 属实 then 5 else 80%") == Codes{"XZ2132"});
  CHECK(item("award if 属实 then 5 else 0") == kNone);
  CHECK(item("deduct 0.5 points per 错误数 max 5") == kNone);
}

TEST_CASE("shares of unlike counts are warned of") {
  CHECK(item("ratio 错误数 / 事项数") == Codes{"XZ2108"});
  CHECK(item("define 率 = 1 - 错误数 / 事项数\nratio 率") == Codes{"XZ2108"});
  CHECK(item("tier 错误数 / 事项数 { < 5% => 0; otherwise 5 }") == Codes{"XZ2108"});
  CHECK(item("tier 错误数 / 差错数 { < 5% => 0; otherwise 5 }") == kNone);
  CHECK(item("ratio 事项数") == Codes{"XZ2112"});
  CHECK(item("ratio 事项数 to 100 from 10") == kNone);
}

TEST_CASE("where an item starts") {
  CHECK(item("award 2 when 属实\ndeduct 0.5 per 错误数") == Codes{"XZ2113"});
  CHECK(item("base 5\naward 2 when 属实\ndeduct 0.5 per 错误数") == kNone);
  CHECK(item("zero when 属实") == Codes{"XZ2114"});
  CHECK(item("zero when 属实\naward 3") == kNone);
  const Checked only_deductions(kData + "rubric 考核 for all 部门 total 10 {\n"
                                        "item 质量 points 10 { deduct 1 per 错误数 } }\n");
  CHECK(only_deductions.node("质量").starts_full);
}

TEST_CASE("penalties take away") {
  const auto penalty = [](const std::string& body) {
    return Checked(kData + "rubric 考核 for all 部门 total 10 {\n"
                           "item 质量 points 10 { deduct 1 per 错误数 }\n"
                           "penalty 扣分项 points 5 { item 差错 points 5 {\n" +
                   body + "\n} } }\n")
        .codes();
  };
  CHECK(penalty("deduct 1 per 差错数") == kNone);
  CHECK(penalty("deduct full when 属实\ndeduct 1 per 差错数") == kNone);
  CHECK(penalty("award 1 per 差错数") == Codes{"XZ2115"});
  CHECK(penalty("zero when 属实\ndeduct 1 per 差错数") == Codes{"XZ2116"});
}

TEST_CASE("aggregates run over records, units or what is listed") {
  CHECK(condition("count(办件 where 超期) > 3") == kNone);
  CHECK(condition("sum(办件.时限) > 30 days") == kNone);
  CHECK(condition("sum(办件.时限) > 30 minutes") == Codes{"XZ2102"});
  CHECK(condition("average(办件.时限 default 0 days) > 30") == kNone);
  CHECK(condition("sum(办件) > 3") == Codes{"XZ2136"});
  CHECK(condition("count(错误数) > 3") == Codes{"XZ2133"});
  CHECK(condition("办件.时限 > 3") == Codes{"XZ2027"});
  CHECK(condition("max(错误数, 差错数) > 3") == kNone);
  CHECK(condition("max(错误数, 事项数) > 3") == Codes{"XZ2105"});
  CHECK(condition("rank(事项数) <= 3") == kNone);
  CHECK(condition("错误数 > average(错误数 over units)") == kNone);
  CHECK(condition("distinct(办件.事项) > 3") == kNone);
  CHECK(condition("any(办件 where 超期)") == kNone);
  CHECK(condition("count(办件 where 事项 in top 10 事项 by count) > 3") == kNone);
}

TEST_CASE("functions and methods are expanded where they are used") {
  const std::string functions = "define 加权(a, b) = a * 60% + b * 40%\n"
                                "define 件(R) = count(R where 超期)\n"
                                "method 逐个(n, e) { deduct e per n }\n";
  const auto with = [&](const std::string& body) {
    return Checked(kData + functions + "rubric 考核 for all 部门 total 10 { item 质量 points 10 {\n" +
                   body + "\n} }\n")
        .codes();
  };
  CHECK(with("ratio 加权(满意率, 满意率)") == kNone);
  CHECK(with("deduct 1 per 件(办件)") == kNone);
  CHECK(with("use 逐个(错误数, 0.5)") == kNone);
  CHECK(with("use 逐个(办件, 分值)") == kNone);
  CHECK(with("use 逐条(错误数, 0.5)") == Codes{"XZ2007"});
  CHECK(with("use 逐个(错误数)") == Codes{"XZ2013"});
  CHECK(with("ratio 加权(满意率)") == Codes{"XZ2013"});
  CHECK(with("ratio 加权平均(满意率)") == Codes{"XZ2006"});
  CHECK(with("ratio 加权(满意率, 错误数)") == Codes{"XZ2101"});
}

TEST_CASE("an argument reads the rows of one kind of records") {
  const auto with = [](const std::string& body) {
    return Checked(kData + "records 投诉 { 部门 : unit; 天数 : days }\ndefine f(x) = " + body +
                   "\nrubric 考核 for all 部门 total 10 { item 质量 points 10 {\n"
                   "base full\nzero when f(办件.时限) > 3 days } }\n")
        .codes();
  };
  CHECK(with("sum(办件.(x))") == kNone);
  CHECK(with("sum(办件.(x)) + sum(投诉.天数)") == kNone);
  CHECK(with("sum(办件.(x)) + sum(投诉.(x))") == Codes{"XZ2124"});
  CHECK(with("sum(办件.(x)) + x") == Codes{"XZ2027"});
}

TEST_CASE("records that are not found are reported once") {
  CHECK(Checked(kData + "records 超期件 = 办理件 where 超期\n"
                        "rubric 考核 for all 部门 total 10 { item 质量 points 10 {\n"
                        "deduct 分值 per 超期件 where 超期\n"
                        "deduct 1 when sum(超期件.时限 where 超期) > 3 } }\n")
            .codes() == Codes{"XZ2009"});
}

TEST_CASE("lookups take the types of their arguments") {
  const auto with = [](const std::string& rows, const std::string& call) {
    return Checked(kData + "lookup 系数(等级, 数) {\n" + rows +
                   "\n}\nrubric 考核 for all 部门 total 10 { item 质量 points 10 {\naward " + call +
                   "\n} }\n")
        .codes();
  };
  const std::string rows = "好, >= 3 => 5\n一般, [1, 3) => 3\notherwise => 0";
  CHECK(with(rows, "系数(评价, 错误数)") == kNone);
  CHECK(with(rows, "系数(评价)") == Codes{"XZ2013"});
  CHECK(with(rows + "\n较好, 3 => 2", "系数(评价, 错误数)") == Codes{"XZ2011"});
  CHECK(with("好 => 5\notherwise => 0", "系数(评价, 错误数)") == Codes{"XZ2138"});
}

TEST_CASE("groups and aliases") {
  const auto with = [](const std::string& text) {
    return Checked(kData + text + "\nitem 质量 points 10 { deduct 1 per 错误数 } }\n").codes();
  };
  CHECK(with("group 甲 = { A, B }\ngroup 乙 = 甲 + { C }\nrubric 考核 for 乙 total 10 {") == kNone);
  CHECK(with("rubric 考核 for all 部门 where 事项数 > 3 total 10 {") == kNone);
  CHECK(with("group 甲 = { A, B, A }\nrubric 考核 for 甲 total 10 {") == Codes{"XZ2016"});
  CHECK(with("group 甲 = 乙 + { A }\ngroup 乙 = 甲 + { B }\nrubric 考核 for 甲 total 10 {") ==
        Codes{"XZ2014"});
  CHECK(with("group 甲类 = { A, B }\nrubric 考核 for 甲 total 10 {") == Codes{"XZ2010"});
  CHECK(with("alias A = B\nalias B = A\nrubric 考核 for all 部门 total 10 {") == Codes{"XZ2015"});
  const Checked named("alias 农委 = 农业农村委\ngroup 甲 = { 农委, 农业农村委 }\n");
  CHECK(named.codes() == Codes{"XZ2016"});
}

TEST_CASE("entries stand where they mean something") {
  const auto rubric = [](const std::string& body) {
    return Checked(kData + "rubric 考核 for all 部门 total 10 {\n" + body + "\n}\n").codes();
  };
  const std::string sound = "item 质量 points 10 { deduct 1 per 错误数 }\n";
  CHECK(rubric(sound) == kNone);
  CHECK(rubric("section 甲 points 10 { deduct 1 per 错误数\n" + sound + "}") == Codes{"XZ2020"});
  CHECK(rubric(sound + "round 2 half up\nround 1 half up") == Codes{"XZ2021"});
  CHECK(rubric(sound + "set 一般 when 属实") == Codes{"XZ2031"});
  CHECK(rubric(sound + "grade { 优 >= 8; 良 otherwise }\nset 一般 when 属实") == Codes{"XZ2012"});
  CHECK(rubric("item 质量 points 10 { item 内 points 10 { judge } }") == Codes{"XZ2020"});
  CHECK(rubric(sound + sound) == Codes{"XZ2002"});
}

TEST_CASE("tables and records have a column for the unit") {
  CHECK(Checked("table 部门 { 名称 : text }\n").codes() == Codes{"XZ2018"});
  CHECK(Checked("table 部门 { 名称 : unit }\nrecords 件 { 号 : text }\n").codes() ==
        Codes{"XZ2017"});
  CHECK(Checked("table 部门 { 名称 : unit }\ntable 街镇 { 号 : text }\n").codes() ==
        Codes{"XZ2019"});
  CHECK(Checked("table 部门 { 名称 : unit; 名称 : text }\n").codes() == Codes{"XZ2002"});
  CHECK(Checked("table 部门 { 名称 : unit; 档 : 等级 }\n").codes() == Codes{"XZ2008"});
  CHECK(Checked("table 部门 { 名称 : unit; 数 : count >= 5 <= 3 }\n").codes() == Codes{"XZ2119"});
}

TEST_CASE("tests set inputs and expect results") {
  const auto with = [](const std::string& test) {
    return Checked(kData + "rubric 考核 for all 部门 total 10 {\n"
                           "item 质量 points 10 { input N : count of 错误\n"
                           "define 差 = N + 错误数\ndeduct 1 per 差 } }\n"
                           "test \"一\" {\n" +
                   test + "\n}\n")
        .codes();
  };
  CHECK(with("given 错误数 = 3, 质量.N = 2\nexpect 质量 = 5, total = 5, 差 = 5") == kNone);
  CHECK(with("given N = 2\nexpect 质量 in [0, 10]") == kNone);
  CHECK(with("given 质量.差 = 2\nexpect 质量 = 5") == Codes{"XZ2028"});
  CHECK(with("given M = 2\nexpect 质量 = 5") == Codes{"XZ2001"});
  CHECK(with("given 错误数 = 5%\nexpect 质量 = 5") == Codes{"XZ2105"});
  CHECK(with("given 3 办件 with 超期 = true\nexpect 质量 = 5") == kNone);
  CHECK(with("given 3 办件 with 逾期 = true\nexpect 质量 = 5") == Codes{"XZ2004"});
  CHECK(with("given 3 投诉 with 逾期 = true\nexpect 质量 = 5") == Codes{"XZ2009"});
  CHECK(with("expect grade = 优秀") == Codes{"XZ2031"});
}

TEST_CASE("limits have errors of their own") {
  std::string doubling = "define g0(x) = x + x\n";
  for (int i = 1; i < 25; ++i) {
    const auto n = std::to_string(i), m = std::to_string(i - 1);
    doubling += "define g" + n + "(x) = g" + m + "(x) + g" + m + "(x)\n";
  }
  const std::string rubric = "rubric 考核 for all 部门 total 10 { item 质量 points 10 { deduct 1 per ";
  CHECK(Checked(kData + doubling + rubric + "g24(错误数) } }\n").codes() == Codes{"XZ2024"});
  std::string chain = "define d0 = 错误数\n";
  for (int i = 1; i < 400; ++i) {
    chain += "define d" + std::to_string(i) + " = d" + std::to_string(i - 1) + " + 1\n";
  }
  CHECK(Checked(kData + chain + rubric + "d399 } }\n").codes() == Codes{"XZ2025"});
  std::string sums = "define s0 = 1\n";
  for (int i = 1; i < 90; ++i) {
    const auto m = std::to_string(i - 1);
    sums += "define s" + std::to_string(i) + " = s" + m + " + s" + m + "\n";
  }
  CHECK(Checked(kData + sums + rubric + "错误数 max s89 } }\n").codes() == kNone);
}

TEST_CASE("circles are reported once") {
  CHECK(item("define 甲 = 乙 + 1\ndefine 乙 = 甲 + 1\ndeduct 0.5 per 甲") == Codes{"XZ2014"});
  CHECK(item("award 质量 / 2") == Codes{"XZ2014"});
  CHECK(Checked(kData + "define f(x) = f(x) + 1\nrubric 考核 for all 部门 total 10 {\n"
                        "item 质量 points 10 { deduct 1 per f(错误数) } }\n")
            .codes() == Codes{"XZ2014"});
}

TEST_CASE("tiers, bounds and bands") {
  CHECK(item("tier 满意率 { < 60% => 0; [60%, 90%) => 5; >= 90% => full }") == kNone);
  CHECK(item("tier 满意率 { [90%, 60%) => 5; otherwise 0 }") == Codes{"XZ2119"});
  CHECK(item("tier 错误数 { < 60% => 0; otherwise 5 }") == Codes{"XZ2102"});
  CHECK(item("judge levels { 好 => full; 一般 => [6, 12] }") == Codes{"XZ2120"});
  CHECK(item("judge levels { 好 => full; 一般 => [60%, 80%] } step 0.5") == kNone);
  CHECK(item("judge levels { 好 => full; 一般 => 6.3 } step 0.5") == Codes{"XZ2121"});
  CHECK(item("judge worth 6\njudge worth 4") == Codes{"XZ2123"});
  CHECK(item("when 属实 { judge } otherwise { judge }") == kNone);
}

TEST_CASE("the model of a policy") {
  const Checked policy(kData + R"(
group 甲类 = { 发改委, 经委 }
alias 发展改革委 = 发改委
rubric 考核 for 甲类 total 20 {
  section 服务 points 20 {
    item 即办程度 points 10 {
      input N : count of 事项 <= 事项数 "即办件"
      define 率 = N / 事项数
      tier 率 { < 5% => 0; otherwise full }
    }
    item 组织协调 points 10 { judge levels { 好 => full; 差 => 0; 一般 => [2, 8] } }
  }
  grade { 优秀 >= 18; 一般 otherwise }
}
test "一" {
  given 即办程度.N = 3, 事项数 = 100, 组织协调 = 好
  expect 即办程度 = 0, 总分 = 10, 率 = 3%, grade = 一般
}
)");
  CHECK(policy.codes() == kNone);
  CHECK(policy.node("即办程度").qualified == "考核.服务.即办程度");
  CHECK(policy.node("考核").points_value == value::Rational(20));
  CHECK(policy.node("考核").grades == Codes{"优秀", "一般"});
  const auto& n = policy.column("即办程度.N");
  CHECK(n.origin == ColumnOrigin::Input);
  CHECK(n.checks.size() == 1);
  CHECK(n.description == "即办件");
  const auto& mark = policy.column("组织协调");
  CHECK(mark.origin == ColumnOrigin::Mark);
  CHECK(mark.levels.size() == 2);
  CHECK(policy.column("事项数").range.low->number == value::Rational(1));
  REQUIRE(policy.model.tests.size() == 1);
  CHECK(policy.model.tests.front().givens.size() == 3);
  CHECK(policy.model.tests.front().rubric == policy.model.rubrics.front());
  const auto group = policy.node("考核").for_group;
  REQUIRE(group.valid());
  CHECK(policy.model.groups[group].units->size() == 2);
}

TEST_CASE("items of one name are told apart by their section") {
  const std::string text = kData + R"(
rubric 考核 for all 部门 total 20 {
  section 上半年 points 10 { item 质量 points 10 { input N : count of 件
    deduct 1 per N } }
  section 下半年 points 10 { item 质量 points 10 { input N : count of 件
    deduct 1 per N } }
  report 差 = )";
  CHECK(Checked(text + "上半年.质量 - 下半年.质量\n}\n").codes() == kNone);
  CHECK(Checked(text + "质量\n}\n").codes() == Codes{"XZ2003"});
  const Checked both(text + "上半年.质量\n}\n");
  CHECK(both.column("上半年.质量.N").name == "N");
}

TEST_CASE("a tree of errors alone still has a model") {
  const Checked empty("");
  CHECK(empty.model.tables.size() == 1);
  CHECK(empty.model.unit_table().unit_column.valid());
  const Checked broken("rubric { item points { { } \n section ) \n grade {");
  CHECK(broken.sink.has_errors());
}

TEST_CASE("faults have names in both languages") {
  CHECK(fault_named("division by zero") == value::FaultKind::DivisionByZero);
  CHECK(fault_named("除数为零") == value::FaultKind::DivisionByZero);
  CHECK_FALSE(fault_named("zero"));
}

}  // namespace
}  // namespace xize::sema
