// What an item or a report read, for its explanation: unit columns, and the folds it is made of.
#include <algorithm>

#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

// Ops at which one node's own reading ends: the results of the others.
std::unordered_set<OpId> results_of(const Lowering& l) {
  std::unordered_set<OpId> results;
  for (const NodeOps& ops : l.node_ops) {
    for (const OpId op : {ops.raw, ops.score, ops.factor, ops.worth}) {
      if (op) results.insert(op);
    }
  }
  return results;
}

// The folds over rows below an op, in order.
std::vector<OpId> folds_below(const Lowering& l, OpId root,
                              const std::unordered_set<OpId>& stops) {
  std::vector<OpId> open = {root};
  std::unordered_set<OpId> seen;
  std::vector<OpId> folds;
  while (!open.empty()) {
    const OpId id = open.back();
    open.pop_back();
    if (!id || !seen.insert(id).second) continue;
    const program::Op& op = l.program().ops[id];
    const program::Shape shape = program::facts(op.code).shape;
    const bool fold = shape == program::Shape::Fold && op.level == program::Level::Unit;
    if (fold) folds.push_back(id);
    if (fold || shape == program::Shape::Population || (id != root && stops.contains(id))) continue;
    open.insert(open.end(), op.operands.begin(), op.operands.end());
  }
  std::sort(folds.begin(), folds.end());
  return folds;
}

}  // namespace

void lower_inputs(Lowering& l) {
  const auto results = results_of(l);
  const auto inputs_of = [&](const Reads& reads, OpId root) {
    std::vector<OpId> inputs;
    for (const sema::ColumnId column : reads.columns) {
      inputs.push_back(l.build.unit_column(l.lowered.columns[column.index], {}));
    }
    for (const OpId fold : folds_below(l, root, results)) inputs.push_back(fold);
    return inputs;
  };
  for (std::size_t i = 0; i < l.model.nodes.size(); ++i) {
    const NodeId id(i);
    if (l.is_rubric(id) || !is_leaf(l, id)) continue;
    l.out(id).inputs = inputs_of(reads_of(l, id), l.node_ops[i].decided);
  }
  for (program::Rubric& rubric : l.program().rubrics) {
    for (program::Report& report : rubric.reports) {
      const Place& place = l.lowered.places[report.origin.index];
      const auto& written = l.model.entry_as<ast::Report>(place.entry);
      report.inputs = inputs_of(reads_of(l, written.value), report.value);
    }
  }
}

}  // namespace xize::lower
