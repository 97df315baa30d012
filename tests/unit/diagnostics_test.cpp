// compiler/diagnostics: the registry and its style, the sink, suggestions, the renderers, pages.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/kinds/data.h"
#include "compiler/diagnostics/kinds/notes.h"
#include "compiler/diagnostics/kinds/text.h"
#include "compiler/diagnostics/pages.h"
#include "compiler/diagnostics/render.h"
#include "compiler/diagnostics/render_words.h"
#include "compiler/diagnostics/report.h"
#include "compiler/diagnostics/row_style.h"
#include "compiler/diagnostics/sink.h"

namespace {

using namespace xize::diagnostics;
using xize::source::File;
using xize::source::Span;
using Json = nlohmann::json;

constexpr ParameterType kCodeNumber[] = {ParameterType::Code, ParameterType::Number};
constexpr ParameterType kCount[] = {ParameterType::Count};
constexpr ParameterType kTerm[] = {ParameterType::Term};

// What must not compile, as constant expressions.
static_assert(placeholders_fit("`{0}` is {1}", "do it", kCodeNumber));
static_assert(placeholders_fit("`{0}` is off", "write {1}", kCodeNumber));
static_assert(!placeholders_fit("`{0}` is off", "do it", kCodeNumber));      // {1} never printed
static_assert(!placeholders_fit("`{0}` is {1} {2}", "do", kCodeNumber));     // no such parameter
static_assert(!placeholders_fit("{0} is {1}", "do it", kCodeNumber));        // code bare
static_assert(!placeholders_fit("`{0}` is {1:a|b}", "do it", kCodeNumber));  // words for a number
static_assert(!placeholders_fit("`{}` is {1}", "do it", kCodeNumber));       // no index
static_assert(!placeholders_fit("`{0}` is {1", "do it", kCodeNumber));       // open
static_assert(placeholders_fit("{0:row|rows}", "do {{ }}", kCount));
static_assert(!placeholders_fit("{0:row}", "do it", kCount));
static_assert(!placeholders_fit("expected `{0}`", "do it", kTerm));
static_assert(english_style("unknown name `X`"));
static_assert(!english_style("Unknown name"));
static_assert(!english_style("unknown name."));
static_assert(!english_style("unknown `name"));
static_assert(!english_style(""));
static_assert(chinese_style("找不到 `x`"));
static_assert(!chinese_style("找不到。"));
static_assert(!chinese_style("找不到, x"));
static_assert(!chinese_style("unknown"));
static_assert(code_style("XZ1001") && !code_style("XZ101") && !code_style("XY1001"));
static_assert(std::invocable<SignatureOf<kinds::DataOffStep>*, const char*, xize::value::Rational>);
static_assert(!std::invocable<SignatureOf<kinds::DataOffStep>*, const char*, const char*>);
static_assert(!std::invocable<SignatureOf<kinds::DataOffStep>*, const char*>);

const File kPolicy("部门.xize",
                   "policy 示例 { }\n"
                   "\titem 即办程度 points 5 {\n"
                   "    分档 即办率\n"
                   "  }\n"
                   "  item b points 7\n");

Span span_of(std::string_view text) {
  const auto at = kPolicy.text().find(text);
  REQUIRE(at != std::string_view::npos);
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + text.size())};
}

std::string rendered(const Sink& sink, Language language = Language::English) {
  return render_text(sink, {language, false});
}

std::string family_file(std::string_view code) {
  const auto prefix = code.substr(0, 4);
  const std::pair<std::string_view, std::string_view> families[] = {
      {"XZ10", "text"},   {"XZ11", "syntax"}, {"XZ20", "names"},    {"XZ21", "types"},
      {"XZ30", "totals"}, {"XZ31", "rules"},  {"XZ32", "document"}, {"XZ33", "versions"},
      {"XZ34", "verify"}, {"XZ40", "data"},   {"XZ50", "scoring"},  {"XZ60", "command"},
      {"XZ62", "whatif"}};
  for (const auto& [range, family] : families) {
    if (range == prefix) return std::string(family);
  }
  return {};
}

}  // namespace

