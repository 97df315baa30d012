// Divisions by what can be 0, where no rule says what the item is then.
#include "compiler/analysis/checks.h"
#include "compiler/analysis/outcome.h"
#include "compiler/analysis/reading.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace xize::analysis {

namespace {

using ast::BinaryOp;

// Checks the divisions of one node.
class DenominatorCheck {
 public:
  DenominatorCheck(Context& c, std::set<ExprId>& reported) : c_(c), reported_(reported) {}

  void read(const Reading& at) {
    if (!at.expr.valid()) return;
    const auto* binary = std::get_if<ast::Binary>(&c_.model.expr(at.expr).node);
    if (binary == nullptr || binary->op != BinaryOp::Div) return;
    if (!may_be_zero(binary->right)) return;
    for (const ExprId factor : factors_of(binary->right)) {
      if (!may_be_zero(factor) || excluded(factor, at.path)) continue;
      return report(at, factor);
    }
  }

 private:
  bool may_be_zero(ExprId id) { return c_.evaluator.number(id).bounds.holds(0); }

  // A product is 0 where one of its factors is.
  std::vector<ExprId> factors_of(ExprId id) const {
    const auto* binary = std::get_if<ast::Binary>(&c_.model.expr(id).node);
    if (binary == nullptr || binary->op != BinaryOp::Mul) return {id};
    auto factors = factors_of(binary->left);
    for (const ExprId factor : factors_of(binary->right)) factors.push_back(factor);
    return factors;
  }

  // What must be 0 for the value to be: itself, or all parts of a sum. False where this cannot be
  // told.
  bool zero_cell(ExprId id, Cell& cell, int depth = 0) const {
    if (const auto key = c_.evaluator.key_of(id)) {
      cell.emplace_back(*key, Interval::at(0));
      return true;
    }
    const auto* binary = std::get_if<ast::Binary>(&c_.model.expr(id).node);
    if (binary == nullptr || binary->op != BinaryOp::Add || depth > 16) return false;
    return zero_cell(binary->left, cell, depth + 1) && zero_cell(binary->right, cell, depth + 1);
  }

  bool excluded(ExprId id, const std::vector<Step>& path) {
    if (path.empty()) return false;
    Cell cell;
    if (zero_cell(id, cell)) c_.evaluator.enter(cell);
    bool result = false;
    for (const Step& step : path) {
      result = result || (cell.empty() ? mentions(step, id) : contradicts(step) || tests(step, id));
    }
    if (!cell.empty()) c_.evaluator.enter({});
    return result;
  }

  // With the value at 0 the step cannot have been taken.
  bool contradicts(const Step& step) {
    if (step.guard != nullptr) return !condition_of(c_.evaluator, *step.guard).verdict.may_fail;
    if (!step.condition.valid()) return false;
    const Verdict verdict = c_.evaluator.condition(step.condition).verdict;
    return step.negated ? !verdict.may_fail : !verdict.may_hold;
  }

  // A table looks at the value itself: its rows say what 0 gives.
  bool tests(const Step& step, ExprId id) const {
    return step.about.valid() && c_.findings.text(step.about) == c_.findings.text(id);
  }

  // Where the value is no column or definition, a condition that compares it is taken to be the
  // rule for 0.
  bool mentions(const Step& step, ExprId id) const {
    if (step.guard != nullptr) return compares(step.guard->when, id);
    return tests(step, id) || compares(step.condition, id);
  }

  bool compares(ExprId condition, ExprId id) const {
    if (!condition.valid()) return false;
    const auto* binary = std::get_if<ast::Binary>(&c_.model.expr(condition).node);
    if (binary == nullptr) return false;
    if (binary->op == BinaryOp::And || binary->op == BinaryOp::Or) {
      return compares(binary->left, id) || compares(binary->right, id);
    }
    return c_.findings.text(binary->left) == c_.findings.text(id);
  }

  void report(const Reading& at, ExprId factor) {
    if (!c_.findings.wants<kinds::DenominatorMayBeZero>(at.node)) return;
    if (!reported_.insert(at.expr).second) return;
    auto draft = c_.findings.report<kinds::DenominatorMayBeZero>(
        c_.model.expr(factor).span, c_.findings.text(factor), c_.model.nodes[at.node].name);
    if (const auto key = c_.evaluator.key_of(factor); key && !key->define) {
      draft.note<kinds::DeclaredRangeHere>(c_.model.columns[ColumnId(key->index)].span);
    }
  }

  Context& c_;
  std::set<ExprId>& reported_;
};

}  // namespace

void check_denominators(Context& c) {
  std::set<ExprId> reported;
  DenominatorCheck check(c, reported);
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) {
    follow_readings(c.model, NodeId(i), [&](const Reading& at) { check.read(at); });
  }
}

}  // namespace xize::analysis
