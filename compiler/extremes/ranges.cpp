#include "compiler/extremes/ranges.h"

#include "compiler/analysis/ends.h"
#include "compiler/analysis/points.h"

namespace xize::extremes {
namespace {

using program::DecisionKind;
using program::NodeKind;

}  // namespace

Ranges::Ranges(Stand& stand)
    : stand_(stand), items_(analysis::ends_of_items(stand.compilation().model())) {}

sema::NodeId Ranges::model_node(program::Origin origin) const {
  return stand_.lowered().places[origin.index].node;
}

// Where a guard may decide, what it gives counts too.
Interval Ranges::decided(const std::vector<program::Decision>& decisions,
                         const std::optional<Rational>& full, Interval range) const {
  for (const program::Decision& decision : decisions) {
    const auto add = [&](const Rational& result) { range = hull(range, Interval::at(result)); };
    switch (decision.kind) {
      case DecisionKind::Zero:
      case DecisionKind::Veto: add(0); break;
      case DecisionKind::Full:
      case DecisionKind::Give:
        if (!full) return Interval::all();
        add(0);
        add(*full);
        break;
      case DecisionKind::Unscored:
      case DecisionKind::NotApplicable: break;
    }
  }
  return range;
}

// What is taken away lowers the sum, but for sums of what is taken away.
Interval Ranges::together(const std::vector<program::NodeId>& parts,
                          const sema::Node& around) const {
  Interval all = Interval::at(0);
  for (const program::NodeId part : parts) {
    const program::Node& node = stand_.program().nodes[part];
    if (!node.scored || !stand_.number(node.score)) continue;
    const sema::Role role = stand_.compilation().model().nodes[model_node(node.origin)].role;
    const bool against = role == sema::Role::Penalty && around.role != role;
    all = sum(all, against ? negated(score(part)) : score(part));
  }
  return all;
}

Interval Ranges::score(program::NodeId id) const {
  const program::Node& node = stand_.program().nodes[id];
  const sema::Model& model = stand_.compilation().model();
  const sema::NodeId at = model_node(node.origin);
  const sema::Node& declared = model.nodes[at];
  const auto points = analysis::declared_points(declared);
  Interval range = items_[at.index];
  if (!node.children.empty()) {
    if (declared.mode != ast::SectionMode::Sum) return Interval::all();
    range = together(node.children, declared);
    const bool block = node.kind == NodeKind::BonusBlock || node.kind == NodeKind::PenaltyBlock;
    if (block && points && !declared.uncapped) {
      range = smaller(larger(range, Interval::at(0)), Interval::at(*points));
    }
    range = decided(node.decisions, stand_.number(node.worth), range);
  }
  if (node.factor.valid()) {
    const auto factor = stand_.number(node.factor);
    if (!factor) return Interval::all();
    range = product(range, Interval::at(*factor));
  }
  return analysis::rounded(model, declared.round, range);
}

Interval Ranges::total(std::uint32_t index) const {
  const program::Rubric& rubric = stand_.program().rubrics[index];
  const sema::Model& model = stand_.compilation().model();
  const sema::Node& declared = model.nodes[model_node(rubric.origin)];
  if (declared.mode != ast::SectionMode::Sum) return Interval::all();
  Interval range = together(rubric.top, declared);
  range = decided(rubric.decisions, declared.points_value, range);
  const auto limit = [&](ast::ExprId value) { return sema::constant_value(model, value); };
  if (declared.floor.valid()) {
    const auto& floor = model.entry_as<ast::Floor>(declared.floor);
    const auto low = floor.none || !floor.value.valid() ? std::nullopt : limit(floor.value);
    if (low) range = larger(range, Interval::at(*low));
    else if (!floor.none) return Interval::all();
  }
  if (declared.ceiling.valid()) {
    const auto& ceiling = model.entry_as<ast::Ceiling>(declared.ceiling);
    const auto high = ceiling.none || !ceiling.value.valid() ? std::nullopt : limit(ceiling.value);
    if (high) range = smaller(range, Interval::at(*high));
    else if (!ceiling.none) return Interval::all();
  }
  return analysis::rounded(model, declared.round, range);
}

}  // namespace xize::extremes
