// coverage: which guards, clauses and rows the tests of a policy reached.
// In: traced runs, one after another. Out: every such place of the policy with its hits.
// Must hold: only items that a test's expectations depend on count, so that what neutral inputs
// happen to do proves nothing.
#pragma once

#include <map>
#include <vector>

#include "compiler/results/explanation_reader.h"
#include "compiler/testing/testing.h"
#include "compiler/whatif/reach.h"

namespace xize::testing {

using whatif::Reach;

class Coverage {
 public:
  // Adds what one run reached.
  void add(const results::ExplanationReader& run, const Reach& reach);
  [[nodiscard]] std::vector<CoverPoint> take();

 private:
  using Key = std::pair<std::uint32_t, std::string>;  // where it begins, and in which node
  void note(const results::ExplanationReader& run, program::Origin origin, CoverPoint point);
  void add_decisions(const results::ExplanationReader& run, const std::string& node, bool counts,
                     const std::vector<program::Decision>& decisions);
  void add_clauses(const results::ExplanationReader& run, const program::Node& node, bool counts);
  void add_rows(const results::ExplanationReader& run, const std::string& node, bool counts,
                const std::vector<program::RowHit>& rows);
  void add_grade(const results::ExplanationReader& run, const std::string& node, const Reach& reach,
                 const std::optional<program::GradeScheme>& grade);

  std::map<Key, CoverPoint> points_;
};

}  // namespace xize::testing
