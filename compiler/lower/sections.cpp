// Sections (language §6.4): the children together, then the section's guards, then its rounding.
// Points and worth of every node.
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

// What the children come to, as they are added.
class Children {
 public:
  // `ordinary`: leave out the bonus and penalty blocks of a rubric or section.
  Children(Lowering& l, NodeId node, bool raw, bool ordinary)
      : l_(l), node_(l.node(node)), raw_(raw) {
    for (const NodeId child : node_.children) {
      if (!ordinary || l.node(child).role == node_.role) children_.push_back(child);
    }
  }

  OpId run(OpId worth, bool has_worth) {
    switch (node_.mode) {
      case ast::SectionMode::Sum: return sum();
      case ast::SectionMode::Average: return average();
      case ast::SectionMode::Weighted: return weighted(worth, has_worth);
      case ast::SectionMode::Lowest: return lowest();
    }
    return sum();
  }

 private:
  // Bool: the child applies and has a score.
  OpId scored(NodeId child) {
    return l_.build.and_(applicable_of(l_, child), l_.build.not_(unscored_of(l_, child)));
  }
  OpId score(NodeId child) { return raw_ ? raw_of(l_, child) : score_of(l_, child); }

  // Of a section: its items, plus bonus blocks in it, minus penalty blocks.
  OpId sum() {
    OpId total = l_.zero();
    for (const NodeId child : children_) {
      const OpId part = l_.build.select(scored(child), score(child), l_.zero());
      const bool away = is_penalty(l_, child) && node_.role != sema::Role::Penalty;
      total = away ? l_.op(Opcode::sub, {total, part}) : l_.add(total, part);
    }
    return total;
  }

  OpId average() {
    OpId total = l_.zero();
    OpId count = l_.zero();
    for (const NodeId child : children_) {
      const OpId holds = scored(child);
      total = l_.add(total, l_.build.select(holds, score(child), l_.zero()));
      count = l_.add(count, l_.build.select(holds, l_.number(1), l_.zero()));
    }
    return l_.op(Opcode::div, {total, count}, origin());
  }

  // Children enter as shares of their points; those that do not apply drop out with their weight.
  OpId weighted(OpId worth, bool has_worth) {
    OpId total = l_.zero();
    OpId weights = l_.zero();
    for (const NodeId child : children_) {
      const OpId holds = scored(child);
      const ExprId written = l_.node(child).weight;
      const bool equal = node_.equal_weights || !written.valid();
      const OpId weight = equal ? l_.number(1) : lower_expr(l_, written, {child});
      OpId share = score(child);
      if (has_worth) {
        const OpId points = raw_ ? points_of(l_, child) : worth_of(l_, child);
        share = l_.op(Opcode::div, {share, points}, origin());
      }
      total = l_.add(total, l_.build.select(holds, l_.mul(weight, share), l_.zero()));
      weights = l_.add(weights, l_.build.select(holds, weight, l_.zero()));
    }
    const OpId mean = l_.op(Opcode::div, {total, weights}, origin());
    return has_worth ? l_.mul(worth, mean) : mean;
  }

  OpId lowest() {
    OpId any = l_.build.boolean(false);
    OpId least = l_.zero();
    for (const NodeId child : children_) {
      const OpId holds = scored(child);
      const OpId own = score(child);
      const OpId both = l_.build.select(holds, l_.op(Opcode::min, {least, own}), least);
      least = l_.build.select(any, both, own);
      any = l_.build.or_(any, holds);
    }
    return least;
  }

  Origin origin() { return l_.origin(PlaceKind::Node, node_.entry, node_.rubric); }

  Lowering& l_;
  const sema::Node& node_;
  bool raw_ = false;
  std::vector<NodeId> children_;
};

// The cap of a bonus or penalty block.
OpId cap_of(Lowering& l, NodeId id) {
  const sema::Node& node = l.node(id);
  if (node.role == sema::Role::Ordinary || node.uncapped || !has_points(l, id)) return {};
  return points_of(l, id);
}

OpId stated_points(Lowering& l, NodeId id) {
  const sema::Node& node = l.node(id);
  const Context context{node.parent.valid() ? node.parent : id};
  if (node.points_kind == ast::PointsKind::Stated && node.points.valid()) {
    return lower_expr(l, node.points, context);
  }
  if (node.max.valid()) return lower_expr(l, node.max, context);
  if (node.points_kind == ast::PointsKind::Unspecified) {
    if (l.options.unspecified != UnspecifiedMode::Error) return l.zero();
    return l.build.fault(FaultKind::Unspecified, l.origin(PlaceKind::Node, node.entry, id));
  }
  return {};
}