TEST_CASE("diagnostics: every code lies in the range of a family") {
  for (const auto& r : rows()) {
    CAPTURE(r.code);
    CHECK(!family_file(r.code).empty());
    CHECK(find_code(r.code) == &r);
  }
  CHECK(find_code("XZ0000") == nullptr);
}

TEST_CASE("diagnostics: a page for every code, and no page without a code") {
  std::string codes_without_page;
  for (const auto& r : rows()) {
    if (page(r.code).empty()) codes_without_page += std::string(r.code) + " ";
  }
  CHECK(codes_without_page == "");
  std::string pages_without_code;
  for (const auto& p : pages()) {
    if (find_code(p.code) == nullptr) pages_without_code += std::string(p.code) + " ";
  }
  CHECK(pages_without_code == "");
  CHECK(page("XZ0000").empty());
}

TEST_CASE("diagnostics: every page has its sections and a failing and a mended example") {
  for (const auto& p : pages()) {
    CAPTURE(p.code);
    CHECK(p.markdown.starts_with("# " + std::string(p.code) + "\n\n## English\n\n"));
    CHECK(!page_section(p.markdown, "English").empty());
    CHECK(has_non_ascii(page_section(p.markdown, "中文")));
    const auto example = page_section(p.markdown, "Example");
    std::set<std::string> cases;
    bool open = false;
    for (std::size_t at = 0; at < example.size();) {
      const auto end = std::min(example.find('\n', at), example.size());
      const auto line = example.substr(at, end - at);
      at = end + 1;
      if (!line.starts_with("```")) continue;
      open = !open;
      if (!open) continue;
      const auto blank = line.find(' ');
      REQUIRE_MESSAGE(blank != std::string_view::npos, "a fence says fail, ok or both: ", line);
      const auto which = line.substr(blank + 1, line.find(' ', blank + 1) - blank - 1);
      CHECK_MESSAGE((which == "fail" || which == "ok" || which == "both"), line);
      const auto language = line.substr(3, blank - 3);
      CHECK_MESSAGE(
          (language == "xize" || language == "csv" || language == "sh" || language == "text"),
          line);
      cases.insert(std::string(which));
    }
    CHECK(!open);
    CHECK(cases.contains("fail"));
    CHECK((cases.contains("ok") || cases.contains("both")));
  }
}

TEST_CASE("diagnostics: a page in one language") {
  const auto english = page_text("XZ1009", Language::English);
  CHECK(english.starts_with("# XZ1009: `…` is not UTF-8, it looks like GBK (GB 18030)\n\n"));
  CHECK(english.find("iconv") != std::string::npos);
  CHECK(english.find("中文") == std::string::npos);
  CHECK(page_text("XZ1009", Language::Chinese).find("另存为 UTF-8") != std::string::npos);
  CHECK(page_text("XZ0000", Language::English).empty());
}

TEST_CASE("diagnostics: words are filled in both languages") {
  const auto d = make<kinds::DataUnknownChoice>(Nowhere{}, "较好", List{{"好", "一般", "差"}});
  CHECK(message_text(d, Language::English) == "found `较好`, expected one of `好`, `一般`, `差`");
  CHECK(message_text(d, Language::Chinese) == "读到 `较好`，此处应为 `好`、`一般`、`差` 之一");
  const auto one = make<kinds::DataRaggedRow>(Nowhere{}, 1, 3);
  CHECK(message_text(one, Language::English) == "this row has 1 cell, the header has 3");
  const auto many = make<kinds::DataRaggedRow>(Nowhere{}, 2, 3);
  CHECK(message_text(many, Language::English) == "this row has 2 cells, the header has 3");
  const auto step = make<kinds::DataOffStep>(Nowhere{}, "8.3", xize::value::Rational(1, 2));
  CHECK(message_text(step, Language::English) == "found `8.3`, expected a multiple of 0.5");
  const auto term = make<kinds::DataBlankCell>(Nowhere{}, Term{"a count", "个数"});
  CHECK(message_text(term, Language::Chinese) == "单元格为空，此处应为个数");
  const auto empty = make<kinds::FileEmpty>(Nowhere{}, "a.xize");
  CHECK(help_text(empty, Language::English) ==
        "write the policy, beginning with `policy NAME { }`");
}

