#include "compiler/analysis/points.h"

namespace xize::analysis {

namespace {

// A framework and an item that only carries a veto have no points; other items must.
Worth leaf_worth(const sema::Node& node) {
  Worth worth;
  const auto points = declared_points(node);
  if (points) worth.points = *points;
  const bool none = node.points_kind == ast::PointsKind::None ||
                    (node.points_kind == ast::PointsKind::Absent && node.clauses.empty());
  worth.known = points.has_value() || none;
  worth.parts = worth.points;
  worth.parts_known = worth.known;
  return worth;
}

Worth block_worth(const sema::Model& model, const sema::Node& node,
                  const std::vector<Worth>& worths) {
  Worth worth;
  for (const NodeId child : node.children) {
    if (!is_part(model, node, child)) continue;
    worth.parts += worths[child.index].points;
    worth.parts_known = worth.parts_known && worths[child.index].known;
  }
  const auto points = declared_points(node);
  worth.points = points.value_or(worth.parts);
  const bool open = node.points_kind == ast::PointsKind::Unspecified ||
                    (node.points.valid() && !node.points_value);
  worth.known = points.has_value() || (worth.parts_known && !open);
  return worth;
}

bool same_units(const sema::Group& a, const sema::Group& b) {
  return a.units && b.units && *a.units == *b.units;
}

bool is_everyone(const sema::Model& model, sema::GroupId id) {
  for (int depth = 0; id.valid() && depth < 100; ++depth) {
    const auto& group = model.groups[id];
    if (group.op == ast::GroupOp::All) return !group.where.valid();
    if (group.op != ast::GroupOp::Named) return false;
    id = group.left;
  }
  return !id.valid();
}

}  // namespace

std::optional<Rational> declared_points(const sema::Node& node) {
  if (node.points_kind == ast::PointsKind::Stated) return node.points_value;
  if (node.points_kind == ast::PointsKind::Absent) return node.max_value;
  return std::nullopt;
}

bool is_leaf(const sema::Node& node) {
  if (node.kind == ast::NodeKind::Item) return true;
  const bool block =
      node.kind == ast::NodeKind::Bonus || node.kind == ast::NodeKind::Penalty;
  return block && node.children.empty();
}

bool is_part(const sema::Model& model, const sema::Node& around, NodeId child) {
  return model.nodes[child].role == around.role;
}

bool is_restricted(const sema::Model& model, const sema::Node& node) {
  if (!node.for_group.valid() || is_everyone(model, node.for_group)) return false;
  for (NodeId at = node.parent; at.valid(); at = model.nodes[at].parent) {
    const auto around = model.nodes[at].for_group;
    if (!around.valid()) continue;
    if (around == node.for_group) return false;
    return !same_units(model.groups[around], model.groups[node.for_group]);
  }
  return true;
}

source::Span span_of(const sema::Model& model, const sema::Node& node) {
  const auto& syntax = model.entry_as<ast::Node>(node.entry);
  return syntax.name.present() ? syntax.name.span : syntax.head;
}

std::vector<Worth> worth_of_nodes(const sema::Model& model) {
  std::vector<Worth> worths(model.nodes.size());
  for (std::size_t i = model.nodes.size(); i-- > 0;) {  // children stand behind their parents
    const auto& node = model.nodes[NodeId(i)];
    worths[i] = is_leaf(node) ? leaf_worth(node) : block_worth(model, node, worths);
  }
  return worths;
}

}  // namespace xize::analysis
