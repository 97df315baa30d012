#include <fmt/format.h>

#include "compiler/diagnostics/render_words.h"
#include "compiler/results/text_table.h"
#include "compiler/testing/report.h"
#include "compiler/testing/testing.h"

namespace xize::testing {
namespace {

constexpr int kDetailIndent = 6;

class TextReport {
 public:
  explicit TextReport(const ReportStyle& style) : style_(style), words_(style.words) {}

  std::string run(const std::vector<PolicyResult>& policies) {
    for (const PolicyResult& policy : policies) {
      if (policies.size() > 1) out_ += policy.path + "\n";
      for (const TestResult& test : policy.tests) add(test);
      coverage(policy);
    }
    const Tally count = tally(policies);
    if (chinese()) out_ += fmt::format("通过 {}，失败 {}\n", count.passed, count.failed);
    out_ += fmt::format("{} passed, {} failed\n", count.passed, count.failed);
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool chinese() const {
    return style_.words.language == diagnostics::Language::Chinese;
  }
  [[nodiscard]] const char* say(const char* english, const char* chinese_text) const {
    return chinese() ? chinese_text : english;
  }
  [[nodiscard]] std::string line_of(std::uint32_t line) const {
    return fmt::format(fmt::runtime(say("line {}", "第 {} 行")), line);
  }
  [[nodiscard]] std::string painted(const std::string& text, const char* code) const {
    return style_.words.colour ? std::string("\033[") + code + "m" + text + "\033[0m" : text;
  }

  void add(const TestResult& test) {
    const bool passed = test.state == TestState::Passed;
    out_ += passed ? painted("✓", "32") : painted("✗", "31");
    out_ += " " + test.title;
    if (!passed)
      out_ +=
          fmt::format(fmt::runtime(say(" ({}, {})", "（{}，{}）")), test.unit, line_of(test.line));
    out_ += '\n';
    neutral(test);
    if (passed) return;
    for (const diagnostics::Diagnostic& problem : test.problems) {
      out_ += "    " + problem_text(problem, style_.words.language) + "\n";
    }
    for (const ExpectResult& expect : test.expects) {
      if (!expect.holds) add(expect);
    }
  }

  void neutral(const TestResult& test) {
    if (test.neutral.empty()) return;
    std::string list;
    for (const results::Reading& input : test.neutral) {
      list += list.empty() ? "" : say(", ", "、");
      list += input.name;
      const std::string value = results::print_datum(input.value, style_.words);
      if (!value.empty()) list += " = " + value;
    }
    out_ +=
        painted(std::string("    ") + say("not named, so neutral: ", "未写明，取中性值：") + list,
                "2") +
        "\n";
  }

  void add(const ExpectResult& expect) {
    out_ += "    " + failure_text(expect, style_.words) +
            fmt::format(fmt::runtime(say(" ({})", "（{}）")), line_of(expect.expect.line)) + "\n";
    if (expect.node) out_ += results::node_text(*expect.node, style_.words, kDetailIndent);
    if (expect.rubric) out_ += results::total_text(*expect.rubric, style_.words, kDetailIndent);
  }

  void coverage(const PolicyResult& policy) {
    if (policy.coverage.empty() || policy.tests.empty()) return;
    const Covered all = covered_of(policy);
    out_ += fmt::format(fmt::runtime(say("reached {}%: ", "覆盖率 {}%：")), all.percent());
    const char* const kinds[][2] = {{"guards", "判定"}, {"clauses", "条款"}, {"rows", "档次"}};
    for (int kind = 0; kind < 3; ++kind) {
      const Covered covered = covered_of(policy, static_cast<CoverKind>(kind));
      out_ += fmt::format("{}{} {}/{}", kind == 0 ? "" : say(", ", "，"),
                          say(kinds[kind][0], kinds[kind][1]), covered.hit, covered.all);
    }
    if (all.hit < all.all && !style_.coverage) {
      out_ += say("; `--coverage` lists the others", "；其余用 `--coverage` 列出");
    }
    out_ += '\n';
    if (!style_.coverage) return;
    std::vector<std::vector<std::string>> rows;
    for (const CoverPoint& point : policy.coverage) {
      if (point.hits > 0) continue;
      rows.push_back({std::to_string(point.place.line), point.node,
                      kinds[static_cast<int>(point.kind)][chinese() ? 1 : 0], point.place.text});
    }
    if (rows.empty()) return;
    out_ += results::text_table({{say("line", "行"), results::Align::Right},
                                 {say("item", "评分项"), results::Align::Left},
                                 {say("not reached", "未涉及"), results::Align::Left},
                                 {say("as written", "原句"), results::Align::Left}},
                                rows);
  }

  const ReportStyle& style_;
  results::ExplanationStyle words_;
  std::string out_;
};

}  // namespace

Covered covered_of(const PolicyResult& policy, std::optional<CoverKind> kind) {
  Covered covered;
  for (const CoverPoint& point : policy.coverage) {
    if (kind && point.kind != *kind) continue;
    ++covered.all;
    if (point.hits > 0) ++covered.hit;
  }
  return covered;
}

std::string problem_text(const diagnostics::Diagnostic& problem, diagnostics::Language language) {
  const bool chinese = language == diagnostics::Language::Chinese;
  const auto* where = std::get_if<diagnostics::InSource>(&problem.where);
  const std::string message = diagnostics::message_text(problem, language);
  if (where == nullptr || where->file == nullptr) return message;
  const auto line = where->file->line_column(where->span.begin).line;
  return fmt::format(fmt::runtime(chinese ? "第 {} 行 `{}`：{}" : "line {} `{}`: {}"), line,
                     where->file->slice(where->span), message);
}

std::string failure_text(const ExpectResult& expect, const results::ExplanationStyle& style) {
  const bool chinese = style.language == diagnostics::Language::Chinese;
  // A failed comparison shows every digit.
  results::ExplanationStyle exact = style;
  exact.exact = true;
  const char* wants = expect.error ? (chinese ? "应报 `" : "expected the error `")
                                   : (chinese ? "应得 `" : "expected `");
  std::string text = wants + expect.expect.text + "`";
  const std::string got = expect.fault ? results::print_fault(*expect.fault, style.language)
                                       : results::print_datum(expect.got, exact);
  if (!got.empty()) text += (chinese ? "，实得 " : ", got ") + got;
  exact.about = false;
  const std::string wanted = results::print_datum(expect.expected, exact);
  const bool said = wanted.empty() || expect.expect.text.find(wanted) != std::string::npos;
  if (!said) text += (chinese ? "（应为 " : " (wanted ") + wanted + (chinese ? "）" : ")");
  return text;
}

std::string report_text(const std::vector<PolicyResult>& policies, const ReportStyle& style) {
  return TextReport(style).run(policies);
}

}  // namespace xize::testing