TEST_CASE("diagnostics: text of the user's stays on one line") {
  const auto d = make<kinds::UnknownRubricAsked>(Nowhere{}, "a\nb\x1b[31m");
  CHECK(message_text(d, Language::English) == "the policy has no rubric `a\\nb\\x1b[31m`");
}

TEST_CASE("diagnostics: every row renders in both languages without a stray brace") {
  for (const auto& r : rows()) {
    for (const auto text : {r.message.english, r.message.chinese, r.help.english, r.help.chinese}) {
      const auto plain = template_text(text);
      CAPTURE(plain);
      CHECK(plain.find("{0") == std::string::npos);
    }
  }
  CHECK(template_text("`{0}` has {1:row|rows} {{ }}") == "`…` has … rows { }");
}

TEST_CASE("diagnostics: the sink drops doubles, counts, and sorts by place") {
  Sink sink(kPolicy);
  sink.report<kinds::NoTests>(span_of("policy"));
  sink.report<kinds::UnknownRubricAsked>(span_of("item b"), "b");
  sink.report<kinds::UnknownRubricAsked>(span_of("示例"), "a");
  sink.report<kinds::UnknownRubricAsked>(span_of("示例"), "a again").suggest("dropped");
  CHECK(sink.error_count() == 2);
  CHECK(sink.warning_count() == 1);
  CHECK(sink.has_errors());
  const auto sorted = sink.by_place();
  REQUIRE(sorted.size() == 3);
  CHECK(sorted[0]->kind == kinds::NoTests);
  CHECK(message_text(*sorted[1], Language::English) == "the policy has no rubric `a`");
  CHECK(sorted[1]->suggestions.empty());
  CHECK(summary_line(sink, Language::English) == "2 errors, 1 warning");
  CHECK(summary_line(sink, Language::Chinese) == "2 个错误，1 个警告");
  CHECK(summary_line(Sink(), Language::English) == "no errors");
}

TEST_CASE("diagnostics: one clause may fail for each unit") {
  Sink sink(kPolicy);
  const auto place = [] { return InSource{&kPolicy, span_of("即办率")}; };
  using xize::value::FaultKind;
  report_fault(sink, FaultKind::DivisionByZero, place(), {"甲局", "即办程度"});
  report_fault(sink, FaultKind::DivisionByZero, place(), {"乙局", "即办程度"});
  report_fault(sink, FaultKind::DivisionByZero, place(), {"乙局", "即办程度"});
  CHECK(sink.error_count() == 2);
  CHECK(message_text(sink.findings()[0], Language::Chinese) ==
        "单位 `甲局` 的 `即办程度`：除数为零");
}

TEST_CASE("diagnostics: beyond the limit of a file the rest is counted") {
  Sink sink;
  const auto at = [](std::uint64_t line) { return InData{"部门.csv", line, 1, "列", "甲"}; };
  for (std::uint64_t line = 1; line <= kErrorsMax + 50; ++line) {
    sink.report_at<kinds::DataUnnamedColumn>(at(line));
  }
  sink.report_at<kinds::DataUnnamedColumn>(InData{"other.csv", 1, 1, "列", "甲"});
  CHECK(sink.error_count() == kErrorsMax + 51);
  const auto sorted = sink.by_place();
  REQUIRE(sorted.size() == kErrorsMax + 2);
  CHECK(sorted[kErrorsMax]->kind == kinds::TooManyErrors);
  CHECK(message_text(*sorted[kErrorsMax], Language::English) ==
        "too many errors in this file: 50 more are not shown");
  CHECK(std::get<InData>(sorted.back()->where).path == "other.csv");
}

