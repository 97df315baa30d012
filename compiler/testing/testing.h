// testing: runs the `test` blocks of a policy on the interpreter and says what they covered.
// In: a sound Compilation. Out: a result for each test, and the guards, clauses and rows that some
// test reached.
// Must hold: values compare exactly; an input that a test does not name has its neutral value,
// and those that the expectations depend on are named in the result.
//
// Neutral values: 0 or what is nearest to it in the range of the column; no; the best label of a
// choice; full marks of a judged item (0 where the mark is taken away, and for bonus items); the
// first day of the period, and month after month for records of a column of months; a number for a
// text that is a key, else an empty text. A column with a default has it, an optional one is blank.
// A check of the data counts only where the test names every column it reads.
#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/driver/compilation.h"
#include "compiler/results/explanation.h"

namespace xize::testing {

using results::Written;

enum class TestState : std::uint8_t { Passed, Failed, Error };

// One `expect`.
struct ExpectResult {
  bool holds = false;
  bool error = false;       // a fault is expected
  Written expect;           // as written
  results::Datum expected;  // of an equality
  results::Datum got;
  std::optional<results::FaultNote> fault;           // what was got, if it could not be computed
  std::optional<results::NodeExplanation> node;      // of one that does not hold
  std::optional<results::RubricExplanation> rubric;  // likewise, for a total
};

struct TestResult {
  std::string title;
  std::uint32_t line = 0;
  std::string unit;
  TestState state = TestState::Passed;
  std::vector<ExpectResult> expects;
  std::vector<diagnostics::Diagnostic> problems;  // why it could not be run
  std::vector<results::Reading> neutral;          // inputs that were not named
};

enum class CoverKind : std::uint8_t { Guard, Clause, Row };
// A place that a test can reach.
struct CoverPoint {
  CoverKind kind = CoverKind::Guard;
  Written place;
  std::string node;
  std::size_t hits = 0;
};

struct PolicyResult {
  std::string path;
  std::vector<TestResult> tests;
  std::vector<CoverPoint> coverage;  // in the order of the policy
};

// Runs the tests whose title holds `filter`.
PolicyResult run_tests(const driver::Compilation& compilation, const std::string& filter);

// Tests that passed, and those that did not.
struct Tally {
  std::size_t passed = 0, failed = 0;
};
Tally tally(const std::vector<PolicyResult>& policies);

struct ReportStyle {
  results::ExplanationStyle words;
  bool coverage = false;  // list what no test reached
};
// `N passed, N failed` is the last line of the text.
std::string report_text(const std::vector<PolicyResult>& policies, const ReportStyle& style);
std::string report_json(const std::vector<PolicyResult>& policies);
std::string report_junit(const std::vector<PolicyResult>& policies, diagnostics::Language language);

}  // namespace xize::testing
