// Guards: those that never or always hold, and those that contradict each other.
#include "compiler/analysis/cells.h"
#include "compiler/analysis/checks.h"
#include "compiler/analysis/outcome.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace xize::analysis {

namespace {

using ast::GuardKind;
using sema::GuardInfo;

// Checks the guards of one node.
class GuardCheck {
 public:
  GuardCheck(Context& c, NodeId id) : c_(c), id_(id), guards_(c.model.nodes[id].guards) {}

  void run() {
    if (guards_.empty()) return;
    for (const GuardInfo& guard : guards_) find_fixed(guard);
    if (guards_.size() < 2) return;
    const Cells cells = cells_of(c_.model, c_.evaluator, id_);
    shadowed_.resize(guards_.size());
    for (std::size_t i = 1; i < guards_.size(); ++i) find_shadow(i, cells);
    find_clashes(cells);
  }

 private:
  void find_fixed(const GuardInfo& guard) {
    const Verdict verdict = condition_of(c_.evaluator, guard).verdict;
    const auto span = c_.model.expr(guard.when).span;
    if (!verdict.may_hold && c_.findings.wants<kinds::GuardNeverHolds>(id_)) {
      c_.findings.report<kinds::GuardNeverHolds>(span, c_.findings.text(guard.when));
    } else if (!verdict.may_fail && c_.findings.wants<kinds::GuardAlwaysHolds>(id_)) {
      c_.findings.report<kinds::GuardAlwaysHolds>(span, c_.findings.text(guard.when),
                                                 c_.model.nodes[id_].name);
    }
  }

  // Both leave the item with the same result, whatever it reads. What does not apply is decided
  // before all others.
  [[nodiscard]] bool agree(const GuardInfo& a, const GuardInfo& b) const {
    if (a.kind == GuardKind::NotApplicable || b.kind == GuardKind::NotApplicable) return true;
    if (a.ordered >= 0 && a.ordered == b.ordered) return true;
    return outcome(a) == outcome(b) &&
           (a.kind != GuardKind::Give || c_.findings.text(a.amount) == c_.findings.text(b.amount));
  }

  static GuardKind outcome(const GuardInfo& guard) {
    return guard.kind == GuardKind::Veto ? GuardKind::Zero : guard.kind;
  }

  // ---- one behind the other ----

  // A guard that holds only where one before it holds.
  void find_shadow(std::size_t later, const Cells& cells) {
    if (guards_[later].kind == GuardKind::NotApplicable || is_fixed(guards_[later])) return;
    for (std::size_t i = 0; i < later; ++i) {
      if (is_fixed(guards_[i]) || !implies(guards_[later], guards_[i], cells)) continue;
      shadowed_[later] = true;
      if (!c_.findings.wants<kinds::GuardShadowed>(id_)) return;
      c_.findings
          .report<kinds::GuardShadowed>(c_.model.entry(guards_[later].entry).span,
                                       c_.findings.text(guards_[later].when),
                                       c_.findings.text(guards_[i].when))
          .note<kinds::TriedBefore>(c_.model.entry(guards_[i].entry).span);
      return;
    }
  }

  bool implies(const GuardInfo& a, const GuardInfo& b, const Cells& cells) {
    const bool bare = a.premises.empty() && b.premises.empty() && is_leaf(c_.model.nodes[id_]);
    if (bare && c_.findings.text(a.when) == c_.findings.text(b.when)) return true;
    bool result = !cells.cells.empty();
    for (const Cell& cell : cells.cells) {
      c_.evaluator.enter(cell);
      const bool holds = condition_of(c_.evaluator, a).verdict.may_hold;
      result = !holds || !condition_of(c_.evaluator, b).verdict.may_fail;
      if (!result) break;
    }
    c_.evaluator.enter({});
    return result;
  }

  // ---- both at once ----

  void find_clashes(const Cells& cells) {
    for (std::size_t i = 0; i < guards_.size(); ++i) {
      for (std::size_t j = i + 1; j < guards_.size(); ++j) {
        const bool decided = is_fixed(guards_[i]) || is_fixed(guards_[j]);
        const bool fine = decided || shadowed_[j] || agree(guards_[i], guards_[j]);
        if (fine || apart(guards_[i], guards_[j], cells)) continue;
        return report(guards_[i], guards_[j]);
      }
    }
  }

  // Always or never holds, which is said by itself.
  bool is_fixed(const GuardInfo& guard) {
    const Verdict verdict = condition_of(c_.evaluator, guard).verdict;
    return !verdict.may_hold || !verdict.may_fail;
  }

  // In no piece can both hold.
  bool apart(const GuardInfo& a, const GuardInfo& b, const Cells& cells) {
    if (cells.cells.empty()) return !together(a, b);
    bool result = true;
    for (const Cell& cell : cells.cells) {
      c_.evaluator.enter(cell);
      result = !together(a, b);
      if (!result) break;
    }
    c_.evaluator.enter({});
    return result;
  }

  bool together(const GuardInfo& a, const GuardInfo& b) {
    return both(condition_of(c_.evaluator, a), condition_of(c_.evaluator, b)).verdict.may_hold;
  }

  void report(const GuardInfo& a, const GuardInfo& b) {
    if (!c_.findings.wants<kinds::GuardsContradict>(id_)) return;
    c_.findings
        .report<kinds::GuardsContradict>(c_.model.entry(b.entry).span, c_.findings.text(a.when),
                                        c_.findings.text(b.when))
        .note<kinds::TriedBefore>(c_.model.entry(a.entry).span);
  }

  Context& c_;
  NodeId id_;
  const std::vector<GuardInfo>& guards_;
  std::vector<bool> shadowed_;
};

}  // namespace

void check_guards(Context& c) {
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) GuardCheck(c, NodeId(i)).run();
}

}  // namespace xize::analysis
