// compiler/analysis: intervals, and the totals of small policies seen through their findings. Rules
// and wording (from XZ3100 on) are seen in rules_test.cpp.
#include "compiler/analysis/analysis.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/analysis/estimate.h"
#include "compiler/diagnostics/render_words.h"
#include "compiler/sema/sema.h"
#include "compiler/syntax/parse.h"

namespace xize::analysis {
namespace {

using Codes = std::vector<std::string>;

// A policy from text to findings.
struct Analysed {
  explicit Analysed(std::string text)
      : file("test.xize", std::move(text)),
        sink(file),
        module(syntax::parse(file, sink)),
        model(sema::check(module, sink)) {
    run(model, sink);
  }
  Analysed(const Analysed&) = delete;
  Analysed& operator=(const Analysed&) = delete;

  [[nodiscard]] Codes codes() const {
    Codes result;
    for (const auto* d : about_totals()) result.emplace_back(diagnostics::row(d->kind).code);
    return result;
  }
  // The messages, one on a line.
  [[nodiscard]] std::string messages() const {
    std::string result;
    for (const auto* d : about_totals()) {
      result += diagnostics::message_text(*d, diagnostics::Language::English) + "\n";
    }
    return result;
  }

  [[nodiscard]] std::vector<const diagnostics::Diagnostic*> about_totals() const {
    auto found = sink.by_place();
    std::erase_if(found, [](const auto* d) { return diagnostics::row(d->kind).code >= "XZ3100"; });
    return found;
  }

