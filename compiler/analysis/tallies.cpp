#include "compiler/analysis/tallies.h"

#include <algorithm>

namespace xize::analysis {

namespace {

void add(Counts& to, const Counts& from) {
  for (std::size_t i = 0; i < kCountings; ++i) to[i] += from[i];
}

void add(Tally& to, const Tally& from) {
  for (std::size_t i = 0; i < kLevels; ++i) add(to.levels[i], from.levels[i]);
  add(to.items, from.items);
  to.bonus_items += from.bonus_items;
  to.penalty_items += from.penalty_items;
  to.criteria += from.criteria;
  to.boxes += from.boxes;
  to.inputs += from.inputs;
  to.bonus += from.bonus;
  to.penalty += from.penalty;
  to.bonus_known = to.bonus_known && from.bonus_known;
  to.penalty_known = to.penalty_known && from.penalty_known;
}

// The level of a node: as written, for 评分项 how deep it stands in its rubric; 0 for 部分, for
// blocks and for what stands in them without a level.
std::size_t level_of(const sema::Model& model, NodeId id, const std::vector<std::size_t>& depths) {
  const auto& node = model.nodes[id];
  const auto written = model.entry_as<ast::Node>(node.entry).level;
  if (written > 0) return std::min<std::size_t>(static_cast<std::size_t>(written), kLevels - 1);
  if (node.kind != ast::NodeKind::Item || node.role != sema::Role::Ordinary) return 0;
  return depths[id.index] < kLevels ? depths[id.index] : 0;
}

std::int64_t boxes_of(const sema::Model& model, const sema::Node& node) {
  std::int64_t boxes = 0;
  for (const EntryId entry : node.clauses) {
    const auto* clause = std::get_if<ast::Clause>(&model.entry(entry).node);
    if (clause == nullptr) continue;
    const auto* list = std::get_if<ast::ChecklistScale>(&clause->scale);
    if (list != nullptr) boxes += static_cast<std::int64_t>(list->boxes.size());
  }
  return boxes;
}

Tally own_tally(const sema::Model& model, NodeId id, const Worth& worth, std::size_t level) {
  Tally tally;
  const auto& node = model.nodes[id];
  const bool ordinary = node.role == sema::Role::Ordinary;
  const bool framework = node.points_kind == ast::PointsKind::None;
  const bool scored = framework || !worth.known || worth.points.sign() > 0;
  const Counts one = {1, ordinary ? 1 : 0, ordinary && scored ? 1 : 0};
  if (level > 0) tally.levels[level] = one;
  const bool block =
      node.kind == ast::NodeKind::Bonus || node.kind == ast::NodeKind::Penalty;
  if (is_leaf(node) && !block) {
    tally.items = one;
    tally.bonus_items = node.role == sema::Role::Bonus ? 1 : 0;
    tally.penalty_items = node.role == sema::Role::Penalty ? 1 : 0;
    tally.criteria = static_cast<std::int64_t>(node.criteria.size());
    tally.boxes = boxes_of(model, node);
    tally.inputs = static_cast<std::int64_t>(node.inputs.size());
  }
  if (!block) return tally;
  const bool known = worth.known && !node.uncapped;
  (node.role == sema::Role::Bonus ? tally.bonus : tally.penalty) = worth.points;
  (node.role == sema::Role::Bonus ? tally.bonus_known : tally.penalty_known) = known;
  return tally;
}

}  // namespace

std::vector<Tally> tally_nodes(const sema::Model& model, const std::vector<Worth>& worths) {
  const std::size_t n = model.nodes.size();
  std::vector<std::size_t> depths(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const auto& node = model.nodes[NodeId(i)];
    const bool block =
        node.kind == ast::NodeKind::Bonus || node.kind == ast::NodeKind::Penalty;
    if (node.parent.valid()) depths[i] = depths[node.parent.index] + (block ? 0 : 1);
  }
  std::vector<Tally> tallies(n);
  for (std::size_t i = n; i-- > 0;) {
    const NodeId id(i);
    add(tallies[i], own_tally(model, id, worths[i], level_of(model, id, depths)));
    const NodeId parent = model.nodes[id].parent;
    if (parent.valid()) add(tallies[parent.index], tallies[i]);
  }
  return tallies;
}

}  // namespace xize::analysis
