// An item's rules against its points.
#include "compiler/analysis/checks.h"
#include "compiler/analysis/outcome.h"
#include "compiler/ast/visit.h"
#include "compiler/diagnostics/kinds/totals.h"

namespace xize::analysis {

namespace {

// Checks one item, or a bonus or penalty block that scores by itself.
class ItemCheck {
 public:
  ItemCheck(Context& c, NodeId id, Rational points)
      : c_(c), id_(id), node_(c.model.nodes[id]), points_(std::move(points)),
        penalty_(node_.role == sema::Role::Penalty),
        capped_(node_.points_kind != ast::PointsKind::Stated) {}

  void run() {
    const Outcome outcome = outcome_of(c_.model, c_.evaluator, id_, points_);
    const bool reported = !node_.uncapped && check_amounts();
    if (outcome.clauses.open) return;
    const Extended points(points_);
    if (outcome.bound < points) return report_below(outcome);
    const bool above = !node_.uncapped && !capped_ && points < outcome.reached &&
                       outcome.reached.finite();
    if (above && !reported) report_above(outcome);
  }

 private:
  // ---- what the whole item gives or takes ----

  void report_below(const Outcome& outcome) {
    Rational most = outcome.bound.finite() ? outcome.bound.value : Rational(0);
    if (most.sign() < 0) most = 0;
    const auto span = span_of(c_.model, node_);
    if (capped_) {
      if (!c_.findings.wants<kinds::CapAboveSum>(id_)) return;
      auto draft = c_.findings.report<kinds::CapAboveSum>(span, node_.name, points_, most,
                                                         points_ - most);
      note_clauses(draft, outcome);
    } else if (!penalty_) {
      auto draft = c_.findings.report<kinds::BestBelowPoints>(span, node_.name, points_, most,
                                                             points_ - most);
      note_clauses(draft, outcome);
    } else if (c_.findings.wants<kinds::LossBelowPoints>(id_)) {
      auto draft = c_.findings.report<kinds::LossBelowPoints>(span, node_.name, points_, most,
                                                             points_ - most);
      note_clauses(draft, outcome);
    }
  }

  void report_above(const Outcome& outcome) {
    const Rational& most = outcome.reached.value;
    const auto span = span_of(c_.model, node_);
    if (penalty_ && c_.findings.wants<kinds::LossAbovePoints>(id_)) {
      auto draft = c_.findings.report<kinds::LossAbovePoints>(span, node_.name, points_, most,
                                                             most - points_);
      note_clauses(draft, outcome);
    } else if (!penalty_ && c_.findings.wants<kinds::BestAbovePoints>(id_)) {
      auto draft = c_.findings.report<kinds::BestAbovePoints>(span, node_.name, points_, most,
                                                             most - points_);
      note_clauses(draft, outcome);
    }
  }

  void note_clauses(diagnostics::Draft& draft, const Outcome& outcome) const {
    if (node_.base.valid()) {
      const auto& base = c_.model.entry_as<ast::Base>(node_.base);
      auto value = base.full ? points_ : sema::constant_value(c_.model, base.value);
      const bool share = !base.full && sema::is_share(c_.model.type(base.value));
      if (value && share) value = *value * points_;
      if (value) draft.note<kinds::StartsWith>(c_.model.entry(node_.base).span, *value);
    }
    std::size_t noted = 0;
    for (const Part& part : outcome.clauses.parts) {
      const Extended& most = part.amount.bounds.high;
      if (!most.finite() || ++noted > kListMax) continue;
      const auto span = c_.model.entry(part.entry).span;
      if (penalty_) {
        draft.note<kinds::TakesAtMostHere>(span, most.value);
      } else {
        draft.note<kinds::AtMostHere>(span, most.value);
      }
    }
  }

  // ---- single amounts ----

  // Amounts that alone pass the points; true if there was one.
  bool check_amounts() {
    ClauseEstimator estimator(c_.model, c_.evaluator, id_, points_);
    estimator_ = &estimator;
    const Estimate full = Estimate::constant(points_);
    if (node_.base.valid()) {
      check_award(c_.model.entry_as<ast::Base>(node_.base).value, full);
    }
    for (const EntryId entry : node_.clauses) check_entry(entry);
    for (const auto& guard : node_.guards) {
      if (guard.kind == ast::GuardKind::Give) check_award(guard.amount, full);
    }
    return found_;
  }

  void check_entry(EntryId id) {
    const auto& entry = c_.model.entry(id).node;
    const auto all = [&](const std::vector<EntryId>& list) {
      for (const EntryId inner : list) check_entry(inner);
    };
    const Estimate full = Estimate::constant(points_);
    if (const auto* clause = std::get_if<ast::Clause>(&entry)) {
      check_clause(id, *clause);
    } else if (const auto* when = std::get_if<ast::When>(&entry)) {
      all(when->then);
      all(when->otherwise);
    } else if (const auto* both = std::get_if<ast::Together>(&entry)) {
      check_award(both->max, full);
      all(both->entries);
    } else if (const auto* pick = std::get_if<ast::Pick>(&entry)) {
      all(pick->branches);
    } else if (const auto* open = std::get_if<ast::Unspecified>(&entry)) {
      all(open->suggestion);
    } else if (const auto it = c_.model.uses.find(id); it != c_.model.uses.end()) {
      all(it->second);
    }
  }