  source::File file;
  diagnostics::Sink sink;
  ast::Module module;
  sema::Model model;
};

const std::string kData = R"(
table 部门 {
  名称 : unit
  错误数 : count of 错误
  抽查数 : count of 事项 in [0, 5]
  事项数 : count of 事项 >= 1
  办结数 : count of 事项 <= 事项数
  满意率, 网办率 : ratio in [0, 1]
  报告分 : number in [0, 100]
  评价 : choice { 好; 一般; 差 }
  甲, 乙, 丙 : bool
}
records 办件 {
  部门 : unit
  超期 : bool
  分数 : points in [0, 3]
}
)";

// One item of 10 points.
std::string item(const std::string& body) {
  return Analysed(kData + "rubric 考核 for all 部门 total 10 {\n item 质量 points 10 {\n" + body +
                  "\n }\n}\n")
      .messages();
}
// A penalty item of 10 points.
std::string penalty(const std::string& body) {
  return Analysed(kData + "rubric 考核 for all 部门 total 10 {\n item 质量 points 10 { judge }\n" +
                  " penalty 扣分 points 10 { item 违规 points 10 {\n" + body + "\n }\n}\n}\n")
      .messages();
}
std::string rubric(const std::string& body) { return Analysed(kData + body).messages(); }

std::string below(const std::string& most, const std::string& less) {
  return "`质量` is worth 10 points, but its rules give at most " + most + ": " + less + " less\n";
}
std::string above(const std::string& most, const std::string& more) {
  return "the rules of `质量` give up to " + most + " points, but it is worth 10: " + more +
         " are cut off\n";
}
std::string gives(const std::string& amount, const std::string& more) {
  return "this gives " + amount + " points, but `质量` is worth 10: " + more + " more\n";
}

Interval from(const Rational& low) { return Interval::at_least(low); }

TEST_CASE("analysis: arithmetic of intervals") {
  const Interval a = Interval::between(1, 3), b = Interval::between(-2, 4);
  CHECK(sum(a, b).low == Extended(-1));
  CHECK(sum(a, b).high == Extended(7));
  CHECK(product(a, b).low == Extended(-6));
  CHECK(product(a, b).high == Extended(12));
  CHECK(product(from(0), Interval::at(0)).is_point());
  CHECK(quotient(a, Interval::between(2, 4)).low == Extended(Rational(1, 4)));
  CHECK(quotient(a, Interval::between(2, 4)).high == Extended(Rational(3, 2)));
  CHECK_FALSE(quotient(a, b).low.finite());
  CHECK(quotient(a, from(0)).high.infinite == 1);
  CHECK(quotient(a, from(0)).low == Extended(0));
  CHECK_FALSE(quotient(a, from(0)).low_closed);
  CHECK(magnitude(b).low == Extended(0));
  CHECK(magnitude(b).high == Extended(4));
  CHECK(smaller(a, b).high == Extended(3));
  CHECK(larger(a, b).low == Extended(1));
  CHECK(integers({Rational(1), Rational(2), false, false}).empty());
  CHECK(intersection(a, Interval::between(3, 5)).is_point());
  CHECK(intersection(a, {Rational(3), Rational(5), false, true}).empty());
}

TEST_CASE("analysis: comparisons over intervals") {
  using ast::BinaryOp;
  const Interval a = Interval::between(1, 3);
  const Interval open{Rational(3), Rational(5), false, true};
  CHECK_FALSE(compare(BinaryOp::Ge, a, open).may_hold);
  CHECK_FALSE(compare(BinaryOp::Lt, a, open).may_fail);
  CHECK(compare(BinaryOp::Le, a, a).may_fail);
  CHECK_FALSE(compare(BinaryOp::Eq, a, open).may_hold);
  CHECK_FALSE(compare(BinaryOp::Ne, Interval::at(2), Interval::at(2)).may_hold);
  CHECK(compare(BinaryOp::Gt, Interval::all(), a).may_hold);
}

TEST_CASE("analysis: what is read twice is not chosen twice") {
  const Estimate x = Estimate::free(Interval::between(0, 1), Reads::of(1));
  const Estimate y = Estimate::free(Interval::between(0, 1), Reads::of(2));
  CHECK(sum(x, y).most == Extended(2));
  CHECK(sum(x, negated(x)).bounds.high == Extended(1));
  CHECK(sum(x, negated(x)).most == Extended(0));
  CHECK(product(x, y).most == Extended(1));
  CHECK(quotient(y, sum(x, Estimate::constant(1))).most == Extended(1));
}

TEST_CASE("analysis: an item that gives just its points") {
  CHECK(item("judge") == "");
  CHECK(item("award full when 甲") == "");
  CHECK(item("award 2 per 错误数") == "");
  CHECK(item("deduct 2 per 错误数") == "");
  CHECK(item("tier 满意率 { < 60% => 0; [60%, 90%) => 6; >= 90% => full }") == "");
  CHECK(item("ratio 办结数 / 事项数") == "");
  CHECK(item("when 甲 { award 10 }\notherwise { award 4 }") == "");
  CHECK(item("base 5\naward 1 per 错误数 max 5\ndeduct 5 when 甲") == "");
  CHECK(item("rank 满意率 { top 3 => 10; otherwise 5 }") == "");
  CHECK(item("relative 满意率 to best") == "");
  CHECK(item("unspecified \"按一定比例\"") == "");
  CHECK(item("checklist { \"一\" : 甲 => 4; \"二\" : 乙 => 6 }") == "");
}

TEST_CASE("analysis: an item that gives less than its points") {
  CHECK(item("award 4 when 甲\naward 4 when 乙") == below("8", "2"));
  CHECK(item("award 2 per 错误数 max 8") == below("8", "2"));
  CHECK(item("award 1 per 抽查数") == below("5", "5"));
  CHECK(item("tier 满意率 { < 60% => 0; >= 60% => 9.5 }") == below("9.5", "0.5"));
  CHECK(item("tier 满意率 { <= 1 => 8; > 1 => 10 }") == below("8", "2"));
  CHECK(item("ratio 报告分 to 120") == below("25/3", "5/3"));
  CHECK(item("ratio 满意率 worth 8") == below("8", "2"));
  CHECK(item("linear 满意率 { 0% => 0; 200% => full }") == below("5", "5"));
  CHECK(item("checklist { \"一\" : 甲 => 4; \"二\" : 乙 => 4 }") == below("8", "2"));
  CHECK(item("judge levels { 好 => 80%; 差 => 0 }") == below("8", "2"));
  CHECK(item("highest of { award 6 when 甲; award 4 when 乙 }") == below("6", "4"));
  CHECK(item("together max 7 { award 6 when 甲; award 4 when 乙 }") == below("7", "3"));
  CHECK(item("when 甲 { award 6 }\notherwise { award 8 }") == below("8", "2"));
  CHECK(item("award 4 when 甲, double when 乙") == below("8", "2"));
  CHECK(item("award 10 when 满意率 > 2") == below("0", "10"));
  CHECK(item("give 6 when 甲\naward 4 when 乙") == below("6", "4"));
  CHECK(item("award 2 per 办件 where 超期 max 6") == below("6", "4"));
  CHECK(item("unspecified \"按比例\" suggest award 6 when 甲 accepted \"某局, 2024-01-01\"") ==
        below("6", "4"));
}

TEST_CASE("analysis: an item that gives more than its points") {
  CHECK(item("award 6 when 甲\naward 6 when 乙") == above("12", "2"));
  CHECK(item("award 8 when 甲\nratio 满意率 worth 4") == above("12", "2"));
  CHECK(item("checklist { \"一\" : 甲 => 6; \"二\" : 乙 => 6 }") == above("12", "2"));
  CHECK(item("base 4\naward 2 per 抽查数\ndeduct 1 when 甲") == above("14", "4"));
  CHECK(item("award 办结数 / 事项数 * 12 points") == above("12", "2"));
}

TEST_CASE("analysis: rules that exclude each other are not added up") {
  CHECK(item("award 10 when 甲\naward 6 when not 甲") == "");
  CHECK(item("award 10 when 评价 = 好\naward 6 when 评价 = 一般\naward 0 when 评价 = 差") == "");
  CHECK(item("award 10 when 满意率 >= 90%\naward 6 when 满意率 in [60%, 90%)") == "");
  CHECK(item("award 10 when 满意率 >= 90%\naward 6 when 满意率 >= 60%") == above("16", "6"));
  CHECK(item("award 10 when 抽查数 > 2\naward 6 when 抽查数 < 3") == "");
  CHECK(item("define 压缩比 = 1 - 报告分 / 100\nfull when 压缩比 >= 60%\n"
             "award 压缩比 * points / 0.6") == "");
  CHECK(item("define 率 = 满意率\ntier 率 { < 50% => 5; otherwise 3 }\naward 7 when 率 >= 50%") ==
        "");
  CHECK(item("define 率 = 满意率\ntier 率 { < 50% => 5; otherwise 3 }\naward 4 when 率 >= 50%") ==
        below("7", "3"));
}

TEST_CASE("analysis: nothing is said where nothing is proved") {
  CHECK(item("award (满意率 + 网办率) * 6 points") == above("12", "2"));
  CHECK(item("award (满意率 + 1 - 满意率) * 10 points") == "");
  CHECK(item("award sum(办件.分数)") == "");
  CHECK(item("award max(办件.分数)") == below("3", "7"));
  CHECK(item("award 5 when 甲\naward 5 when 乙\naward 5 when 甲 and 丙") == above("15", "5"));
  CHECK(item("award 8 when count(办件) > 2\naward 4 when count(办件) < 2") == "");
}

TEST_CASE("analysis: single amounts above the points") {
  CHECK(item("tier 满意率 { < 60% => 0; >= 60% => 12 }") == gives("12", "2"));
  CHECK(item("award 120% when 甲") == gives("12", "2"));
  CHECK(item("give 15 when 甲\njudge") == gives("15", "5"));
  CHECK(item("award 2 per 错误数 max 12") == gives("12", "2"));
  CHECK(item("deduct 2 per 错误数 max 12") ==
        "this takes up to 12 points, but `质量` has 10: 2 more\n");
  CHECK(item("deduct 15 when 甲") == "this takes up to 15 points, but `质量` has 10: 5 more\n");
}

TEST_CASE("analysis: penalties count what they take") {
  CHECK(penalty("deduct 2 per 错误数") == "");
  CHECK(penalty("deduct full when 甲") == "");
  CHECK(penalty("deduct 4 when 甲\ndeduct 4 when 乙") ==
        "`违规` has 10 points to take, but its rules take at most 8: 2 less\n");
  CHECK(penalty("deduct 8 when 甲\ndeduct 8 when 乙") ==
        "the rules of `违规` take up to 16 points, but it stops at 10: 6 are not taken\n");
  CHECK(penalty("deduct 4 when 甲\ndeduct 4 when 乙\ndeduct full when 丙") == "");
}

TEST_CASE("analysis: an item without a rule") {
  CHECK(item("criterion \"材料准确\"") ==
        "`质量` has 10 points, but nothing says how they are given\n");
  CHECK(item("veto when 甲") == "`质量` has 10 points, but nothing says how they are given\n");
}

TEST_CASE("analysis: one mistake in the points is one finding") {
  const auto text = [](int section, int part) {
    return "rubric 考核 for all 部门 total 30 {\n section 甲项 points " + std::to_string(section) +
           " {\n item 一 points " + std::to_string(part) + " { judge }\n" +
           " item 二 points 10 { judge }\n }\n" +
           " section 乙项 points 10 { item 三 points 10 { judge } }\n}\n";
  };
  CHECK(rubric(text(20, 10)) == "");
  CHECK(rubric(text(20, 8)) == "`甲项` declares 20 points, but its parts add up to 18: 2 less\n");
  CHECK(rubric(text(22, 10)) == "`甲项` declares 22 points, but its parts add up to 20: 2 less\n");
  CHECK(rubric(text(24, 14)) ==
        "the total of `考核` is 30 points, but its parts add up to 34: 4 more\n");
  const Analysed wrong(kData + text(22, 10));
  const auto& finding = *wrong.about_totals().front();
  REQUIRE(finding.fix.size() == 1);
  CHECK(wrong.file.slice(finding.fix.front().span) == "22");
  CHECK(finding.fix.front().replacement == "20");
  CHECK(finding.related.size() == 2);
}

TEST_CASE("analysis: open points are not added up") {
  CHECK(
      rubric("rubric 考核 for all 部门 total 30 {\n item 一 points unspecified \"另定\" { judge }\n"
             " item 二 points 10 { judge }\n}\n") == "");
  CHECK(
      rubric("rubric 考核 for all 部门 total 20 {\n section 框架 points none { item 一 points none"
             " { criterion \"有\" } }\n item 二 points 20 { judge }\n}\n") == "");
}

TEST_CASE("analysis: points and sentences where there are no points") {
  const auto framework = [](const std::string& section) {
    return rubric("rubric 体系 for all 部门 points none {\n" + section + "}\n");
  };
  CHECK(framework("section 甲 points none { item 一 points none { criterion \"有\" } }\n") == "");
  CHECK(framework("section 甲 points 10 { item 一 points 10 { judge } }\n") ==
        "`甲` has points, but `体系` around it has none\n");
  CHECK(framework("section 甲 points none { item 一 points 10 { judge } }\n") ==
        "`一` has points, but `甲` around it has none\n");
  CHECK(framework("item 一 points none { judge }\n") ==
        "this earns nothing: `一` has no points\n");
  CHECK(framework("item 一 points none { unspecified \"另定\" }\n") == "");
}

TEST_CASE("analysis: bonus and penalty blocks") {
  const auto block = [](const std::string& head) {
    return "rubric 考核 for all 部门 total 10 {\n item 一 points 10 { judge }\n bonus 加分 " +
           head + " {\n item 创新 points 6 { judge }\n item 表彰 points 4 { judge }\n }\n}\n";
  };
  CHECK(rubric(block("points 10")) == "");
  CHECK(rubric(block("max 8")) == "");
  CHECK(rubric(block("uncapped")) == "");
  CHECK(rubric(block("points 12")) ==
        "`加分` declares 12 points, but its items add up to 10: 2 less\n");
  CHECK(rubric(block("max 10")) ==
        "the cap of `加分` never binds: its items add up to exactly 10 points\n");
  CHECK(rubric(block("max 15")) ==
        "the cap of `加分` is 15 points, but its items add up to only 10: 5 less\n");
}

const std::string kGroups = R"(
group 一类 = { 教育局, 民政局, 侨办, 档案局 }
group 二类 = { 教育局, 民政局 }
group 三类 = { 侨办, 档案局 }
)";

