// Guards (language §5): tried from top to bottom, the first that holds decides. A guard stands
// under the `when` blocks around it; a veto may decide a section or rubric above the item that
// holds it, as long as that item applies.
#include "compiler/ast/visit.h"
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

using program::DecisionKind;

// Walks the scoring entries of one node.
void note_guards(Lowering& l, NodeId node, EntryId id, bool suggested) {
  const auto& entry = l.model.entry(id).node;
  if (std::holds_alternative<ast::Node>(entry)) return;
  const auto* unspecified = std::get_if<ast::Unspecified>(&entry);
  const bool inside = suggested || (unspecified != nullptr && unspecified->accepted.empty());
  const bool guard =
      std::holds_alternative<ast::Guard>(entry) || std::holds_alternative<ast::Clause>(entry);
  if (guard) {
    l.stands_in.emplace(id, node);
    if (suggested) l.suggested.insert(id);
  }
  if (const auto it = l.model.uses.find(id); it != l.model.uses.end()) {
    for (const EntryId inner : it->second) note_guards(l, node, inner, inside);
  }
  ast::for_each_child(entry, [&](auto child) {
    if constexpr (std::is_same_v<decltype(child), EntryId>) note_guards(l, node, child, inside);
  });
}

DecisionKind decision_kind(ast::GuardKind kind) {
  switch (kind) {
    case ast::GuardKind::Zero: return DecisionKind::Zero;
    case ast::GuardKind::Full: return DecisionKind::Full;
    case ast::GuardKind::Give: return DecisionKind::Give;
    case ast::GuardKind::Unscored: return DecisionKind::Unscored;
    case ast::GuardKind::NotApplicable: return DecisionKind::NotApplicable;
    case ast::GuardKind::Veto: return DecisionKind::Veto;
  }
  return DecisionKind::Zero;
}

// What a guard gives; unscored and not applicable give no number.
OpId outcome_of(Lowering& l, const sema::GuardInfo& guard, NodeId node, OpId full) {
  switch (guard.kind) {
    case ast::GuardKind::Full: return full;
    case ast::GuardKind::Give: {
      const OpId amount = lower_amount(l, guard.amount, full, {node});
      if (l.node(node).uncapped) return l.op(Opcode::max, {amount, l.zero()});
      return l.build.clamp(amount, l.zero(), full);
    }
    case ast::GuardKind::Unscored:
    case ast::GuardKind::NotApplicable: return {};
    default: return l.zero();
  }
}

}  // namespace

void find_guards(Lowering& l) {
  for (std::size_t i = 0; i < l.model.nodes.size(); ++i) {
    const NodeId id(i);
    for (const EntryId entry : l.model.entry_as<ast::Node>(l.node(id).entry).entries) {
      note_guards(l, id, entry, false);
    }
  }
}

OpId guard_condition(Lowering& l, const sema::GuardInfo& guard, NodeId reached) {
  const auto it = l.stands_in.find(guard.entry);
  const NodeId home = it != l.stands_in.end() ? it->second : reached;
  // Applicability is decided before any points are shared out anew.
  const Context context{home, guard.kind == ast::GuardKind::NotApplicable};
  OpId condition = home == reached ? l.build.boolean(true) : applicable_of(l, home);
  for (const sema::Premise& premise : guard.premises) {
    const OpId holds = lower_expr(l, premise.condition, context);
    condition = l.build.and_(condition, premise.negated ? l.build.not_(holds) : holds);
  }
  if (!guard.when.valid()) return condition;
  return l.build.and_(condition, lower_expr(l, guard.when, context));
}

Guarded decide(Lowering& l, NodeId node, OpId otherwise, OpId full) {
  Guarded result{otherwise, {}, {}};
  for (const sema::GuardInfo& guard : l.node(node).guards) {
    if (l.suggested.contains(guard.entry)) continue;
    program::Decision decision;
    decision.kind = decision_kind(guard.kind);
    decision.condition = guard_condition(l, guard, node);
    decision.outcome = outcome_of(l, guard, node, full);
    decision.origin = l.origin(PlaceKind::Guard, guard.entry, node);
    result.decisions.push_back(decision);
  }
  for (auto it = result.decisions.rbegin(); it != result.decisions.rend(); ++it) {
    if (it->kind == DecisionKind::NotApplicable) continue;
    const OpId outcome = it->kind == DecisionKind::Unscored ? l.zero() : it->outcome;
    result.score = l.build.select(it->condition, outcome, result.score);
  }
  result.unscored = leaves_unscored(l, result.decisions, l.build.boolean(false));
  return result;
}

OpId leaves_unscored(Lowering& l, const std::vector<program::Decision>& decisions,
                     OpId otherwise) {
  OpId unscored = otherwise;
  for (auto it = decisions.rbegin(); it != decisions.rend(); ++it) {
    if (it->kind == DecisionKind::NotApplicable) continue;
    const OpId state = l.build.boolean(it->kind == DecisionKind::Unscored);
    if (unscored != state) unscored = l.build.select(it->condition, state, unscored);
  }
  return unscored;
}

}  // namespace xize::lower