TEST_CASE("diagnostics: text puts carets under wide characters, after tabs") {
  Sink sink(kPolicy);
  sink.report<kinds::UnknownRubricAsked>(span_of("即办程度"), "即办程度")
      .suggest(std::vector<std::string>{"即办", "程度"})
      .fix(span_of("即办程度"), "即办");
  CHECK(rendered(sink) ==
        "error[XZ6011]: the policy has no rubric `即办程度`\n"
        " --> 部门.xize:2:7\n"
        "  |\n"
        "2 |     item 即办程度 points 5 {\n"
        "  |          ^^^^^^^^\n"
        "  = help: did you mean `即办` or `程度`?\n"
        "  = help: use the name of a rubric of this policy\n"
        "  = fix: replace `即办程度` with `即办`\n"
        "\n"
        "1 error\n");
  CHECK(rendered(sink, Language::Chinese) ==
        "错误[XZ6011]：细则中没有评分表 `即办程度`\n"
        " --> 部门.xize:2:7\n"
        "  |\n"
        "2 |     item 即办程度 points 5 {\n"
        "  |          ^^^^^^^^\n"
        "  = 帮助：是否想写 `即办` 或 `程度`？\n"
        "  = 帮助：请使用本细则中评分表的名称\n"
        "  = 修正：将 `即办程度` 改为 `即办`\n"
        "\n"
        "1 个错误\n");
}

TEST_CASE("diagnostics: notes of the same file share the snippet") {
  Sink sink(kPolicy);
  sink.report<kinds::UnknownRubricAsked>(span_of("policy 示例"), "x")
      .note<kinds::PartOfSum>(span_of("item 即办程度 points 5"), "即办程度", 5)
      .note<kinds::PartOfSum>(span_of("item b points 7"), "b", 7)
      .remark<kinds::OtherDataFile>("y");
  CHECK(rendered(sink) ==
        "error[XZ6011]: the policy has no rubric `x`\n"
        " --> 部门.xize:1:1\n"
        "  |\n"
        "1 | policy 示例 { }\n"
        "  | ^^^^^^^^^^^\n"
        "2 |     item 即办程度 points 5 {\n"
        "  |     ---------------------- `即办程度`: 5\n"
        "...\n"
        "5 |   item b points 7\n"
        "  |   --------------- `b`: 7\n"
        "  = note: the other file is `y`\n"
        "  = help: use the name of a rubric of this policy\n"
        "\n"
        "1 error\n");
}

TEST_CASE("diagnostics: a span on several lines is marked at both ends") {
  Sink sink(kPolicy);
  sink.report<kinds::UnknownRubricAsked>(xize::source::join(span_of("item 即"), span_of("\n  }\n")),
                                        "x");
  const auto text = rendered(sink);
  CHECK(text.find("2 |     item 即办程度 points 5 {\n"
                  "  |     ^^^^^^^^^^^^^^^^^^^^^^^^\n"
                  "3 |     分档 即办率\n"
                  "4 |   }\n"
                  "  |   ^\n") != std::string::npos);
}

TEST_CASE("diagnostics: an empty span at the end of the file") {
  Sink sink(kPolicy);
  const auto end = static_cast<std::uint32_t>(kPolicy.text().size());
  sink.report<kinds::UnknownRubricAsked>(Span{end, end}, "x");
  CHECK(rendered(sink).find("6 |\n  | ^\n") != std::string::npos);
}

TEST_CASE("diagnostics: a very long line is cut around its mark") {
  const File file("long.xize", std::string(5000, 'x') + "细" + std::string(5000, 'y'));
  Sink sink(file);
  sink.report<kinds::UnknownRubricAsked>(Span{5000, 5003}, "x");
  const auto text = rendered(sink);
  CHECK(text.size() < 700);
  CHECK(text.find("1 | …" + std::string(40, 'x') + "细yyy") != std::string::npos);
  CHECK(text.find("  | " + std::string(41, ' ') + "^^\n") != std::string::npos);
}

TEST_CASE("diagnostics: controls and direction marks are drawn as replacement characters") {
  const File file("bidi.xize",
                  "a\xE2\x80\xAE"
                  "b\x1b[31m\n");
  Sink sink(file);
  sink.report<kinds::UnknownRubricAsked>(Span{4, 5}, "x");
  CHECK(rendered(sink).find("1 | a\uFFFDb\uFFFD[31m\n  |   ^\n") != std::string::npos);
}

