#include "compiler/analysis/outcome.h"

#include "compiler/analysis/cells.h"

namespace xize::analysis {

Condition condition_of(Evaluator& evaluator, const sema::GuardInfo& guard) {
  Condition result = Condition::certain(true);
  for (const auto& premise : guard.premises) {
    const Condition one = evaluator.condition(premise.condition);
    result = both(result, premise.negated ? negated(one) : one);
  }
  return both(result, evaluator.condition(guard.when));
}

namespace {

// More expressions than this are not looked at once more for each cell.
constexpr std::size_t kRefinementStepsMax = 20'000;

// Reads one item, within the cell that the evaluator looks at.
class OutcomeReader {
 public:
  OutcomeReader(const sema::Model& model, Evaluator& evaluator, NodeId item, const Rational& points)
      : model_(model), evaluator_(evaluator), item_(item), points_(points) {}

  Outcome run() {
    Outcome result;
    ClauseEstimator clauses(model_, evaluator_, item_, points_);
    result.clauses = clauses.run();
    Reads guards;
    for (const auto& guard : model_.nodes[item_].guards) {
      const Condition holds = condition_of(evaluator_, guard);
      if (!holds.verdict.may_hold) continue;
      take(result, guard, clauses);
      if (!holds.verdict.may_fail) return result;
      guards.add(holds.reads);
    }
    const Estimate& total = result.clauses.total;
    result.bound = larger(result.bound, total.bounds.high);
    result.floor = smaller(result.floor, total.bounds.low);
    // Where a guard reads the same data, it may decide just where the clauses give most.
    if (total.reads.apart(guards)) result.reached = larger(result.reached, total.most);
    return result;
  }

 private:
  void take(Outcome& result, const sema::GuardInfo& guard, ClauseEstimator& clauses) {
    Estimate given = Estimate::constant(0);
    switch (guard.kind) {
      case ast::GuardKind::Full: given = Estimate::constant(points_); break;
      case ast::GuardKind::Give:
        given = clamped(clauses.amount(guard.amount, Estimate::constant(points_)), 0, points_);
        break;
      case ast::GuardKind::Unscored:
      case ast::GuardKind::NotApplicable: return;
      default: break;
    }
    result.bound = larger(result.bound, given.bounds.high);
    result.floor = smaller(result.floor, given.bounds.low);
    result.reached = larger(result.reached, given.most);
  }

  const sema::Model& model_;
  Evaluator& evaluator_;
  NodeId item_;
  const Rational& points_;
};

// Whether nothing more can be known: the most that can come is known to come, and nothing that
// counts lies between 0 and the least.
bool is_settled(const Outcome& outcome) {
  return outcome.reached == outcome.bound && outcome.floor.sign() <= 0;
}

// The same, piece by piece: rules that exclude each other are told apart.
void refine(Outcome& result, const Cells& cells, Evaluator& evaluator, OutcomeReader& reader) {
  const std::size_t start = evaluator.steps();
  Outcome refined;
  bool complete = true;
  for (const Cell& cell : cells.cells) {
    evaluator.enter(cell);
    const Outcome piece = reader.run();
    refined.bound = larger(refined.bound, piece.bound);
    refined.floor = smaller(refined.floor, piece.floor);
    refined.reached = larger(refined.reached, piece.reached);
    complete = evaluator.steps() - start < kRefinementStepsMax;
    if (!complete) break;
  }
  evaluator.enter({});
  if (!complete) return;
  result.bound = smaller(result.bound, refined.bound);
  result.floor = larger(result.floor, refined.floor);
  if (cells.apart) result.reached = larger(result.reached, refined.reached);
}

}  // namespace

Outcome outcome_of(const sema::Model& model, Evaluator& evaluator, NodeId item,
                   const Rational& points) {
  OutcomeReader reader(model, evaluator, item, points);
  Outcome result = reader.run();
  if (is_settled(result)) return result;
  const Cells cells = cells_of(model, evaluator, item);
  if (!cells.cells.empty() && cells.size * cells.cells.size() <= kRefinementStepsMax) {
    refine(result, cells, evaluator, reader);
  }
  result.reached = smaller(result.reached, result.bound);
  return result;
}

}  // namespace xize::analysis
