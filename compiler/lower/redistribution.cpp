// Redistribution (分摊, language §6.3): the points of what does not apply go to what does,
// innermost scope first. Only ordinary items take part; a section that is not a sum of its children
// takes part as a whole. What finds no receiver goes to the scope around it; beyond the rubric's
// own scope there is none, and the rubric is unscored.
#include <algorithm>

#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

// One receiver, and how it stands so far.
struct Share {
  NodeId node;
  OpId applicable;
  OpId worth;  // 0 where it does not apply
  OpId factor;
  OpId lost;  // points not handed on yet; 0 where it applies
};

// One clause: whose points go to whom.
struct Scope {
  NodeId from;      // points of what lies below it
  NodeId to_below;  // receivers: all below it, or
  const std::vector<NodeId>* to = nullptr;
  bool equally = false;
  bool whole_rubric = false;
};

class Redistribution {
 public:
  Redistribution(Lowering& l, NodeId rubric) : l_(l), rubric_(rubric) {}

  void run() {
    gather(rubric_);
    scopes(rubric_);
    for (const Scope& scope : scopes_) apply(scope);
    for (const Share& share : shares_) {
      l_.node_ops[share.node.index].factor = share.factor;
    }
    l_.no_receiver[rubric_] = l_.build.boolean(false);
    for (const Scope& scope : scopes_) note_leftover(scope);
  }

 private:
  void gather(NodeId id) {
    for (const NodeId child : l_.node(id).children) {
      const sema::Node& node = l_.node(child);
      if (node.role != sema::Role::Ordinary) continue;
      const bool whole = is_leaf(l_, child) || node.mode != ast::SectionMode::Sum;
      if (!whole) {
        gather(child);
      } else if (has_points(l_, child)) {
        add_share(child);
      }
    }
  }

  void add_share(NodeId id) {
    const OpId applies = applicable_of(l_, id);
    const OpId points = points_of(l_, id);
    shares_.push_back({id, applies, l_.build.select(applies, points, l_.zero()), l_.number(1),
                       l_.build.select(applies, l_.zero(), points)});
  }

  // Clauses below come before the clause of the node itself.
  void scopes(NodeId id) {
    for (const NodeId child : l_.node(id).children) scopes(child);
    const sema::Node& node = l_.node(id);
    const EntryId entry = l_.node(id).redistribute;
    if (!entry.valid()) return;
    const auto& clause = l_.model.entry_as<ast::Redistribute>(entry);
    Scope scope;
    scope.from = id;
    scope.equally = clause.mode == ast::RedistributeMode::Equally;
    if (!node.redistribute_to.empty()) scope.to = &node.redistribute_to;
    scope.whole_rubric = clause.scope == ast::Scope::Rubric;
    if (!scope.whole_rubric && l_.is_rubric(id)) return sections_of(id, scope);
    scope.to_below = scope.whole_rubric ? rubric_ : id;
    scopes_.push_back(scope);
  }

  // `within section` on a rubric: within each section that holds items.
  void sections_of(NodeId id, Scope scope) {
    for (const NodeId child : l_.node(id).children) {
      if (is_leaf(l_, child) || l_.node(child).redistribute.valid()) continue;
      sections_of(child, scope);
      const auto& below = l_.node(child).children;
      const bool holds =
          std::any_of(below.begin(), below.end(), [&](NodeId n) { return is_leaf(l_, n); });
      if (!holds) continue;
      scope.from = child;
      scope.to_below = child;
      scopes_.push_back(scope);
    }
  }

  [[nodiscard]] bool is_below(NodeId id, NodeId above) const {
    for (; id.valid(); id = l_.node(id).parent) {
      if (id == above) return true;
    }
    return false;
  }
  [[nodiscard]] bool receives(const Share& share, const Scope& scope) const {
    if (scope.to == nullptr) return is_below(share.node, scope.to_below);
    return std::any_of(scope.to->begin(), scope.to->end(),
                       [&](NodeId to) { return is_below(share.node, to); });
  }

  void apply(const Scope& scope) {
    OpId lost = l_.zero();
    OpId held = l_.zero();
    OpId count = l_.zero();
    for (const Share& share : shares_) {
      if (is_below(share.node, scope.from)) lost = l_.add(lost, share.lost);
      if (!receives(share, scope)) continue;
      held = l_.add(held, share.worth);
      count = l_.add(count, l_.build.select(share.applicable, l_.number(1), l_.zero()));
    }
    if (l_.build.is_constant(lost, Rational(0))) return;  // everything always applies
    const OpId taken = l_.op(Opcode::gt, {held, l_.zero()});
    const OpId per_point = l_.op(Opcode::div, {lost, held});
    const OpId per_item = l_.op(Opcode::div, {lost, count});
    for (Share& share : shares_) {
      if (receives(share, scope))
        receive(share, taken, scope.equally ? per_item : per_point, scope);
    }
    for (Share& share : shares_) {
      if (!is_below(share.node, scope.from)) continue;
      share.lost = l_.build.select(taken, l_.zero(), share.lost);
    }
  }

  // p becomes p·(1 + U/Σp), or p + U/|A|.
  void receive(Share& share, OpId taken, OpId gain, const Scope& scope) {
    OpId factor = l_.op(Opcode::add, {l_.number(1), gain});
    if (scope.equally) {
      const OpId more = l_.op(Opcode::div, {gain, share.worth});
      const OpId worth = l_.op(Opcode::gt, {share.worth, l_.zero()});
      factor = l_.build.select(worth, l_.op(Opcode::add, {l_.number(1), more}), l_.number(1));
    }
    factor = l_.build.select(taken, factor, l_.number(1));
    share.factor = l_.mul(share.factor, factor);
    share.worth = l_.mul(share.worth, factor);
  }

  // Points that a clause speaks of and nobody could take over. Those of a section where nothing
  // applies have gone outward, to the scope around or, without one, are lost.
  void note_leftover(const Scope& scope) {
    OpId lost = l_.zero();
    for (const Share& share : shares_) {
      if (is_below(share.node, scope.from)) lost = l_.add(lost, share.lost);
    }
    if (l_.build.is_constant(lost, Rational(0))) return;
    OpId leftover = l_.op(Opcode::gt, {lost, l_.zero()});
    if (!scope.whole_rubric) leftover = l_.build.and_(applicable_of(l_, scope.from), leftover);
    l_.no_receiver[rubric_] = l_.build.or_(l_.no_receiver[rubric_], leftover);
  }

  Lowering& l_;
  NodeId rubric_;
  std::vector<Share> shares_;
  std::vector<Scope> scopes_;
};

}  // namespace

void lower_redistribution(Lowering& l, NodeId rubric) {
  if (!l.redistributed.insert(rubric).second) return;
  Redistribution(l, rubric).run();
}

OpId factor_of(Lowering& l, NodeId id) {
  lower_redistribution(l, l.node(id).rubric);
  // Nodes that take no part; and all, where applicability itself asks, before anything is shared.
  const OpId factor = l.node_ops[id.index].factor;
  return factor ? factor : l.number(1);
}

}  // namespace xize::lower
