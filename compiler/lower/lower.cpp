#include "compiler/lower/lower.h"

#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

program::NodeKind node_kind(const Lowering& l, NodeId id) {
  const sema::Node& node = l.node(id);
  const bool leaf = is_leaf(l, id);
  if (node.role == sema::Role::Bonus) {
    return leaf ? program::NodeKind::BonusItem : program::NodeKind::BonusBlock;
  }
  if (node.role == sema::Role::Penalty) {
    return leaf ? program::NodeKind::PenaltyItem : program::NodeKind::PenaltyBlock;
  }
  return leaf ? program::NodeKind::Item : program::NodeKind::Section;
}

// The program's rubrics and nodes, still without ops. Parents stand before their children.
void place_nodes(Lowering& l) {
  l.lowered.nodes.resize(l.model.nodes.size());
  l.lowered.rubrics.resize(l.model.nodes.size());
  for (const NodeId id : l.model.rubrics) {
    const sema::Node& node = l.node(id);
    l.lowered.rubrics[id.index] = static_cast<std::uint32_t>(l.program().rubrics.size());
    program::Rubric rubric;
    rubric.name = node.name;
    rubric.title = node.title;
    rubric.origin = l.origin(PlaceKind::Node, node.entry, id);
    l.program().rubrics.push_back(std::move(rubric));
  }
  for (std::size_t i = 0; i < l.model.nodes.size(); ++i) {
    const NodeId id(i);
    if (l.is_rubric(id)) continue;
    const sema::Node& node = l.node(id);
    program::Node out;
    out.kind = node_kind(l, id);
    out.name = node.name;
    out.title = node.title;
    out.origin = l.origin(PlaceKind::Node, node.entry, id);
    out.rubric = l.lowered.rubrics[node.rubric.index];
    out.scored = is_scored(l, id);
    l.lowered.rubrics[i] = out.rubric;
    const bool top = l.is_rubric(node.parent);
    if (!top) out.parent = l.lowered.nodes[node.parent.index];
    l.lowered.nodes[i] = l.program().nodes.add(std::move(out));
    auto& siblings = top ? l.rubric_out(node.parent).top : l.out(node.parent).children;
    siblings.push_back(l.lowered.nodes[i]);
  }
}

void lower_nodes(Lowering& l) {
  for (std::size_t i = 0; i < l.model.nodes.size(); ++i) {
    const NodeId id(i);
    if (l.is_rubric(id)) continue;
    const OpId score = score_of(l, id);
    const OpId raw = raw_of(l, id);
    const OpId worth = worth_of(l, id);
    if (l.node(id).grade.valid()) grade_of(l, id);
    program::Node& out = l.out(id);
    out.score = score;
    out.raw = raw;
    out.worth = worth;
    out.applicable = applicable_of(l, id);
    out.unscored = unscored_of(l, id);
    if (has_points(l, id) || !is_leaf(l, id)) out.points = points_of(l, id);
    const OpId factor = factor_of(l, id);
    if (!l.build.is_constant(factor, Rational(1))) out.factor = factor;
  }
}

// The result of the rubric is known to selections and reports by now.
void lower_selects(Lowering& l) {
  for (std::size_t i = 0; i < l.model.selects.size(); ++i) {
    const sema::SelectId id(i);
    const sema::Select& select = l.model.selects[id];
    LoweredSelect place;
    place.of_rows = select.of.valid();
    if (select.rubric.valid()) place.rubric = l.lowered.rubrics[select.rubric.index];
    if (place.of_rows) {
      place.index = static_cast<std::uint32_t>(l.program().row_selections.size());
      lower_row_select(l, id);
    } else if (!l.program().rubrics.empty()) {
      const OpId taken = lower_select(l, id);
      auto& selections = l.program().rubrics[place.rubric].selections;
      place.index = static_cast<std::uint32_t>(selections.size());
      selections.push_back(
          {select.name, taken, l.origin(PlaceKind::Select, select.entry, select.rubric)});
    }
    l.lowered.selects.push_back(place);
  }
}

void lower_reports(Lowering& l) {
  for (std::size_t i = 0; i < l.model.reports.size(); ++i) {
    const sema::Report& report = l.model.reports[sema::ReportId(i)];
    program::Report out;
    out.name = report.name;
    out.value = lower_report(l, sema::ReportId(i));
    out.origin = l.origin(PlaceKind::Report, report.entry, report.node);
    if (!report.node.valid()) {
      l.program().reports.push_back(std::move(out));
    } else {
      if (!l.is_rubric(report.node)) out.node = l.lowered.nodes[report.node.index];
      l.program().rubrics[l.lowered.rubrics[report.node.index]].reports.push_back(std::move(out));
    }
  }
}

// Texts that no op reads need not be kept: the readers check them and let them go.
void mark_needed(program::Program& program) {
  for (const program::Op& op : program.ops) {
    if (op.code != Opcode::column) continue;
    auto& table = op.level == program::Level::Row ? program.schema.records[op.table]
                                                  : program.schema.units;
    table.columns[op.imm].needed = true;
  }
}

}  // namespace

// Pruning renumbers ops; what tests compare is renumbered with `watched`, properties likewise.
void finish(Lowering& l) {
  std::vector<OpId*> slots;
  for (LoweredProperty& property : l.lowered.properties) {
    for (OpId* op : {&property.what, &property.input}) {
      if (op->valid()) slots.push_back(op);
    }
  }
  for (LoweredTest& test : l.lowered.tests) {
    for (LoweredExpect& expect : test.expects) {
      for (OpId* op : {&expect.target, &expect.value, &expect.low, &expect.high}) {
        if (op->valid()) slots.push_back(op);
      }
    }
  }
  for (const OpId* op : slots) l.program().watched.push_back(*op);
  l.build.finish();
  for (std::size_t i = 0; i < slots.size(); ++i) *slots[i] = l.program().watched[i];
  mark_needed(l.program());
}

Lowered to_program(const sema::Model& model, const Options& options) {
  Lowered lowered;
  Lowering l(model, options, lowered);
  lower_schema(l);
  find_guards(l);
  place_nodes(l);
  for (const NodeId rubric : model.rubrics) lower_rubric(l, rubric);
  lower_nodes(l);
  lower_selects(l);
  lower_reports(l);
  lower_checks(l);
  lower_inputs(l);
  if (options.with_tests) {
    lower_tests(l);
    lower_properties(l);
  }
  finish(l);
  return lowered;
}

}  // namespace xize::lower
