// Population: max(x over units), rank(x), percentile(x), share(x) (language §4). Measures are those
// before redistribution.
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

using ast::AggregateKind;

NodeId rubric_around(const Lowering& l, NodeId node) {
  return node.valid() ? l.node(node).rubric : NodeId();
}

Opcode reduction(AggregateKind kind) {
  switch (kind) {
    case AggregateKind::Average: return Opcode::pop_average;
    case AggregateKind::Min: return Opcode::pop_min;
    case AggregateKind::Max: return Opcode::pop_max;
    case AggregateKind::Median: return Opcode::pop_median;
    case AggregateKind::Percentile: return Opcode::pop_percentile;
    default: return Opcode::pop_sum;
  }
}

OpId count_of(Lowering& l, OpId who, Origin origin) {
  return l.op(Opcode::pop_count, {who, l.build.boolean(true)}, origin);
}

OpId lower_rank(Lowering& l, ExprId id, std::vector<OpId> operands, const Context& inside) {
  const auto& a = std::get<ast::Aggregate>(l.model.expr(id).node);
  for (const ExprId tie : a.tie_breaks) operands.push_back(lower_expr(l, tie, inside));
  const std::uint32_t bits =
      (a.ascending ? program::kAscending : 0) | (a.dense ? program::kDense : 0);
  return l.op(Opcode::pop_rank, operands, l.origin(id, inside), bits);
}

}  // namespace

OpId participants(Lowering& l, sema::GroupId group, const Context& context) {
  const NodeId rubric = rubric_around(l, context.node);
  OpId who = l.build.boolean(true);
  if (rubric.valid()) who = member_of(l, rubric);
  if (group.valid()) who = l.build.and_(who, lower_group(l, group, context));
  if (l.model.reference.valid()) {
    who = l.build.and_(who, l.build.not_(lower_group(l, l.model.reference, context)));
  }
  // Units to which the item does not apply; while that is being decided, all of them.
  const bool node = context.node.valid() && !l.is_rubric(context.node);
  if (node && !l.node_ops[context.node.index].applicable_running) {
    who = l.build.and_(who, applicable_of(l, context.node));
  }
  return who;
}

OpId lower_population(Lowering& l, ExprId id, const ast::Aggregate& a, const Context& context) {
  const sema::AggregateInfo& info = l.model.aggregates.at(id);
  const Origin origin = l.origin(id, context);
  Context inside = context;
  inside.raw = true;
  inside.grouping = program::kNoGrouping;
  OpId who = participants(l, info.group, inside);
  if (a.where.valid()) who = l.build.and_(who, lower_expr(l, a.where, inside));
  const OpId element = info.element.valid() ? lower_expr(l, info.element, inside) : OpId();
  switch (a.kind) {
    case AggregateKind::Count: return count_of(l, who, origin);
    case AggregateKind::Any: {
      const OpId n = count_of(l, l.build.and_(who, element), origin);
      return l.op(Opcode::gt, {n, l.zero()});
    }
    case AggregateKind::All: {
      const OpId n = count_of(l, l.build.and_(who, l.build.not_(element)), origin);
      return l.op(Opcode::eq, {n, l.zero()});
    }
    case AggregateKind::Rank: return lower_rank(l, id, {who, element}, inside);
    case AggregateKind::Share:
      return l.op(Opcode::div, {element, l.op(Opcode::pop_sum, {who, element}, origin)}, origin);
    default: break;
  }
  const OpId value = l.op(reduction(a.kind), {who, element}, origin);
  if (!a.default_value.valid()) return value;
  // Nobody whose value is known takes part: the sum of 1 for each that does would be 0.
  const OpId known = l.build.and_(
      who, l.op(Opcode::eq, {element, element}));  // a fault takes no part
  return l.build.select(l.op(Opcode::gt, {count_of(l, known, origin), l.zero()}), value,
                        lower_expr(l, a.default_value, context));
}

}  // namespace xize::lower
