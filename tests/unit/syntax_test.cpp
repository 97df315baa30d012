// syntax: raw tokens against the lexer grammar, ambiguities, what both surfaces mean, and that one
// mistake is one message.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/diagnostics/render.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/driver/compilation.h"
#include "compiler/format/print_tree.h"
#include "compiler/format/same_tree.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/reference_lexer.h"

namespace xize::syntax {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Every policy of the tree: the policies, the examples, the samples, the conformance cases.
std::vector<fs::path> every_policy() {
  std::vector<fs::path> paths;
  for (const char* folder : {"policies", "grammar", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".xize") paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  return paths;
}

// A text with its tree and what was said of it.
struct Read {
  explicit Read(std::string text) : file("test.xize", std::move(text)), sink(file) {
    module = parse(file, sink);
  }
  [[nodiscard]] std::string said() const { return diagnostics::render_text(sink, {}); }
  [[nodiscard]] std::string codes() const {
    std::string list;
    for (const auto* finding : sink.by_place()) {
      if (!list.empty()) list += ' ';
      list += diagnostics::row(finding->kind).code;
    }
    return list;
  }

  source::File file;
  diagnostics::Sink sink;
  ast::Module module;
};

// `WORD 甲 at 3`, one a line, up to and including the first difference.
std::string shown(std::string_view text, const std::vector<RawToken>& tokens, std::size_t from) {
  std::string lines;
  for (std::size_t i = from; i < std::min(tokens.size(), from + 4); ++i) {
    const source::Span span = tokens[i].span;
    lines += std::string(raw_token_name(tokens[i])) + ' ' +
             std::string(text.substr(span.begin, span.size())) + " at " +
             std::to_string(span.begin) + '\n';
  }
  return lines;
}

void check_scan(std::string_view text) {
  const auto ours = scan(text);
  const auto theirs = scan_by_grammar(text);
  const auto same = [](const RawToken& a, const RawToken& b) {
    return a.type == b.type && a.span == b.span;
  };
  const auto [a, b] = std::ranges::mismatch(ours, theirs, same);
  if (a == ours.end() && b == theirs.end()) return;
  const auto at = static_cast<std::size_t>(a - ours.begin());
  INFO(std::string(text));
  CHECK(shown(text, ours, at) == shown(text, theirs, at));
}

TEST_CASE("the scanner gives the tokens of the lexer grammar for every policy") {
  for (const auto& path : every_policy()) {
    INFO(path.string());
    check_scan(read_text(path));
  }
}

TEST_CASE("the scanner gives the tokens of the lexer grammar for any text") {
  constexpr std::string_view kPieces[] = {
      "每", "1", "个", "扣", "0.5", "分", "错误数", "a", "Z_9", "“", "”", "《", "》", "\"", "\"\"\"",
      "`", "#", "＃", " ", "\u3000", "\n", "\r\n", "\r", "（", "）", "(", ")", "（含）", "( 不含 )",
      "(不 含)", "，", ",", "、", "。", "；", ";", "：", ":", "=", "=>", "⇒", "->", "→", "-", "－",
      "—", "<", "<=", "≤", "≧", ">=", "!", "!=", "≠", "％", "%", "5%", "4万", "亿", "２０", "．５",
      ".5", "3.", "1_000", "2023-11-30", "2023-1", "2023年11月30日", "2023年11月", "2023年", "20231-2",
      "+", "×", "÷", "/", "&", "{", "｛", "}", "[", "】", "~", "～", "n/a", "é", "\u0301", "😀", "@",
      "日", "年", "月"};
  std::mt19937 random(20231130);  // NOLINT: the same texts every time
  std::uniform_int_distribution<std::size_t> piece(0, std::size(kPieces) - 1);
  std::uniform_int_distribution<int> length(1, 24);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (int n = length(random); n > 0; --n) text += kPieces[piece(random)];
    check_scan(text);
  }
}

TEST_CASE("no policy can be read in two ways") {
  for (const auto& path : every_policy()) {
    const source::File file(path.string(), read_text(path));
    for (const auto& found : find_ambiguities(file)) {
      INFO(path.string(), ": ", found.rule, " `", std::string(file.slice(found.span)), "`");
      CHECK(false);
    }
  }
}

// What a name, a unit table and an item around it make of a line; both surfaces.
std::string in_item(std::string_view line) {
  return "评分表 甲（总分 10 分）{\n  一级指标 乙（10 分）{\n" + std::string(line) + "\n  }\n}\n";
}

// Two ways to write one thing.
struct Twins {
  std::string_view one, other;
};

void check_twins(const std::string& one, const std::string& other) {
  const Read a(one), b(other);
  INFO(one, "\n", other);
  CHECK(a.codes() == "");
  CHECK(b.codes() == "");
  CHECK(format::print_meaning(a.module) == format::print_meaning(b.module));
}

TEST_CASE("both surfaces and their synonyms give the same tree in an item") {
  const std::vector<Twins> twins = {
      {"每1个 错 扣０．５分，最多扣１０分", "deduct 0.5 per 错 max 10"},
      {"错 达到 90% 的，得 10 分；达到 80% 的，得 8 分；其余不得分",
       "tier 错 { >= 90% => 10; >= 80% => 8; otherwise => zero }"},
      {"错 为 优 的，得10分，为 良 的，得8分", "tier 错 { 优 => 10; 良 => 8 }"},
      {"错 达到 90% 得满分，否则得 5 分", "tier 错 { >= 90% => full; otherwise 5 }"},
      {"每一项 错 扣2分", "deduct 2 per 1 项 错"},
      {"每5天 错（不足5天的按5天计）扣1分", "deduct 1 per 5 days 错 every started"},
      {"扣 0.5 分 按 错，最多扣10分", "deduct 0.5 per 错 max 10"},
      {"错 未达到 5% 的，不得分", "zero when 错 < 5%"},
      {"不得分 当 错 大于等于 5", "zero when 错 >= 5"},
      {"错 的，此项得 5 分", "give 5 when 错"},
      {"错 的，得 5 分", "award 5 when 错"},
      {"错 按比例计分，达到 90% 得满分", "ratio 错 to 90%"},
      {"比例 错", "ratio 错"},
      {"分档 错 { 5%（含）-7%（不含）得 2 分；60%以上（含）得满分 }",
       "tier 错 { [5%, 7%) => 2; >= 60% => full }"},
      {"视情况得分 { “好” 得满分；“差” 不得分 }", "judge levels { 好 => full; 差 => zero }"},
      {"视情况得分，精确到 0.5 分，须附佐证，档次 { “好” 得满分 }",
       "judge step 0.5 requires evidence levels { 好 => full }"},
      {"酌情扣分", "deduct judge"},
      {"视情况得分，从 评委 的 分", "judge from 评委.分"},
      {"横向对比 错 占合计", "relative 错 to sum"},
      {"按 错 排名 { 前 3 名 得满分；其余 得 1 分 }", "rank 错 { top 3 => full; otherwise => 1 }"},
      {"合计最多 6 分 { 加 1 分 }", "together max 6 { award 1 }"},
      {"错 的 { 加 1 分 } 否则 { 加 2 分 }", "when 错 { award 1 } otherwise { award 2 }"},
      {"存在 错 或 漏 的，不得分", "zero when any(错) or 漏"},
      {"得分 = 错 × 本项分值", "错 * own points"},
      {"扣制 ； 要点 “处分”", "扣制\n要点 “处分”"},
  };
  for (const auto& pair : twins) check_twins(in_item(pair.one), in_item(pair.other));
}

TEST_CASE("both surfaces and their synonyms give the same expressions") {
  const std::vector<Twins> twins = {
      {"a 为 3 且 非 b", "a = 3 and not b"},
      {"合计（R 的 e，按 k 分别）", "sum(R.e by k)"},
      {"就高合计（R 的 e，按 k）", "highest(R by e per k)"},
      {"最大（a，于 甲 加 乙，缺省 0）", "max(a over 甲 + 乙 default 0)"},
      {"平均（R 的 e，去掉 1 个最高 1 个最低）", "average(R.e drop 1 highest 1 lowest)"},
      {"平均（R 的 e，去掉1个最高1个最低）", "average(R.e drop 1 highest 1 lowest)"},
      {"按 最小（R 的 e）取值 { 1 得 2；其余 得 3 }", "case min(R.e) { 1 => 2; otherwise => 3 }"},
      {"a 至 b 的工作日数（含首日）", "workdays(a, b, counting first)"},
      {"300/7 分 + １０／３", "300/7 points + 10/3"},
      {"x ÷ 300/7", "x / 300 / 7"},
      {"1/0 + 2 / 3", "1 / 0 + 2 / 3"},
      {"若 a 则 4万 否则 5％", "if a then 40000 else 5%"},
      {"a 属于 前 10 k", "a in top 10 k"},
      {"a\n  + b\n  × c", "a + b * c"},
      {"f（a，\n  b）", "f(a, b)"},
  };
  for (const auto& pair : twins) {
    check_twins("定义 x甲 = " + std::string(pair.one), "define x甲 = " + std::string(pair.other));
  }
}

TEST_CASE("both surfaces and their synonyms give the same declarations") {
  const std::vector<Twins> twins = {
      {"数据表 t { 单价 ： 元/人 的 数值；a、b ： 件 的 个数，不小于 1 “说明” }",
       "table t { 单价 : number of 元/人; a, b : count of 件 >= 1 \"说明\" }"},
      {"数据表 t { a ： 个数，校验 “少” 最大（a，全部单位） 不低于 1 且 a 大于 0 }",
       "table t { a : count check \"少\" max(a over units) >= 1 and a > 0 }"},
      {"数据表 t {\n  a ： 个数\n    “说明”\n  其余 ： 个数\n}",
       "table t { a : count \"说明\"; `其余` : count }"},
      {"考核对象 g = 甲、乙 加 丙 减 { 丁 } 兼属 戊", "group g = { 甲, 乙 } + 丙 - { 丁 } & 戊"},
      {"评分表 甲（总分 9 分）适用 乙 加 丙 { 一级指标 且（9 分）{ 扣分制 } }",
       "rubric 甲 total 9 for 乙 + 丙 { item `且` points 9 { base full } }"},
      {"评分表 甲 { 一级指标 “一、二（三）”（5 分）{ 扣分制 } }",
       "rubric 甲 { item `一、二（三）` points 5 { base full } }"},
      {"评分表 甲 { 附加分（最多 5 分）{ 评分项 乙（5 分）{ 视情况加分 } } }",
       "rubric 甲 { bonus `加分项` max 5 { item 乙 points 5 { judge } } }"},
      {"评分表 甲 { 部分 乙 { 一级指标 丙（5 分）{ 二级指标 丁（5 分） } } }",
       "rubric 甲 { 方面 乙 { section 丙 points 5 { item 丁 points 5 } } }"},
      {"修订 “一” { 将 甲 替换为 乙；将 丙 调整为 丁；不再设 戊；将 己 分值保持 30 分不变 }",
       "amends \"一\" { replace 甲 with 乙; rename 丙 to 丁; remove 戊; keep 己 points 30 }"},
      {"算例 “一” { 应得 a = 是，up = 是 }", "test \"一\" { expect a = true, up = true }"},
      {"定义 不等于 = 3", "define `不等于` = 3"},
      {"算例 “一” { 应得 “一、二” = 300/7 分，总分 = 3 }",
       "test \"一\" { expect `一、二` = 300/7 points, total = 3 }"},
  };
  for (const auto& pair : twins) check_twins(std::string(pair.one), std::string(pair.other));
}

// A text and the codes of what is said of it, in order.
struct Mistake {
  std::string_view text, codes;
};

TEST_CASE("one mistake is one message") {
  const std::vector<Mistake> mistakes = {
      {"理解位 “半分不扣”", "XZ1119"},
      {"错 按比列得分", "XZ1119"},
      {"原问 “半分不扣”", "XZ1115"},
      {"当错 大于 5 的，得 5 分", "XZ1110"},
      {"每1个错扣0.5分", "XZ1110"},
      {"错超过5的，不得分", "XZ1110"},
      {"错 超过 5，不得分", "XZ1114"},
      {"二级指标 丙 5分 { 扣分制 }", "XZ1117"},
      {"其余 超过 5 的，不得分", "XZ1118"},
      {"每1个 其余 扣0.5分", "XZ1118"},
      {"得分 = 错 +", "XZ1102"},
      {"得分 = (错", "XZ1105"},
      {"得分 = 错)", "XZ1106"},
      {"得分 = “错", "XZ1108"},
      {"得分 = 错 ?", "XZ1109"},
      {"得分 = 2023-13-01 至 错 的天数", "XZ1111"},
      {"扣 1 分，最多扣2分，最多扣3分", "XZ1150"},
      {"得分 = 错 错", "XZ1115"},
  };
  const std::string data = "数据表 部门 {\n  错 ： 个数\n  其余 ： 个数\n}\n";
  for (const auto& mistake : mistakes) {
    const Read read(data + in_item(mistake.text));
    INFO(read.said());
    CHECK(read.codes() == mistake.codes);
  }
}

TEST_CASE("worked examples can be left out, mistakes in them too, and nothing else goes") {
  const auto tree = [](std::string text, Examples examples) {
    const source::File file("test.xize", std::move(text));
    diagnostics::Sink sink(file);
    const ast::Module module = parse(file, sink, examples);
    return format::print_tree(module) + diagnostics::render_text(sink, {});
  };
  const std::string item = "评分项 甲（10 分）{ 得 10 分 }\n";
  const std::string broken = "算例 “误” { 已知 ＝，应得 { 甲 } }\n";
  CHECK(tree(item + broken + broken + item, Examples::LeftOut) ==
        tree(item + "\n\n" + item, Examples::Read));
  CHECK(tree(item + broken + broken, Examples::LeftOut) == tree(item, Examples::Read));
  CHECK(tree(broken, Examples::LeftOut) == tree("", Examples::Read));
  CHECK(tree(item + broken, Examples::Read) != tree(item, Examples::Read));
}

TEST_CASE("independent mistakes are all reported, and what they spoil is not") {
  const Read read(
      "数据表 部门 {\n  名称 ： 单位\n  错 ： 个数，不超\n  漏 ： 个数\n}\n"
      "定义 率 = 错 ÷\n"
      "评分表 甲（总分 10 分）适用 全部 部门 {\n"
      "  一级指标 乙（10 分）{\n    每1个 漏 扣0.5\n    理解位 “一”\n    率 超过 1，不得分\n  }\n"
      "  一级指标 丙 “题\n}\n");
  CHECK(read.codes() == "XZ1101 XZ1102 XZ1119 XZ1114 XZ1108");
}

TEST_CASE("the samples are read, hold what they say, and mean what their English twins mean") {
  for (const std::string name : {"city_departments", "fragments"}) {
    INFO(name);
    const Read zh(read_text("tests/samples/" + name + ".zh.xize"));
    const Read en(read_text("tests/samples/" + name + ".en.xize"));
    CHECK(zh.codes() == "");
    CHECK(en.codes() == "");
    CHECK(zh.module.surface == ast::Surface::Chinese);
    CHECK(en.module.surface == ast::Surface::English);
    CHECK(format::print_meaning(zh.module) == format::print_meaning(en.module));
    diagnostics::Sink sink;
    const auto compiled = driver::compile("tests/samples/" + name + ".zh.xize", sink);
    REQUIRE(compiled != nullptr);
    // The fragments amend indicators that stand elsewhere.
    for (const auto& finding : sink.findings()) {
      if (finding.severity == diagnostics::Severity::Error) {
        CHECK(diagnostics::row(finding.kind).code == "XZ2032");
      }
    }
    CHECK(compiled->sound() == (name == "city_departments"));
  }
}

}  // namespace
}  // namespace xize::syntax
