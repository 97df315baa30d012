// What the reports of a test run share. Private to this room.
#pragma once

#include <string>

#include "compiler/testing/testing.h"

namespace xize::testing {

struct Covered {
  std::size_t hit = 0, all = 0;
};
Covered covered_of(const PolicyResult& policy, CoverKind kind);

// `第 12 行 …：读到 …`
std::string problem_text(const diagnostics::Diagnostic& problem, diagnostics::Language language);
// What was expected and what was got, on one line.
std::string failure_text(const ExpectResult& expect, const results::ExplanationStyle& style);

}  // namespace xize::testing
