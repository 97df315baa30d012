// One section or item: score, worth, what decided, what it read, and what is in it.
#include <algorithm>

#include "compiler/results/explanation_reader.h"

namespace xize::results {
namespace {

using program::NodeKind;

bool is_ordinary(NodeKind kind) { return kind == NodeKind::Section || kind == NodeKind::Item; }

// A mark that is there and says something else than `known`.
Mark unless_same(const Mark& mark, const Mark& known) {
  return mark.state == MarkState::Score && mark != known ? mark : Mark{};
}

void add_limits(const ExplanationReader& reader, const program::Node& node, const sema::Node& model,
                NodeExplanation& out) {
  const Mark raw = reader.mark(node.raw);
  const Mark factor = reader.mark(node.factor);
  if (factor.state == MarkState::Score && factor.value != value::Rational(1)) {
    out.factor = factor;
    out.before_factor = raw;
  }
  const bool section = node.kind == NodeKind::Section;
  if (!section && !out.verdict && raw.state == MarkState::Score) {
    out.before_cap = unless_same(reader.mark(node.before_cap), raw);
  }
  out.before_round = unless_same(reader.mark(node.before_round), out.score);
  if (out.before_round.state == MarkState::Score && model.round.valid()) {
    out.round = reader.written(reader.model().entry(model.round).span);
  }
}

// Does some clause around the node share out what does not apply?
bool is_shared_out(const sema::Model& model, sema::NodeId id) {
  for (; id.valid(); id = model.nodes[id].parent) {
    if (model.nodes[id].redistribute.valid()) return true;
  }
  return false;
}

// A bonus or penalty block that its cap limits.
void add_block_limit(NodeExplanation& out) {
  const bool block = out.kind == NodeKind::BonusBlock || out.kind == NodeKind::PenaltyBlock;
  if (!block || out.verdict || out.score.state != MarkState::Score) return;
  value::Rational sum = 0;
  for (const NodeExplanation& child : out.children) {
    if (child.score.state == MarkState::Score) sum += child.score.value;
  }
  if (sum > out.score.value) out.before_cap = {MarkState::Score, sum};
}

}  // namespace

NodeExplanation explain_node(const ExplanationReader& reader, program::NodeId id) {
  const program::Node& node = reader.program().nodes[id];
  const sema::NodeId home = reader.model_node(node.origin);
  const sema::Node& model = reader.model().nodes[home];
  NodeExplanation out;
  out.kind = node.kind;
  out.node = id;
  out.name = node.name;
  out.title = node.title;
  out.line = reader.head(node.origin).line;
  out.score = reader.mark(node.score);
  if (node.scored) {
    out.points = reader.mark(node.points);
    out.worth = reader.mark(node.worth);
  } else if (out.score.state == MarkState::Unscored) {
    out.score = {};
  }
  if (out.score.state == MarkState::NotApplicable) {
    out.not_applicable = explain_not_applicable(reader, id);
    const bool lost = is_ordinary(node.kind) && !is_shared_out(reader.model(), home);
    if (lost) out.not_applicable->lost = out.points;
    const bool leaf = is_ordinary(node.kind) && node.children.empty();
    if (leaf) out.inputs = reader.readings(node.inputs, home);
    return out;
  }
  out.fault = reader.fault(node.score, node.origin);
  out.verdict = reader.verdict(node.decisions);
  if (!out.verdict) out.steps = explain_clauses(reader, node);
  out.inputs = reader.readings(node.inputs, home);
  add_limits(reader, node, model, out);
  out.reports = reader.reports(reader.program().rubrics[node.rubric], id);
  out.open = reader.open(model);
  out.grade = reader.grade(node.grade);
  const bool both = out.score.state == MarkState::Score && out.worth.state == MarkState::Score;
  if (both && is_ordinary(node.kind)) out.lost = out.worth.value - out.score.value;
  for (const program::NodeId child : node.children) {
    out.children.push_back(explain_node(reader, child));
  }
  add_block_limit(out);
  return out;
}

namespace {

// The units of a group by name, where the policy lists them.
bool lists_other_units(const ExplanationReader& reader, sema::GroupId group) {
  const auto& units = reader.model().groups[group].units;
  if (!units) return false;
  const table::UnitTable& table = reader.scoring().data.units;
  const std::string_view own = table.unit_name(table.rows().unit(reader.row()));
  return std::none_of(units->begin(), units->end(),
                      [&](sema::UnitId unit) { return reader.model().units[unit.index] == own; });
}

std::optional<NotApplicableNote> outside_group(const ExplanationReader& reader, sema::NodeId id) {
  const sema::Node& node = reader.model().nodes[id];
  if (!node.for_group.valid()) return std::nullopt;
  NotApplicableNote note;
  note.why = NotApplicableWhy::Group;
  note.name = reader.model().groups[node.for_group].name;
  note.place = reader.written(reader.model().groups[node.for_group].span);
  note.place.line = reader.head(reader.model().entry(node.entry).span).line;
  return note;
}

std::optional<NotApplicableNote> by_guard(const ExplanationReader& reader,
                                          const std::vector<program::Decision>& decisions) {
  for (const program::Decision& decision : decisions) {
    const bool holds =
        decision.kind == program::DecisionKind::NotApplicable && reader.holds(decision.condition);
    if (holds)
      return NotApplicableNote{NotApplicableWhy::Guard, {}, reader.head(decision.origin), {}};
  }
  return std::nullopt;
}

std::optional<NotApplicableNote> by_cell(const ExplanationReader& reader, const program::Node& node,
                                         sema::NodeId home) {
  for (const program::OpId op : node.inputs) {
    const Reading reading = reader.reading(op, home);
    if (reading.value.kind != DatumKind::NotApplicable || reading.name.empty()) continue;
    return NotApplicableNote{NotApplicableWhy::Cell, reading.name, {}, {}};
  }
  return std::nullopt;
}

}  // namespace

NotApplicableNote explain_not_applicable(const ExplanationReader& reader, program::NodeId id) {
  const program::Node& node = reader.program().nodes[id];
  const sema::NodeId home = reader.model_node(node.origin);
  const sema::GroupId group = reader.model().nodes[home].for_group;
  if (group.valid() && lists_other_units(reader, group)) return *outside_group(reader, home);
  if (auto note = by_guard(reader, node.decisions)) return *note;
  if (node.parent.valid()) {
    const program::Node& above = reader.program().nodes[node.parent];
    const NotApplicableNote reason = !reader.holds(above.applicable)
                                         ? explain_not_applicable(reader, node.parent)
                                         : NotApplicableNote{};
    if (reason.why == NotApplicableWhy::Group || reason.why == NotApplicableWhy::Guard) {
      return {NotApplicableWhy::Above, above.name, reason.place, {}};
    }
    if (reason.why == NotApplicableWhy::Above) return reason;
  }
  if (auto note = by_cell(reader, node, home)) return *note;
  if (auto note = outside_group(reader, home)) return *note;
  return {};
}

}  // namespace xize::results
