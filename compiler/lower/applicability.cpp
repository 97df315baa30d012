// Applicability (language §6.1), decided before guards: outside the `for` group; a unit column that
// the item reads is 不涉及 and the item does not test for it; `not applicable when`. A node is not
// applicable where one above it is not, a section where none of its children is.
#include "compiler/lower/topics.h"

namespace xize::lower {

OpId columns_apply(Lowering& l, const Reads& reads) {
  OpId apply = l.build.boolean(true);
  for (const sema::ColumnId id : reads.columns) {
    if (reads.tested.contains(id)) continue;
    const OpId cell = l.build.unit_column(l.lowered.columns[id.index], {});
    apply = l.build.and_(apply, l.build.not_(l.op(Opcode::is_na, {cell})));
  }
  return apply;
}

namespace {

OpId open_of(Lowering& l, NodeId id) {
  if (l.node_ops[id.index].open) return l.node_ops[id.index].open;
  const sema::Node& node = l.node(id);
  OpId open = member_of(l, id);
  if (node.parent.valid()) open = l.build.and_(open_of(l, node.parent), open);
  if (is_leaf(l, id)) open = l.build.and_(open, columns_apply(l, reads_of(l, id)));
  for (const sema::GuardInfo& guard : node.guards) {
    if (guard.kind != ast::GuardKind::NotApplicable || l.suggested.contains(guard.entry)) continue;
    open = l.build.and_(open, l.build.not_(guard_condition(l, guard, id)));
  }
  l.node_ops[id.index].open = open;
  return open;
}

}  // namespace

OpId member_of(Lowering& l, NodeId id) {
  if (l.node_ops[id.index].member) return l.node_ops[id.index].member;
  const sema::Node& node = l.node(id);
  OpId member = node.parent.valid() ? member_of(l, node.parent) : l.build.boolean(true);
  if (node.for_group.valid()) {
    // Whom a rubric is for is decided among all units, since its own are not known yet.
    const NodeId among = l.is_rubric(id) ? NodeId() : node.rubric;
    member = l.build.and_(member, lower_group(l, node.for_group, {among}));
  }
  l.node_ops[id.index].member = member;
  return member;
}

OpId applicable_of(Lowering& l, NodeId id) {
  if (l.node_ops[id.index].applicable) return l.node_ops[id.index].applicable;
  l.node_ops[id.index].applicable_running = true;
  OpId applicable = open_of(l, id);
  if (!is_leaf(l, id) && !l.is_rubric(id)) {
    OpId any = l.build.boolean(l.node(id).children.empty());
    for (const NodeId child : l.node(id).children) {
      any = l.build.or_(any, applicable_of(l, child));
    }
    applicable = l.build.and_(applicable, any);
  }
  l.node_ops[id.index].applicable_running = false;
  l.node_ops[id.index].applicable = applicable;
  return applicable;
}

}  // namespace xize::lower
