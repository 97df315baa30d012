// Weights of weighted sections.
#include "compiler/analysis/checks.h"
#include "compiler/diagnostics/kinds/totals.h"

namespace xize::analysis {

namespace {

// What the weights of one section come to.
struct Weights {
  std::vector<NodeId> parts, missing;
  Rational sum;
  bool shares = true;    // all are written as %
  bool known = true;     // all are constant, and for every unit
};

Weights weights_of(const Context& c, const sema::Node& node) {
  Weights weights;
  for (const NodeId child : node.children) {
    if (!is_part(c.model, node, child)) continue;
    const auto& part = c.model.nodes[child];
    weights.parts.push_back(child);
    if (is_restricted(c.model, part)) weights.known = false;
    if (!part.weight.valid()) {
      weights.missing.push_back(child);
      continue;
    }
    const auto value = sema::constant_value(c.model, part.weight);
    weights.known = weights.known && value.has_value();
    weights.shares = weights.shares && sema::is_share(c.model.type(part.weight));
    if (value) weights.sum += *value;
  }
  return weights;
}

void check_whole(Context& c, const sema::Node& node, const Weights& weights) {
  if (!weights.shares || !weights.known || weights.sum == Rational(1)) return;
  const Rational percent = weights.sum * Rational(100);
  auto draft = c.findings.report<kinds::WeightsNotWhole>(
      span_of(c.model, node), node.name, percent, more_or_less(percent, 100),
      value::abs(percent - Rational(100)));
  std::size_t noted = 0;
  for (const NodeId id : weights.parts) {
    const auto& part = c.model.nodes[id];
    if (++noted > kListMax) break;
    draft.note<kinds::WeightHere>(c.model.expr(part.weight).span, part.name,
                                 *sema::constant_value(c.model, part.weight) * Rational(100));
  }
}

}  // namespace

void check_weights(Context& c) {
  for (const auto& node : c.model.nodes) {
    if (node.mode != ast::SectionMode::Weighted || node.equal_weights) continue;
    const Weights weights = weights_of(c, node);
    if (weights.parts.empty()) continue;
    // A part without a weight counts as much as 100 %.
    for (const NodeId id : weights.missing) {
      const auto& part = c.model.nodes[id];
      c.findings.report<kinds::WeightMissing>(span_of(c.model, part), part.name, node.name);
    }
    if (weights.missing.empty()) check_whole(c, node, weights);
  }
}

}  // namespace xize::analysis