TEST_CASE("diagnostics: a data place names column and unit") {
  Sink sink;
  sink.report_at<kinds::DataBadCell>(InData{"data/部门.csv", 12, 3, "超期", "侨办"}, "无",
                                    Term{"yes or no", "是或否"});
  CHECK(rendered(sink) ==
        "error[XZ4040]: found `无`, expected yes or no\n"
        " --> data/部门.csv:12, column 3 `超期`, unit `侨办`\n"
        "  = help: correct the cell\n"
        "\n"
        "1 error\n");
  CHECK(rendered(sink, Language::Chinese).find("部门.csv:12，第 3 列 `超期`，单位 `侨办`") !=
        std::string::npos);
}

TEST_CASE("diagnostics: colour only if asked") {
  Sink sink(kPolicy);
  sink.report<kinds::UnknownRubricAsked>(span_of("示例"), "x");
  CHECK(rendered(sink).find('\x1b') == std::string::npos);
  const auto text = render_text(sink, {Language::English, true});
  CHECK(text.find("\x1b[1;31merror[XZ6011]\x1b[0m") != std::string::npos);
}

TEST_CASE("diagnostics: JSON lines") {
  Sink sink(kPolicy);
  sink.report<kinds::UnknownRubricAsked>(span_of("示例"), "示例")
      .note<kinds::DeclaredHere>(span_of("即办率"), "即办率")
      .fix(span_of("示例"), "样例")
      .suggest("样例");
  sink.report_at<kinds::DataBlankUnit>(InData{"a.csv", 3, 0, "", ""}, "\xFF");
  const auto text = render_json_lines(sink, Language::English);
  const auto line_end = text.find('\n');
  REQUIRE(line_end != std::string::npos);
  CHECK(std::ranges::count(text, '\n') == 2);
  const auto first = Json::parse(text.substr(0, line_end));
  CHECK(first["code"] == "XZ6011");
  CHECK(first["severity"] == "error");
  CHECK(first["place"]["path"] == "部门.xize");
  CHECK(first["place"]["range"]["start"]["line"] == 1);
  CHECK(first["place"]["range"]["start"]["column"] == 8);
  CHECK(first["place"]["range"]["end"]["column"] == 10);
  CHECK(first["related"][0]["place"]["range"]["start"]["line"] == 3);
  CHECK(first["fix"][0]["replacement"] == "样例");
  CHECK(first["suggestions"][0] == "样例");
  const auto second = Json::parse(text.substr(line_end + 1));
  CHECK(second["place"]["line"] == 3);
}

TEST_CASE("diagnostics: SARIF has one run, a rules table, regions and fixes") {
  Sink sink(kPolicy);
  sink.report<kinds::UnknownRubricAsked>(span_of("示例"), "a").fix(span_of("示例"), "b");
  sink.report<kinds::UnknownRubricAsked>(span_of("即办率"), "c")
      .note<kinds::DeclaredHere>(span_of("即办程度"), "即办程度");
  sink.report_at<kinds::DataAfterCutoff>(InData{"办件.csv", 0, 0, "", ""}, 2, "办件",
                                        xize::value::Date{19691});
  const auto log = Json::parse(render_sarif(sink, Language::Chinese, "1.2.3"));
  CHECK(log["version"] == "2.1.0");
  REQUIRE(log["runs"].size() == 1);
  const auto& run = log["runs"][0];
  CHECK(run["tool"]["driver"]["version"] == "1.2.3");
  CHECK(run["language"] == "zh-CN");
  const auto& rules = run["tool"]["driver"]["rules"];
  REQUIRE(rules.size() == 2);
  CHECK(rules[0]["id"] == "XZ6011");
  CHECK(rules[0]["help"]["markdown"].get<std::string>().starts_with("# XZ6011"));
  CHECK(rules[1]["defaultConfiguration"]["level"] == "note");
  const auto& results = run["results"];
  REQUIRE(results.size() == 3);
  CHECK(results[1]["ruleIndex"] == 0);
  CHECK(results[2]["ruleIndex"] == 1);
  const auto& physical = results[0]["locations"][0]["physicalLocation"];
  CHECK(physical["artifactLocation"]["uri"] == "%E9%83%A8%E9%97%A8.xize");
  CHECK(physical["region"]["startLine"] == 1);
  CHECK(physical["region"]["startColumn"] == 8);
  CHECK(physical["region"]["endColumn"] == 10);
  const auto& replacement = results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0];
  CHECK(replacement["insertedContent"]["text"] == "b");
  CHECK(replacement["deletedRegion"]["byteLength"] == 6);
  CHECK(results[1]["relatedLocations"][0]["message"]["text"] == "`即办程度` 在此处声明");
  CHECK(results[2]["message"]["text"] == "`办件` 有 2 条记录晚于采样截止日 2023-11-30，未计入");
}