TEST_CASE("analysis: points for some of the units") {
  const auto text = [](int special, const std::string& tail) {
    return kGroups + "rubric 考核 for 一类 total 10 {\n section 服务 points 10 {\n" +
           " item 一 points 6 { judge }\n item 二 points 4 for 二类 { judge }\n item 三 points " +
           std::to_string(special) + " for 三类 { judge }\n }\n" + tail + "}\n";
  };
  CHECK(rubric(text(4, "")) == "");
  CHECK(rubric(text(5, "")) ==
        "`服务` declares 10 points, but for `侨办`, `档案局` its parts add up "
        "to 11: 1 more\n");
}

TEST_CASE("analysis: units with less than the total") {
  const auto text = [](const std::string& tail) {
    return kGroups + "rubric 考核 for 一类 total 100 {\n" +
           " section 服务 points 65 for 二类 { item 一 points 65 { judge } }\n" +
           " section 数据 points 35 { item 二 points 35 { judge } }\n" + tail + "}\n";
  };
  CHECK(rubric(text("")) ==
        "2 units (`侨办`, `档案局`) can earn 35 of the 100 points of `考核`, and "
        "nothing redistributes the other 65\n");
  CHECK(rubric(text("redistribute proportionally within rubric\n")) ==
        "for 2 units (`侨办`, `档案局`) only 35 of the 100 points of `考核` apply; shared out, they "
        "count for all 100\n");
  CHECK(rubric(kGroups + "rubric 考核 for 一类 total 10 {\n section 服务 points 10 for 二类 {\n"
                         " item 一 points 10 { judge } }\n}\n") ==
        "nothing in `考核` applies to 2 units: `侨办`, `档案局`\n");
}

