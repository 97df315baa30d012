// Where the checks of a policy report what they find.
// In: a sink. Out: findings, but for those that the policy accepts (`allow CODE because "…"`) where
// the `allow` stands around them. Errors cannot be accepted.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/analysis/points.h"
#include "compiler/diagnostics/sink.h"

namespace xize::analysis {

namespace kinds = diagnostics::kinds;

// Lists longer than this are cut: the rest is counted.
inline constexpr std::size_t kListMax = 24;

// The findings of one run.
class Findings {
 public:
  Findings(const sema::Model& model, diagnostics::Sink& sink);

  // Whether a finding about the node (invalid: the policy) is to be reported.
  template <auto K>
  [[nodiscard]] bool wants(NodeId where) const {
    return wanted(diagnostics::row(K.id), where);
  }
  template <auto K, class... A>
  diagnostics::Draft report(source::Span span, A&&... arguments) {
    return sink_.report<K>(span, std::forward<A>(arguments)...);
  }
  // Errors were reported in the file before.
  [[nodiscard]] bool has_earlier_errors() const { return !errors_.empty(); }
  // An error was reported there before: what follows from it is not reported again.
  [[nodiscard]] bool has_error_in(source::Span span) const;
  // The words of an expression as they stand in the file, on one line.
  [[nodiscard]] std::string text(sema::ExprId expr) const;
  // Changes the number that an expression is, e.g. the 40 of `40 分`, if it is written as one.
  void mend(diagnostics::Draft& draft, sema::ExprId number, const Rational& to) const;

 private:
  [[nodiscard]] bool wanted(const diagnostics::Row& row, NodeId where) const;

  const sema::Model& model_;
  diagnostics::Sink& sink_;
  std::map<std::string, std::set<std::uint32_t>, std::less<>> allowed_;  // by code: nodes
  std::vector<std::uint32_t> errors_;  // where earlier errors begin, ascending
};

}  // namespace xize::analysis
