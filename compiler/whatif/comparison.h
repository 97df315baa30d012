// comparison: one unit before and after a change, and what it does to the others.
// In: a scoring that traced the row and kept its records, changes.
// Out: both explanations of each rubric, side by side.
// Must hold: only what differs is listed; numbers are exact, printers shorten them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/results/explanation.h"
#include "compiler/whatif/changes.h"

namespace xize::whatif {

// A cell, parameter or record that is changed; absent where there was none, or is none any more.
struct ChangedInput {
  std::string name;
  results::Datum before, after;
};

// A section or item that came out differently.
struct ChangedNode {
  int depth = 0;
  bool leaf = false;
  results::NodeExplanation before, after;
};

// Another unit whose place moved.
struct MovedUnit {
  std::string unit;
  std::optional<std::int64_t> before, after;
};

struct RubricComparison {
  results::RubricExplanation before, after;
  std::vector<ChangedNode> nodes;
  std::vector<MovedUnit> moved;
};

// Everything that the changes bring about for one unit in one period.
struct Comparison {
  std::string unit, period;
  std::vector<ChangedInput> inputs;
  std::vector<RubricComparison> rubrics;
};

// Scores again with the changes. The scoring then holds the changed run. Nothing if the changed
// data break a check that they did not break before, which is reported.
std::optional<Comparison> compare(const driver::Compilation& compilation, driver::Scoring& scoring,
                                  std::size_t row, const Changes& changes,
                                  diagnostics::Sink& sink);

std::string comparison_text(const Comparison& comparison, const results::ExplanationStyle& style);
std::string comparison_json(const Comparison& comparison);

}  // namespace xize::whatif
