// JUnit's XML, as build servers read it: a suite for each policy, a case for each test.
#include <fmt/format.h>

#include "compiler/testing/report.h"

namespace xize::testing {
namespace {

// Text of an element or attribute; control characters have no place in XML 1.0.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': out += "&#10;"; break;
      case '\t': out += "&#9;"; break;
      default: out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    }
  }
  return out;
}

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0;
};

Counts counts_of(const PolicyResult& policy) {
  Counts counts;
  for (const TestResult& test : policy.tests) {
    ++counts.tests;
    if (test.state == TestState::Failed) ++counts.failures;
    if (test.state == TestState::Error) ++counts.errors;
  }
  return counts;
}

void add_case(std::string& out, const PolicyResult& policy, const TestResult& test,
              const results::ExplanationStyle& style) {
  out += fmt::format("    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"",
                     escaped(policy.path), escaped(test.title), escaped(policy.path), test.line);
  if (test.state == TestState::Passed) {
    out += "/>\n";
    return;
  }
  out += ">\n";
  for (const diagnostics::Diagnostic& problem : test.problems) {
    out += fmt::format("      <error message=\"{}\"/>\n",
                       escaped(problem_text(problem, style.language)));
  }
  std::string message, details;
  for (const ExpectResult& expect : test.expects) {
    if (expect.holds) continue;
    const std::string text = failure_text(expect, style);
    if (message.empty()) message = text;
    details += text + "\n";
    if (expect.node) details += results::node_text(*expect.node, style, 2);
    if (expect.rubric) details += results::total_text(*expect.rubric, style, 2);
  }
  if (!message.empty()) {
    out += fmt::format("      <failure message=\"{}\">{}</failure>\n", escaped(message),
                       escaped(details));
  }
  out += "    </testcase>\n";
}

std::string counts_text(const Counts& counts) {
  return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\"", counts.tests, counts.failures,
                     counts.errors);
}

}  // namespace

std::string report_junit(const std::vector<PolicyResult>& policies,
                         diagnostics::Language language) {
  const results::ExplanationStyle style{language, false, false};
  Counts all;
  for (const PolicyResult& policy : policies) {
    const Counts counts = counts_of(policy);
    all.tests += counts.tests;
    all.failures += counts.failures;
    all.errors += counts.errors;
  }
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites " + counts_text(all) + ">\n";
  for (const PolicyResult& policy : policies) {
    out += fmt::format("  <testsuite name=\"{}\" {}>\n", escaped(policy.path),
                       counts_text(counts_of(policy)));
    for (const TestResult& test : policy.tests) add_case(out, policy, test, style);
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace xize::testing
