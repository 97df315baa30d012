// What the reports of a test run share. Private to this room.
#pragma once

#include <optional>
#include <string>

#include "compiler/testing/testing.h"

namespace xize::testing {

// How many places the tests reached.
struct Covered {
  std::size_t hit = 0, all = 0;
  // Rounded down, so that only all are 100.
  [[nodiscard]] std::size_t percent() const { return all == 0 ? 100 : hit * 100 / all; }
};
// Of one kind of place, or of all.
Covered covered_of(const PolicyResult& policy, std::optional<CoverKind> kind = std::nullopt);

// `第 12 行 …：读到 …`
std::string problem_text(const diagnostics::Diagnostic& problem, diagnostics::Language language);
// What was expected and what was got, on one line.
std::string failure_text(const ExpectResult& expect, const results::ExplanationStyle& style);

}  // namespace xize::testing