TEST_CASE("analysis: points that are lost where an item does not apply") {
  const auto text = [](const std::string& tail) {
    return "rubric 考核 for all 部门 total 20 {\n item 一 points 10 { judge }\n item 二 points 10 "
           "{\n"
           " not applicable when 错误数 = 0\n award 1 per 错误数 }\n" +
           tail + "}\n";
  };
  CHECK(rubric(text("")) ==
        "up to 10 points of `考核` are lost where items do not apply: nothing "
        "redistributes them\n");
  CHECK(rubric(text("redistribute equally within rubric\n")) == "");
  CHECK(rubric(text("allow XZ3032 because \"原文没有分摊\"\n")) == "");
  CHECK(rubric("allow XZ3032 because \"原文没有分摊\"\n" + text("")) == "");
  CHECK(rubric("allow XZ3030 because \"原文没有分摊\"\n" + text("")) != "");
}

TEST_CASE("analysis: weights") {
  const auto text = [](const std::string& one, const std::string& two) {
    return "rubric 考核 for all 部门 total 10 {\n section 服务 points 10 {\n weighted\n" +
           (" item 一 points 10 " + one) + " { judge }\n item 二 points 10 " + two +
           " { judge }\n }\n}\n";
  };
  CHECK(rubric(text("weight 60%", "weight 40%")) == "");
  CHECK(rubric(text("weight 3", "weight 2")) == "");
  CHECK(rubric(text("weight 60%", "weight 30%")) ==
        "the weights in `服务` add up to 90 %, not 100 %: 10 percentage points less\n");
  CHECK(rubric(text("weight 60%", "")) == "`二` has no weight, but `服务` is weighted\n");
}

