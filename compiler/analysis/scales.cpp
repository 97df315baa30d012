// Scales in themselves: places, levels and points of a line whose outcomes turn back; ratios of
// which a floor leaves nothing, or that can leave 0 to 100 %.
#include <algorithm>

#include "compiler/analysis/checks.h"
#include "compiler/analysis/clause_estimate.h"
#include "compiler/analysis/range_words.h"
#include "compiler/analysis/reading.h"
#include "compiler/analysis/turn.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace xize::analysis {

namespace {

using ast::RowTestKind;
using diagnostics::Term;

// What the rows of a scale give, in order, while it can be told.
struct Outcomes {
  std::vector<Rational> values;
  std::vector<Term> words;
  std::vector<source::Span> spans;
};

// Checks one clause.
class ScaleCheck {
 public:
  ScaleCheck(Context& c, const Reading& at)
      : c_(c), at_(at), estimator_(c.model, c.evaluator, at.node, c.worths[at.node.index].points),
        worth_(estimator_.worth_of(*at.clause)) {}

  void operator()(const ast::LinearScale& linear) {
    std::vector<std::pair<Rational, const ast::Row*>> corners;
    for (const ast::Row& row : linear.rows) {
      if (row.test.values.empty()) return;
      const Estimate x = c_.evaluator.number(row.test.values.front());
      if (!x.is_constant()) return;
      corners.emplace_back(x.bounds.low.value, &row);
    }
    std::ranges::stable_sort(corners, {}, [](const auto& corner) { return corner.first; });
    Outcomes outcomes;
    for (const auto& [x, row] : corners) {
      const auto words = value_words(c_.model, c_.model.type(linear.x), x);
      if (!add(outcomes, row->result, {words, words}, row->span)) return;
    }
    report_turn(outcomes, c_.findings.text(linear.x));
  }

  void operator()(const ast::RankScale& rank) {
    Outcomes outcomes;
    for (std::size_t i = 0; i < rank.rows.size(); ++i) {
      const ast::Row& row = rank.rows[i];
      find_row_before(rank.rows, i);
      if (!add(outcomes, row.result, place_words(row.test), row.span)) return;
    }
    report_turn(outcomes, c_.findings.text(rank.x));
  }

  void operator()(const ast::JudgeScale& judge) {
    Outcomes outcomes;
    for (const ast::Level& level : judge.levels) {
      if (!add(outcomes, level.result, {level.name.text, level.name.text}, level.span)) return;
    }
    report_turn(outcomes, c_.model.nodes[at_.node].name);
  }

  void operator()(const ast::RatioScale& ratio) {
    const Estimate to = ratio.to.valid() ? c_.evaluator.number(ratio.to) : Estimate::constant(1);
    const Estimate from =
        ratio.from.valid() ? c_.evaluator.number(ratio.from) : Estimate::unknown();
    const bool known = to.is_constant() && from.is_constant();
    if (known && !(from.bounds.low < to.bounds.low) && wants<kinds::FloorAtTarget>()) {
      const auto words = [&](const Estimate& end) {
        return value_words(c_.model, c_.model.type(ratio.x), end.bounds.low.value);
      };
      c_.findings.report<kinds::FloorAtTarget>(c_.model.expr(ratio.from).span,
                                              c_.findings.text(ratio.x), words(from), words(to));
    }
    if (!ratio.to.valid()) check_range(ratio.x);
  }

  template <class Other>
  void operator()(const Other&) {}

 private:
  template <auto K>
  [[nodiscard]] bool wants() const {
    return c_.findings.wants<K>(at_.node);
  }

  // ---- outcomes in order ----

  bool add(Outcomes& outcomes, const ast::RowResult& result, Term words, source::Span span) {
    if (result.kind == ast::RowResultKind::JudgedDeduction) return false;
    const Estimate value = estimator_.result(result, worth_);
    if (!value.bounds.high.finite()) return false;
    outcomes.values.push_back(value.bounds.high.value);
    outcomes.words.push_back(std::move(words));
    outcomes.spans.push_back(span);
    return true;
  }