// Several scores of a block before it is decided: a bonus block starts at 0 and has a cap.
OpId block_number(Lowering& l, NodeId id, bool raw, OpId worth) {
  const bool has_worth = has_points(l, id);
  OpId together = Children(l, id, raw, false).run(worth, has_worth);
  if (const OpId cap = cap_of(l, id)) together = l.op(Opcode::min, {together, cap});
  return together;
}

void lower_leaf_score(Lowering& l, NodeId id) {
  const sema::Node& node = l.node(id);
  const OpId before = l.mul(decided_of(l, id), factor_of(l, id));
  OpId number = before;
  if (node.round.valid()) {
    l.out(id).before_round = before;
    number = lower_round(l, node.round, before, id);
  }
  const OpId scored = l.build.select(unscored_of(l, id), l.build.missing(), number);
  l.node_ops[id.index].score =
      l.build.select(applicable_of(l, id), scored, l.build.not_applicable());
}

void lower_block_score(Lowering& l, NodeId id) {
  const sema::Node& node = l.node(id);
  const OpId worth = worth_of(l, id);
  const OpId together = combine_children(l, id, false);
  Guarded guarded = decide(l, id, together, worth);
  l.out(id).before_cap = together;
  l.out(id).decisions = std::move(guarded.decisions);
  OpId number = guarded.score;
  if (node.round.valid()) {
    l.out(id).before_round = number;
    number = lower_round(l, node.round, number, id);
  }
  const OpId scored = l.build.select(unscored_of(l, id), l.build.missing(), number);
  l.node_ops[id.index].score =
      l.build.select(applicable_of(l, id), scored, l.build.not_applicable());
}

}  // namespace

OpId combine_children(Lowering& l, NodeId id, bool raw) {
  const OpId worth = raw ? points_of(l, id) : worth_of(l, id);
  return block_number(l, id, raw, worth);
}

OpId combine_ordinary(Lowering& l, NodeId rubric) {
  return Children(l, rubric, false, true).run(points_of(l, rubric), has_points(l, rubric));
}

OpId points_of(Lowering& l, NodeId id) {
  NodeOps& ops = l.node_ops[id.index];
  if (ops.points) return ops.points;
  OpId points = stated_points(l, id);
  if (!points) {  // the children's, where nothing is stated
    points = l.zero();
    for (const NodeId child : l.node(id).children) {
      if (l.node(child).role != l.node(id).role || !has_points(l, child)) continue;
      points = l.add(points, points_of(l, child));
    }
  }
  l.node_ops[id.index].points = points;
  return points;
}

OpId worth_of(Lowering& l, NodeId id) {
  if (l.node_ops[id.index].worth) return l.node_ops[id.index].worth;
  const sema::Node& node = l.node(id);
  OpId worth;
  const bool sums = !is_leaf(l, id) && node.mode == ast::SectionMode::Sum &&
                    node.role == sema::Role::Ordinary;
  if (sums) {
    worth = l.zero();
    for (const NodeId child : node.children) {
      if (l.node(child).role != node.role) continue;
      worth = l.add(worth, worth_of(l, child));
    }
  } else {
    const OpId points = has_points(l, id) || !is_leaf(l, id) ? points_of(l, id) : l.zero();
    worth = l.build.select(applicable_of(l, id), l.mul(points, factor_of(l, id)), l.zero());
  }
  l.node_ops[id.index].worth = worth;
  return worth;
}

OpId score_of(Lowering& l, NodeId id) {
  if (l.node_ops[id.index].score) return l.node_ops[id.index].score;
  if (is_leaf(l, id)) {
    lower_leaf_score(l, id);
  } else {
    lower_block_score(l, id);
  }
  return l.node_ops[id.index].score;
}

OpId round_by(Lowering& l, const ast::Round& round, OpId x, const Context& context) {
  const OpId places = round.places.valid() ? lower_expr(l, round.places, context) : l.zero();
  const Origin origin =
      round.places.valid() ? l.origin(round.places, context) : Origin();
  return l.op(Opcode::round, {x, places}, origin, static_cast<std::uint32_t>(round.mode));
}

OpId lower_round(Lowering& l, EntryId round, OpId x, NodeId node) {
  return round_by(l, l.model.entry_as<ast::Round>(round), x, {node});
}

}  // namespace xize::lower
