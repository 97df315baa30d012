// Points where there are none: points inside what has none, sentences that earn nothing.
#include "compiler/analysis/checks.h"
#include "compiler/diagnostics/kinds/totals.h"

namespace xize::analysis {

namespace {

// What says whether the node has points to be part of: the nearest around it that says anything.
NodeId framed_by(const sema::Model& model, const sema::Node& node) {
  NodeId at = node.parent;
  while (at.valid() && model.nodes[at].points_kind == ast::PointsKind::Absent) {
    at = model.nodes[at].parent;
  }
  return at;
}

void check_points(Context& c, NodeId id) {
  const auto& node = c.model.nodes[id];
  const NodeId around = framed_by(c.model, node);
  if (!around.valid() || c.model.nodes[around].points_kind != ast::PointsKind::None) return;
  if (!c.findings.wants<kinds::PointsInFramework>(id)) return;
  c.findings.report<kinds::PointsInFramework>(c.model.expr(node.points).span, node.name,
                                             c.model.nodes[around].name);
}

// What the document leaves open is no sentence that scores.
void check_sentences(Context& c, NodeId id) {
  const auto& node = c.model.nodes[id];
  for (const EntryId entry : node.clauses) {
    const auto& clause = c.model.entry(entry);
    if (std::holds_alternative<ast::Unspecified>(clause.node)) continue;
    if (c.findings.wants<kinds::NeverCounts>(id)) {
      c.findings.report<kinds::NeverCounts>(clause.span, node.name);
    }
    return;
  }
}

}  // namespace

void check_frameworks(Context& c) {
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) {
    const auto& node = c.model.nodes[NodeId(i)];
    if (node.points_kind == ast::PointsKind::None) check_sentences(c, NodeId(i));
    if (node.points_kind == ast::PointsKind::Stated) check_points(c, NodeId(i));
  }
}

}  // namespace xize::analysis