  void report_turn(const Outcomes& outcomes, const std::string& what) {
    const auto turn = turn_in(outcomes.values);
    if (!turn || !wants<kinds::OutcomeTurns>()) return;
    c_.findings.report<kinds::OutcomeTurns>(outcomes.spans[*turn], what, outcomes.words[*turn],
                                           outcomes.values[*turn]);
  }

  // ---- places ----

  [[nodiscard]] Term place_words(const ast::RowTest& test) const {
    if (test.kind == RowTestKind::Otherwise) return {"otherwise", "其余"};
    const auto bound = c_.findings.text(test.bound);
    if (test.kind == RowTestKind::TopShare) return {"top " + bound, "前 " + bound};
    return {"top " + bound, "前 " + bound + " 名"};
  }

  // Places that a row above has taken already.
  void find_row_before(const std::vector<ast::Row>& rows, std::size_t row) {
    const ast::RowTest& test = rows[row].test;
    if (test.kind == RowTestKind::Otherwise) return;
    const Estimate bound = c_.evaluator.number(test.bound);
    for (std::size_t i = 0; i < row; ++i) {
      const ast::RowTest& above = rows[i].test;
      const bool all = above.kind == RowTestKind::Otherwise;
      const bool wider = above.kind == test.kind && bound.is_constant() &&
                         !(c_.evaluator.number(above.bound).bounds.low < bound.bounds.high);
      if ((!all && !wider) || !wants<kinds::RowNeverDecides>()) continue;
      c_.findings.report<kinds::RowNeverDecides>(rows[row].span)
          .note<kinds::RowTakesThem>(rows[i].span);
      return;
    }
  }

  // ---- the range of a ratio ----

  // A quotient is looked at where what it divides by is not 0.
  void enter_denominators(ExprId id, Cell& cell, int depth = 0) const {
    if (!id.valid() || depth > 16) return;
    if (const auto* ref = std::get_if<sema::DefineRef>(&c_.model.fact(id).binding)) {
      return enter_denominators(c_.model.defines[ref->define].body, cell, depth + 1);
    }
    const auto* binary = std::get_if<ast::Binary>(&c_.model.expr(id).node);
    if (binary == nullptr) return;
    enter_denominators(binary->left, cell, depth + 1);
    enter_denominators(binary->right, cell, depth + 1);
    if (binary->op != ast::BinaryOp::Div) return;
    const auto key = c_.evaluator.key_of(binary->right);
    if (!key || key->define || !c_.model.type(binary->right).whole) return;
    const Interval range = c_.evaluator.number(binary->right).bounds;
    cell.emplace_back(*key, intersection(range, Interval::at_least(1)));
  }

  void check_range(ExprId x) {
    if (!c_.model.type(x).ratio()) return;
    Cell cell;
    enter_denominators(x, cell);
    if (!cell.empty()) c_.evaluator.enter(cell);
    const Estimate value = c_.evaluator.number(x);
    if (!cell.empty()) c_.evaluator.enter({});
    const bool above = Extended(1) < value.most;
    if ((!above && value.least.sign() >= 0) || !wants<kinds::RatioLeavesRange>()) return;
    c_.findings.report<kinds::RatioLeavesRange>(
        c_.model.expr(x).span, c_.findings.text(x),
        above ? Term{"above 100%", "超过 100%"} : Term{"below 0%", "低于 0%"});
  }

  Context& c_;
  const Reading& at_;
  ClauseEstimator estimator_;
  Estimate worth_;
};

}  // namespace

void check_scales(Context& c) {
  for_each_reading(c.model, [&](const Reading& at) {
    if (at.clause != nullptr && at.node.valid()) std::visit(ScaleCheck(c, at), at.clause->scale);
  });
}

}  // namespace xize::analysis
