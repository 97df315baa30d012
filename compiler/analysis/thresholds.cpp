// Awards under thresholds that imply one another: `率 >= 90%` gets 10, `率 >= 80%` gets 8. Most
// documents mean one of them; a rubric adds them up.
#include <map>
#include <optional>

#include "compiler/analysis/checks.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace xize::analysis {

namespace {

using ast::BinaryOp;
using sema::EntryId;

// `measure >= limit`: the measure, whether it must be large, the condition.
struct Threshold {
  std::string measure;
  bool upwards = false;
  Rational limit;
  ExprId condition;
};

// Checks the clauses of one item that are added up.
class ThresholdCheck {
 public:
  ThresholdCheck(Context& c, NodeId id) : c_(c), id_(id) {}

  void check(const std::vector<EntryId>& entries) {
    std::map<std::pair<std::string, bool>, Threshold> seen;
    for (const EntryId entry : entries) {
      if (const auto* when = std::get_if<ast::When>(&c_.model.entry(entry).node)) {
        check(when->then);
        check(when->otherwise);
      }
      const auto found = threshold(entry);
      if (!found) continue;
      const auto [first, is_new] = seen.try_emplace({found->measure, found->upwards}, *found);
      if (!is_new && first->second.limit != found->limit) return report(first->second, *found);
    }
  }

 private:
  // Of a clause that gives a fixed amount where a measure reaches a fixed number.
  [[nodiscard]] std::optional<Threshold> threshold(EntryId entry) const {
    const auto* clause = std::get_if<ast::Clause>(&c_.model.entry(entry).node);
    if (clause == nullptr || clause->sign == ast::Sign::Deduct || clause->per) return {};
    if (!std::holds_alternative<ast::Amount>(clause->scale) || !clause->when.valid()) return {};
    const auto* test = std::get_if<ast::Binary>(&c_.model.expr(clause->when).node);
    if (test == nullptr) return {};
    const bool upwards = test->op == BinaryOp::Ge || test->op == BinaryOp::Gt;
    const bool downwards = test->op == BinaryOp::Le || test->op == BinaryOp::Lt;
    const auto limit = sema::constant_value(c_.model, test->right);
    if ((!upwards && !downwards) || !limit) return {};
    return Threshold{c_.findings.text(test->left), upwards, *limit, clause->when};
  }

  void report(const Threshold& a, const Threshold& b) {
    if (!c_.findings.wants<kinds::ThresholdsAddUp>(id_)) return;
    const bool first_implies = (b.limit < a.limit) == a.upwards;
    const Threshold& narrow = first_implies ? a : b;
    const Threshold& wide = first_implies ? b : a;
    c_.findings
        .report<kinds::ThresholdsAddUp>(c_.model.expr(b.condition).span,
                                       c_.findings.text(narrow.condition),
                                       c_.findings.text(wide.condition), a.measure)
        .note<kinds::AddedToThis>(c_.model.expr(a.condition).span);
  }

  Context& c_;
  NodeId id_;
};

}  // namespace

void check_thresholds(Context& c) {
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) {
    ThresholdCheck(c, NodeId(i)).check(c.model.nodes[NodeId(i)].clauses);
  }
}

}  // namespace xize::analysis
