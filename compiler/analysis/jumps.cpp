// Cliffs between rules: an item that gives points in proportion on one side of a bound, and jumps
// at it.
#include "compiler/analysis/cells.h"
#include "compiler/analysis/checks.h"
#include "compiler/analysis/outcome.h"
#include "compiler/analysis/range_words.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace xize::analysis {

namespace {

// Points this far apart tell a straight line and where it ends.
Rational step() { return {1, 1'000'000}; }

// What an item gives close to a bound, on one side of it.
struct Side {
  Rational end;         // at the bound, if the line went on
  bool slopes = false;  // it is no constant
};

// Looks for jumps in one item that one measure decides.
class JumpCheck {
 public:
  JumpCheck(Context& c, NodeId id, const Rational& points) : c_(c), id_(id), points_(points) {}

  void run() {
    const Cells cells = cells_of(c_.model, c_.evaluator, id_);
    for (const Cell& cell : cells.cells) {
      if (cell.size() != 1) return;
    }
    for (std::size_t i = 1; i + 1 < cells.cells.size(); ++i) {
      const auto& [key, piece] = cells.cells[i].front();
      if (!piece.is_point()) continue;
      const Interval& below = cells.cells[i - 1].front().second;
      const Interval& above = cells.cells[i + 1].front().second;
      const bool between = below.high == piece.low && above.low == piece.low;
      if (between && is_long(below) && is_long(above)) look_at(key, piece.low.value);
    }
    c_.evaluator.enter({});
  }

 private:
  static bool is_long(const Interval& piece) {
    if (!piece.low.finite() || !piece.high.finite()) return true;
    return step() * Rational(4) < piece.high.value - piece.low.value;
  }

  void look_at(const Key& key, const Rational& bound) {
    const auto at = value_at(key, bound);
    const auto below = side(key, bound, Rational(0) - step());
    const auto above = side(key, bound, step());
    if (!at || !below || !above) return;
    // The bound itself belongs to one of the sides.
    const Rational gap = above->end - below->end;
    const bool belongs = *at == below->end || *at == above->end;
    const bool cliff = below->end.sign() > 0 && above->end.sign() > 0 && gap.sign() != 0;
    if (belongs && cliff && (below->slopes || above->slopes)) report(key, bound, *below, *above);
  }

  std::optional<Side> side(const Key& key, const Rational& bound, const Rational& away) {
    const auto near = value_at(key, bound + away);
    const auto next = value_at(key, bound + away * Rational(2));
    const auto last = value_at(key, bound + away * Rational(3));
    if (!near || !next || !last || *near - *next != *next - *last) return std::nullopt;
    return Side{*near + *near - *next, *near != *next};
  }

  // The item's points at one value of the measure, if nothing else counts.
  std::optional<Rational> value_at(const Key& key, const Rational& x) {
    const Cell here{{key, Interval::at(x)}};
    c_.evaluator.enter(here);
    ClauseEstimator clauses(c_.model, c_.evaluator, id_, points_);
    for (const auto& guard : c_.model.nodes[id_].guards) {
      const Verdict verdict = condition_of(c_.evaluator, guard).verdict;
      const bool scores = guard.kind != ast::GuardKind::NotApplicable &&
                          guard.kind != ast::GuardKind::Unscored;
      if (!verdict.may_hold || (verdict.may_fail && !scores)) continue;
      if (verdict.may_fail) return std::nullopt;
      switch (guard.kind) {
        case ast::GuardKind::Veto:
        case ast::GuardKind::Zero: return Rational(0);
        case ast::GuardKind::Full: return points_;
        case ast::GuardKind::Give:
          return constant(clauses.amount(guard.amount, Estimate::constant(points_)));
        default: return std::nullopt;
      }
    }
    return constant(clauses.run().total);
  }

  [[nodiscard]] std::optional<Rational> constant(const Estimate& total) const {
    return clamped(total, 0, points_).constant_value();
  }

  void report(const Key& key, const Rational& bound, const Side& below, const Side& above) {
    if (!c_.findings.wants<kinds::JumpAtBound>(id_)) return;
    const auto& model = c_.model;
    const auto& node = model.nodes[id_];
    const std::string name = key.define ? model.defines[sema::DefineId(key.index)].name
                                        : model.columns[ColumnId(key.index)].name;
    const sema::Type& type = key.define
                                 ? model.type(model.defines[sema::DefineId(key.index)].body)
                                 : model.columns[ColumnId(key.index)].type;
    c_.findings.report<kinds::JumpAtBound>(span_of(model, node), node.name, name,
                                          value_words(model, type, bound), below.end, above.end);
  }

  Context& c_;
  NodeId id_;
  const Rational& points_;
};

}  // namespace

void check_jumps(Context& c) {
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) {
    const auto& node = c.model.nodes[NodeId(i)];
    const auto points = declared_points(node);
    const bool scored = is_leaf(node) && points && node.role == sema::Role::Ordinary;
    if (scored) JumpCheck(c, NodeId(i), *points).run();
  }
}

}  // namespace xize::analysis