  void check_clause(EntryId id, const ast::Clause& clause) {
    const auto it = c_.model.clauses.find(id);
    if (it == c_.model.clauses.end() || it->second.is_guard) return;
    const Estimate worth = estimator_->worth_of(clause);
    const auto* judge = std::get_if<ast::JudgeScale>(&clause.scale);
    deducts_ = clause.sign == ast::Sign::Deduct || (judge != nullptr && judge->as_deduction);
    check_award(clause.worth, Estimate::constant(points_));
    check_award(clause.max, worth);
    if (const auto* amount = std::get_if<ast::Amount>(&clause.scale)) {
      if (!amount->full) check_award(amount->value, worth);
    } else if (const auto* tier = std::get_if<ast::TierScale>(&clause.scale)) {
      check_rows(tier->rows, worth);
    } else if (const auto* linear = std::get_if<ast::LinearScale>(&clause.scale)) {
      check_rows(linear->rows, worth);
    } else if (const auto* rank = std::get_if<ast::RankScale>(&clause.scale)) {
      check_rows(rank->rows, worth);
    } else if (const auto* list = std::get_if<ast::ChecklistScale>(&clause.scale)) {
      for (const auto& box : list->boxes) check_award(box.amount, worth);
    }
    deducts_ = false;
  }

  void check_rows(const std::vector<ast::Row>& rows, const Estimate& worth) {
    for (const auto& row : rows) {
      const bool range = row.result.kind == ast::RowResultKind::Range;
      if (row.result.kind == ast::RowResultKind::Amount || range) {
        check_award(row.result.amount, worth);
      }
      if (range) check_award(row.result.high, worth);
    }
  }

  // Only amounts that the text alone determines: of others the whole item speaks.
  void check_award(ExprId id, const Estimate& worth) {
    if (!id.valid()) return;
    const Estimate amount = estimator_->amount(id, worth);
    if (!amount.is_constant() || !(points_ < amount.bounds.low.value)) return;
    found_ = true;
    const Rational& value = amount.bounds.low.value;
    const auto span = c_.model.expr(id).span;
    if (deducts_ || penalty_) {
      if (!c_.findings.wants<kinds::DeductionAbovePoints>(id_)) return;
      auto draft = c_.findings.report<kinds::DeductionAbovePoints>(span, node_.name, points_, value,
                                                                  value - points_);
      note_points(draft);
    } else if (c_.findings.wants<kinds::AwardAbovePoints>(id_)) {
      auto draft = c_.findings.report<kinds::AwardAbovePoints>(span, node_.name, points_, value,
                                                              value - points_);
      note_points(draft);
    }
  }

  void note_points(diagnostics::Draft& draft) const {
    const ExprId points = node_.points.valid() ? node_.points : node_.max;
    draft.note<kinds::PointsHere>(c_.model.expr(points).span, node_.name, points_);
  }

  Context& c_;
  NodeId id_;
  const sema::Node& node_;
  Rational points_;
  bool penalty_ = false;
  bool capped_ = false;  // a cap, not points
  bool deducts_ = false;
  bool found_ = false;
  ClauseEstimator* estimator_ = nullptr;
};

bool has_scoring_guard(const sema::Node& node) {
  for (const auto& guard : node.guards) {
    const bool scores = guard.kind == ast::GuardKind::Zero || guard.kind == ast::GuardKind::Full ||
                        guard.kind == ast::GuardKind::Give;
    if (scores) return true;
  }
  return false;
}

// Nothing in it gives, takes or decides points.
bool has_no_method(const sema::Node& node) {
  return node.clauses.empty() && !has_scoring_guard(node) && !node.base.valid() &&
         node.unspecified.empty();
}

bool holds_deduction(const sema::Model& model, EntryId id) {
  const auto& entry = model.entry(id).node;
  if (const auto* clause = std::get_if<ast::Clause>(&entry)) {
    return clause->sign == ast::Sign::Deduct;
  }
  bool found = false;
  ast::for_each_child(entry, [&](auto child) {
    if constexpr (std::is_same_v<decltype(child), EntryId>) {
      found = found || holds_deduction(model, child);
    }
  });
  return found;
}

// Where it cannot be told what an ordinary item starts with, sema has said so.
bool is_start_open(const sema::Model& model, const sema::Node& node) {
  if (node.role != sema::Role::Ordinary || node.base.valid() || node.starts_full) return false;
  if (node.clauses.empty()) return true;
  for (const EntryId entry : node.clauses) {
    if (holds_deduction(model, entry)) return true;
  }
  return false;
}

}  // namespace

void check_items(Context& c) {
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) {
    const auto& node = c.model.nodes[NodeId(i)];
    const auto points = declared_points(node);
    if (!is_leaf(node) || !points || points->sign() <= 0 ||
        c.findings.has_error_in(c.model.entry(node.entry).span)) {
      continue;
    }
    if (has_no_method(node)) {
      c.findings.report<kinds::ItemWithoutMethod>(span_of(c.model, node), node.name, *points);
      continue;
    }
    if (!is_start_open(c.model, node)) ItemCheck(c, NodeId(i), *points).run();
  }
}

}  // namespace xize::analysis
