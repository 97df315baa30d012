// compiler/analysis: rules that cannot do what they promise, seen through their findings.
#include <string>

#include <doctest/doctest.h>

#include "compiler/analysis/analysis.h"
#include "compiler/sema/sema.h"
#include "compiler/syntax/parse.h"

namespace xize::analysis {
namespace {

// The codes of the warnings about rules that a policy gives, in order, each with a blank behind.
std::string warnings(const std::string& text) {
  const source::File file("test.xize", text);
  diagnostics::Sink sink(file);
  ast::Module module = syntax::parse(file, sink);
  const sema::Model model = sema::check(module, sink);
  run(model, sink);
  std::string codes;
  for (const auto* d : sink.by_place()) {
    const auto& row = diagnostics::row(d->kind);
    const bool advice = row.severity == diagnostics::Severity::Advice;
    if (!advice) codes += std::string(row.code) + " ";
  }
  return codes;
}

// One item of 10 points over a unit's figures.
std::string item(const std::string& body) {
  return warnings(R"(table 部门 {
  名称 : unit
  率 : ratio in [0, 1]
  数 : count of 件 in [0, 20]
  总 : count of 件
  成 : count of 件 <= 总
  甲, 乙 : bool
}
rubric 考核 for all 部门 total 10 {
 item 质量 points 10 {
)" + body + "\n }\n}\n");
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
