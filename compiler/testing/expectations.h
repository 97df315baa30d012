// expectations: what a test expects against what the run gave.
// In: a traced run of one test. Out: a result for each expectation, with the explanation of what
// does not hold.
#pragma once

#include <vector>

#include "compiler/testing/test_data.h"
#include "compiler/testing/testing.h"

namespace xize::testing {

// One run of one test; `scoring` holds its data and outcome.
struct TestRun {
  const driver::Compilation& compilation;
  const driver::Scoring& scoring;
  const sema::TestInfo& test;
  const lower::LoweredTest& lowered;
  const TestData& data;
};

std::vector<ExpectResult> compare(const TestRun& run);

// The ops that the expectations depend on. One that names no result is about the items that read
// what the test gives.
std::vector<program::OpId> roots_of(const TestRun& run);

}  // namespace xize::testing
