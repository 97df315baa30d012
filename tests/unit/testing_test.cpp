// Reports of test runs and the words of explanations, from values made here.
#include <doctest/doctest.h>

#include "compiler/testing/testing.h"

using namespace xize;
using diagnostics::Language;
using results::Datum;
using results::DatumKind;
using testing::TestState;

namespace {

testing::PolicyResult sample() {
  testing::PolicyResult policy;
  policy.path = "a&b.xize";
  policy.tests.push_back({"passes", 3, "甲局", TestState::Passed, {}, {}, {}});
  testing::TestResult failing{"<fails> \"so\"", 7, "甲局", TestState::Failed, {}, {}, {}};
  testing::ExpectResult expect;
  expect.expect = {"expect rate = 10", 8};
  expect.got = Datum{.kind = DatumKind::Number, .number = value::Rational(300, 7)};
  failing.expects.push_back(expect);
  policy.tests.push_back(failing);
  policy.coverage.push_back({testing::CoverKind::Guard, {"zero when x", 4}, "rate", 0});
  policy.coverage.push_back({testing::CoverKind::Clause, {"award 1", 5}, "rate", 2});
  return policy;
}

std::string print(const Datum& datum, Language language, bool exact) {
  return results::print_datum(datum, {language, exact, false});
}

}  // namespace

TEST_CASE("the text report ends with the tally in both languages") {
  const auto english = testing::report_text({sample()}, {{Language::English, false, false}, true});
  CHECK(english.ends_with("\n1 passed, 1 failed\n"));
  CHECK(english.find("expected `expect rate = 10`, got 300/7") != std::string::npos);
  CHECK(english.find("rate  guards       zero when x") != std::string::npos);
  CHECK(english.find("award 1") == std::string::npos);
  const auto chinese = testing::report_text({sample()}, {{Language::Chinese, false, false}, false});
  CHECK(chinese.ends_with("\n通过 1，失败 1\n1 passed, 1 failed\n"));
  CHECK(chinese.find("zero when x") == std::string::npos);
}

TEST_CASE("the JUnit report is well-formed whatever a title holds") {
  const auto xml = testing::report_junit({sample()}, Language::English);
  CHECK(xml.find("<testsuites tests=\"2\" failures=\"1\" errors=\"0\">") != std::string::npos);
  CHECK(xml.find("classname=\"a&amp;b.xize\" name=\"passes\"") != std::string::npos);
  CHECK(xml.find("name=\"&lt;fails&gt; &quot;so&quot;\"") != std::string::npos);
  CHECK(xml.find("<failure message=\"expected `expect rate = 10`, got 300/7 (≈42.8571)\">") !=
        std::string::npos);
  CHECK(xml.ends_with("</testsuites>\n"));
}

TEST_CASE("data print with their measure, shortened unless asked to be exact") {
  Datum third{.kind = DatumKind::Number, .number = value::Rational(1, 3)};
  CHECK(print(third, Language::English, true) == "1/3 (≈0.3333)");
  CHECK(print(third, Language::English, false) == "≈0.3333");
  third.percent = true;
  CHECK(print(third, Language::Chinese, false) == "≈33.3333%");
  const Datum days{.kind = DatumKind::Number, .number = 45, .measure = {"workdays", "个工作日"}};
  CHECK(print(days, Language::English, false) == "45 workdays");
  CHECK(print(days, Language::Chinese, false) == "45 个工作日");
  CHECK(print({.kind = DatumKind::Bool, .yes = true}, Language::Chinese, false) == "是");
  const Datum fault{.kind = DatumKind::Fault, .fault = value::FaultKind::DivisionByZero};
  CHECK(print(fault, Language::English, false) == "division by zero");
}