TEST_CASE("diagnostics: load errors are reported with their remedy") {
  using xize::source::LoadError;
  using xize::source::LoadFault;
  const auto text_of = [](LoadError error) {
    Sink sink;
    report_load_error(sink, error);
    REQUIRE(sink.findings().size() == 1);
    return rendered(sink);
  };
  const auto contains = [](const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  };
  CHECK(contains(text_of({LoadFault::LooksGbk, "a.xize", 0, {}, {}}), "iconv -f GB18030"));
  CHECK(contains(text_of({LoadFault::TooLarge, "a.xize", 0, {}, {}}), "limit of 16 MiB"));
  CHECK(contains(text_of({LoadFault::NotUtf8, "a.xize", 13, {2, 2}, {}}), "--> a.xize:2:2\n"));
  CHECK(contains(text_of({LoadFault::Unreadable, "a.xize", 0, {}, "no luck"}), "no luck"));
  CHECK(contains(text_of({LoadFault::NotFound, "no/a.xize", 0, {}, {}}), "XZ1003"));
  CHECK(contains(text_of({LoadFault::IsDirectory, "d", 0, {}, {}}), "XZ1004"));
  CHECK(contains(text_of({LoadFault::Empty, "d", 0, {}, {}}), "XZ1007"));
  CHECK(contains(text_of({LoadFault::LooksUtf16, "d", 0, {}, {}}), "XZ1010"));
  CHECK(contains(text_of({LoadFault::NotText, "d", 0, {}, {}}), "XZ1011"));
}

TEST_CASE("diagnostics: did you mean, Chinese") {
  const std::vector<std::string> words = {"理解为", "按比例得分", "不得分",   "得满分",
                                          "每满",   "指南错误数", "事项总数", "超期"};
  const auto best = [&](std::string_view name) {
    const auto found = did_you_mean(name, words);
    return found.empty() ? std::string() : found.front();
  };
  CHECK(best("理解位") == "理解为");
  CHECK(best("按比列得分") == "按比例得分");
  CHECK(best("指南错误") == "指南错误数");
  CHECK(best("事项总术") == "事项总数");
  CHECK(best("总数事项") == "事项总数");
  CHECK(best("当超期") == "超期");
  CHECK(best("投诉") == "");
  CHECK(best("每起") == "");
  CHECK(best("") == "");
}

TEST_CASE("diagnostics: did you mean, Latin") {
  const std::vector<std::string> words = {"section", "item", "points", "redistribute", "N1", "N2"};
  CHECK(did_you_mean("secton", words) == std::vector<std::string>{"section"});
  CHECK(did_you_mean("ietm", words) == std::vector<std::string>{"item"});
  CHECK(did_you_mean("POINTS", words) == std::vector<std::string>{"points"});
  CHECK(did_you_mean("redistibrute", words) == std::vector<std::string>{"redistribute"});
  CHECK(did_you_mean("N3", words).empty());
  CHECK(did_you_mean("item", words).empty());
  CHECK(did_you_mean("ｓｅｃｔｉｏｎ", words) == std::vector<std::string>{"section"});
}

TEST_CASE("diagnostics: at most a few suggestions, nearest first") {
  const std::vector<std::string> words = {"abcdefgx", "abcdefxy", "abcdefgh1", "abcdefghi", "zzz"};
  const auto found = did_you_mean("abcdefgh", words);
  CHECK(found.size() == kSuggestionsMax);
  CHECK(found.front() == "abcdefgx");
}
