// Items (language §5): applicable? → the first guard that holds, else clamp(base + Σ clauses, 0,
// points). Penalty items count what they take away.
#include <algorithm>

#include "compiler/lower/topics.h"

namespace xize::lower {

bool is_penalty(const Lowering& l, NodeId node) {
  return l.node(node).role == sema::Role::Penalty;
}

bool is_leaf(const Lowering& l, NodeId id) {
  const sema::Node& node = l.node(id);
  if (node.kind == ast::NodeKind::Item) return true;
  const bool block = node.kind == ast::NodeKind::Bonus || node.kind == ast::NodeKind::Penalty;
  return block && node.children.empty();
}

bool has_points(const Lowering& l, NodeId id) {
  const sema::Node& node = l.node(id);
  return node.points_kind == ast::PointsKind::Stated ||
         node.points_kind == ast::PointsKind::Unspecified || node.max.valid();
}

bool is_scored(const Lowering& l, NodeId id) {
  const sema::Node& node = l.node(id);
  if (has_points(l, id)) return true;
  if (is_leaf(l, id)) {
    return node.points_kind != ast::PointsKind::None && !node.clauses.empty();
  }
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](NodeId child) { return is_scored(l, child); });
}

namespace {

OpId capped(Lowering& l, NodeId id, OpId before) {
  if (l.node(id).uncapped || !has_points(l, id)) return l.op(Opcode::max, {before, l.zero()});
  return l.build.clamp(before, l.zero(), points_of(l, id));
}

// Where the document gives neither points nor a rule and such items are to be skipped.
bool skips_points(const Lowering& l, NodeId id) {
  return l.options.unspecified == UnspecifiedMode::Skip &&
         l.node(id).points_kind == ast::PointsKind::Unspecified;
}

void lower_leaf(Lowering& l, NodeId id) {
  NodeOps& ops = l.node_ops[id.index];
  // A result that depends on itself is an error of the policy; it must not be one of ours.
  ops.decided = l.build.fault(FaultKind::BadCell, {});
  ops.unscored = l.build.boolean(true);
  if (!is_scored(l, id)) {
    l.out(id).decisions = decide(l, id, l.zero(), l.zero()).decisions;
    l.node_ops[id.index].decided = l.zero();
    return;
  }
  const OpId before = lower_clauses(l, id);
  const OpId skipped = l.node_ops[id.index].unscored;  // as the clauses left it
  const OpId full = has_points(l, id) ? points_of(l, id) : l.zero();
  Guarded guarded = decide(l, id, capped(l, id, before), full);
  // Guards decide before a clause that is skipped does.
  const OpId otherwise = skips_points(l, id) ? l.build.boolean(true) : skipped;
  l.node_ops[id.index].decided = guarded.score;
  l.node_ops[id.index].unscored = leaves_unscored(l, guarded.decisions, otherwise);
  l.out(id).before_cap = before;
  l.out(id).decisions = std::move(guarded.decisions);
}

// A section, bonus or penalty block before redistribution.
void lower_block(Lowering& l, NodeId id) {
  NodeOps& ops = l.node_ops[id.index];
  ops.decided = l.build.fault(FaultKind::BadCell, {});
  ops.unscored = l.build.boolean(true);
  const Guarded guarded = decide(l, id, combine_children(l, id, true), points_of(l, id));
  OpId counted = l.build.boolean(false);
  for (const NodeId child : l.node(id).children) {
    const OpId scored = l.build.not_(unscored_of(l, child));
    counted = l.build.or_(counted, l.build.and_(applicable_of(l, child), scored));
  }
  l.node_ops[id.index].decided = guarded.score;
  // Where nothing below it is scored, it is not scored either.
  l.node_ops[id.index].unscored = l.build.or_(guarded.unscored, l.build.not_(counted));
}

void lower_decided(Lowering& l, NodeId id) {
  if (l.node_ops[id.index].decided) return;
  if (is_leaf(l, id)) {
    lower_leaf(l, id);
  } else {
    lower_block(l, id);
  }
}

}  // namespace

OpId unscored_of(Lowering& l, NodeId id) {
  lower_decided(l, id);
  return l.node_ops[id.index].unscored;
}

OpId decided_of(Lowering& l, NodeId id) {
  lower_decided(l, id);
  return l.node_ops[id.index].decided;
}

OpId raw_of(Lowering& l, NodeId id) {
  if (l.node_ops[id.index].raw) return l.node_ops[id.index].raw;
  const OpId number = decided_of(l, id);
  const OpId scored = l.build.select(unscored_of(l, id), l.build.missing(), number);
  const OpId raw = l.build.select(applicable_of(l, id), scored, l.build.not_applicable());
  l.node_ops[id.index].raw = raw;
  return raw;
}

}  // namespace xize::lower