TEST_CASE("analysis: what the document says of itself") {
  const auto text = [](const std::string& claims) {
    return kGroups + "claims { " + claims + " }\nrubric 考核 for 一类 total 10 {\n" +
           " section 服务 points 10 {\n item 一 points 6 { criterion \"有\"; criterion \"全\"; "
           "judge"
           " }\n item 二 points 4 { judge }\n }\n" +
           " bonus 加分 max 5 { item 创新 points 6 { judge } }\n}\n";
  };
  CHECK(rubric(text("units 4; sections 1; indicators 2; items 2; bonus items 1; total 10; "
                    "bonus total 5; elements 2")) == "");
  CHECK(rubric(text("total 15; items 3")) == "");  // with the bonus
  CHECK(rubric(text("units 5")) == "the document claims 5 units, but there are 4: 1 less\n");
  CHECK(rubric(text("indicators 4")) ==
        "the document claims 4 second-level indicators, but there are 2: 2 less\n");
  CHECK(rubric(text("total 12")) ==
        "the document claims a total of 12 points, but it is 10: 2 less\n");
  CHECK(rubric(text("bonus total 6")) ==
        "the document claims a bonus total of 6 points, but it is 5: 1 less\n");
  CHECK(rubric(text("elements 3")) == "the document claims 3 elements, but there are 2: 1 less\n");
}

TEST_CASE("analysis: a start that cannot be told is sema's to report") {
  CHECK(Analysed(kData + "rubric 考核 for all 部门 total 10 { item 质量 points 10 {\n"
                         "award 4 when 甲\ndeduct 2 when 乙\n} }\n")
            .codes() == Codes{"XZ2113"});
  CHECK(Analysed(kData + "rubric 考核 for all 部门 total 10 { item 质量 points 10 {\n"
                         "zero when 甲\n} }\n")
            .codes() == Codes{"XZ2114"});
}

}  // namespace
}  // namespace xize::analysis
