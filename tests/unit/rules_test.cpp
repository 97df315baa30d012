// compiler/analysis: rules that cannot do what they promise, seen through their findings.
#include <string>

#include <doctest/doctest.h>

#include "compiler/analysis/analysis.h"
#include "compiler/sema/sema.h"
#include "compiler/syntax/parse.h"

namespace xize::analysis {
namespace {

using diagnostics::Severity;

// The codes that a policy gives, in order, each with a blank behind: those of one severity, or all
// but that.
std::string codes_of(const std::string& text, Severity severity, bool only) {
  const source::File file("test.xize", text);
  diagnostics::Sink sink(file);
  ast::Module module = syntax::parse(file, sink);
  const sema::Model model = sema::check(module, sink);
  run(model, sink);
  std::string codes;
  for (const auto* d : sink.by_place()) {
    const auto& row = diagnostics::row(d->kind);
    if ((row.severity == severity) == only) codes += std::string(row.code) + " ";
  }
  return codes;
}
std::string warnings(const std::string& text) { return codes_of(text, Severity::Advice, false); }

// One item of 10 points over a unit's figures.
std::string item_text(const std::string& body, const std::string& before = "") {
  return before + R"(
table 部门 {
  名称 : unit
  率 : ratio in [0, 1]
  数 : count of 件 in [0, 20]
  总 : count of 件
  成 : count of 件 <= 总
  甲, 乙 : bool
  级 : choice { 国; 省; 市 }
  等 : choice { 一; 二 }
}
rubric 考核 for all 部门 total 10 {
 item 质量 points 10 {
)" + body + "\n }\n}\n";
}
std::string item(const std::string& body) { return warnings(item_text(body)); }
// What is only advice about rules; figures that the item does not read are left out.
std::string advice(const std::string& body) {
  std::string codes = codes_of(item_text(body), Severity::Advice, true);
  for (std::size_t at = 0; (at = codes.find("XZ3130 ")) != std::string::npos;) codes.erase(at, 7);
  return codes;
}
// One lookup by a choice of three and one of two labels.
std::string grid(const std::string& rows) {
  return warnings(item_text("award 分(级, 等)", "lookup 分(级, 等) {" + rows + "}"));
}
std::string tier(const std::string& rows) { return item("tier 率 { " + rows + " }"); }

TEST_CASE("rules: rows that cover their range are silent") {
  CHECK(tier("< 60% => 0; [60%, 90%) => 6; >= 90% => full") == "");
  CHECK(tier(">= 90% => full; >= 60% => 6; otherwise => 0") == "");
  CHECK(item("tier 数 { = 0 => full; [1, 5] => 6; > 5 => 0 }") == "");
}

TEST_CASE("rules: a gap, between rows and at either end") {
  CHECK(tier("< 60% => 0; (60%, 90%) => 6; >= 90% => full") == "XZ3101 ");
  CHECK(tier("[50%, 90%) => 6; >= 90% => full") == "XZ3101 ");
  CHECK(tier("< 60% => 0; [60%, 90%] => full") == "XZ3101 ");
}

TEST_CASE("rules: no integer lies between 20 and 21") {
  CHECK(item("tier 数 { <= 4 => full; >= 5 => 0 }") == "");
  CHECK(item("tier 数 { < 4 => full; > 4 => 0 }") == "XZ3101 ");
}

TEST_CASE("rules: a row that never decides") {
  CHECK(tier(">= 60% => 6; >= 90% => full; otherwise => 0") != "");
  CHECK(item("tier 数 { <= 20 => full; > 20 => 0 }") == "XZ3103 ");
}

TEST_CASE("rules: two rows claim a bound") {
  CHECK(tier("<= 60% => 0; [60%, 90%) => 6; >= 90% => full") == "XZ3104 ");
}

TEST_CASE("rules: the points turn") {
  CHECK(tier("< 60% => 0; [60%, 80%) => 8; [80%, 90%) => 6; >= 90% => full") == "XZ3105 ");
}

TEST_CASE("rules: scales that turn, rows behind wider ones") {
  CHECK(item("linear 率 { 0% => 0; 50% => 10; 100% => 6 }") == "XZ3105 ");
  CHECK(item("linear 率 { 0% => 0; 50% => 10; 100% => 10 }") == "");
  CHECK(item("rank 率 { top 3 => 8; top 10 => 10; otherwise 5 }") == "XZ3105 ");
  CHECK(item("rank 率 { top 10 => 10; top 3 => 8; otherwise 5 }") == "XZ3102 ");
  CHECK(item("judge levels { 好 => 6; 中 => full; 差 => 0 }") == "XZ3105 ");
  CHECK(item("ratio 率 to 60% from 60%") == "XZ3108 ");
  CHECK(item("ratio 率 to 60% from 59%") == "");
}

TEST_CASE("rules: lookups by two keys") {
  const std::string rows = "国, 一 => 10; 国, 二 => 8; 省, 一 => 8; 省, 二 => 6; 市, 一 => 6; ";
  CHECK(grid(rows + "市, 二 => 4") == "");
  CHECK(grid(rows + "otherwise => 4") == "");
  CHECK(grid(rows) == "XZ3101 ");
  CHECK(grid(rows + "市, 二 => 4; 市, 二 => 3") == "XZ3104 ");
  CHECK(grid(rows + "市, 二 => 7") == "XZ3105 ");
}

TEST_CASE("rules: a lookup by a number") {
  const auto by_rate = [](const std::string& rows) {
    return warnings(item_text("award 分(率)", "lookup 分(率) {" + rows + "}"));
  };
  CHECK(by_rate("< 60% => 0; >= 60% => 10") == "");
  CHECK(by_rate("< 50% => 0; >= 60% => 10") == "XZ3101 ");
  CHECK(by_rate("< 60% => 0; [60%, 80%) => 10; >= 80% => 8") == "XZ3105 ");
}

TEST_CASE("rules: a jump beside a proportion") {
  CHECK(advice("full when 率 >= 60%\naward 率") == "XZ3107 ");
  CHECK(advice("full when 率 >= 60%\naward 率 / 0.6") == "");
  CHECK(advice("zero when 率 < 60%\naward 率") == "");
  CHECK(advice("when 率 >= 60% { award 10 } otherwise { award 率 * 15 分 }") == "XZ3107 ");
  CHECK(advice("tier 率 { < 60% => 6; >= 60% => full }") == "");
}

TEST_CASE("rules: steps and their cap") {
  CHECK(advice("deduct 3 per 总 max 10") == "XZ3109 ");
  CHECK(advice("deduct 2 per 总 max 10") == "");
  CHECK(advice("deduct 1 per 数 max 10") == "XZ3115 ");
  CHECK(item("deduct 0.4 per 数 max 10") == "XZ3114 ");
  CHECK(advice("deduct 0.5 per 数 max 10") == "");
}

TEST_CASE("rules: guards that others stand before") {
  CHECK(item("base full\nzero when 数 > 3\nzero when 数 > 5") == "XZ3113 ");
  CHECK(item("base full\nzero when 数 > 5\nzero when 数 > 3") == "");
  CHECK(item("base full\nzero when 甲\nfull when 甲") == "XZ3113 ");
}

TEST_CASE("rules: guards that hold together") {
  CHECK(item("base full\nzero when 甲\nfull when 乙") == "XZ3112 ");
  CHECK(item("base full\nordered { zero when 甲\n full when 乙 }") == "");
  CHECK(item("base full\nzero when 甲\nfull when not 甲 and 乙") == "");
  CHECK(item("base full\nzero when 数 > 20") == "XZ3110 ");
  CHECK(item("base full\nfull when 数 >= 0") == "XZ3111 ");
}

TEST_CASE("rules: a denominator that may be zero") {
  CHECK(item("ratio 成 / 总") == "XZ3120 ");
  CHECK(item("zero when 总 = 0\nratio 成 / 总") == "");
  CHECK(item("ratio 成 / (总 + 1)") == "");
}

}  // namespace
}  // namespace xize::analysis
