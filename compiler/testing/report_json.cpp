#include <nlohmann/json.hpp>

#include "compiler/diagnostics/render_words.h"
#include "compiler/testing/report.h"

namespace xize::testing {
namespace {

using Json = nlohmann::ordered_json;

constexpr results::ExplanationStyle kExact{diagnostics::Language::English, true, false,
                                            false};

const char* name_of(TestState state) {
  switch (state) {
    case TestState::Passed: return "passed";
    case TestState::Failed: return "failed";
    case TestState::Error: return "error";
  }
  return "";
}

Json expect_json(const ExpectResult& expect) {
  Json out{{"expect", expect.expect.text}, {"line", expect.expect.line}, {"holds", expect.holds}};
  const std::string got = expect.fault ? results::print_fault(*expect.fault, kExact.language)
                                       : results::print_datum(expect.got, kExact);
  if (!got.empty()) out["got"] = got;
  const std::string wanted = results::print_datum(expect.expected, kExact);
  if (!wanted.empty()) out["expected"] = wanted;
  return out;
}

Json test_json(const TestResult& test) {
  Json out{{"title", test.title},
           {"line", test.line},
           {"unit", test.unit},
           {"state", name_of(test.state)}};
  for (const ExpectResult& expect : test.expects) out["expects"].push_back(expect_json(expect));
  for (const diagnostics::Diagnostic& problem : test.problems) {
    out["problems"].push_back(problem_text(problem, diagnostics::Language::English));
  }
  for (const results::Reading& input : test.neutral) {
    out["neutral"].push_back(
        {{"name", input.name}, {"value", results::print_datum(input.value, kExact)}});
  }
  return out;
}

Json coverage_json(const PolicyResult& policy) {
  Json out = Json::object();
  const char* const names[] = {"guards", "clauses", "rows"};
  const char* const kinds[] = {"guard", "clause", "row"};
  for (int kind = 0; kind < 3; ++kind) {
    const Covered covered = covered_of(policy, static_cast<CoverKind>(kind));
    out[names[kind]] = {{"reached", covered.hit}, {"all", covered.all}};
  }
  out["percent"] = covered_of(policy).percent();
  out["not_reached"] = Json::array();
  for (const CoverPoint& point : policy.coverage) {
    if (point.hits > 0) continue;
    out["not_reached"].push_back(
        {{"kind", kinds[static_cast<int>(point.kind)]},
         {"line", point.place.line},
         {"item", point.node},
         {"text", point.place.text}});
  }
  return out;
}

}  // namespace

std::string report_json(const std::vector<PolicyResult>& policies) {
  const Tally count = tally(policies);
  Json out{{"passed", count.passed}, {"failed", count.failed}, {"policies", Json::array()}};
  for (const PolicyResult& policy : policies) {
    Json tests = Json::array();
    for (const TestResult& test : policy.tests) tests.push_back(test_json(test));
    out["policies"].push_back(
        {{"path", policy.path}, {"tests", std::move(tests)}, {"coverage", coverage_json(policy)}});
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace xize::testing
