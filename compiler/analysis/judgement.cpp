// What a rubric leaves to judgement, and what the document leaves open.
#include "compiler/analysis/checks.h"
#include "compiler/analysis/reading.h"

namespace xize::analysis {

namespace {

// The judged items of one rubric, and those that put several criteria under one number.
struct Judged {
  std::vector<NodeId> items, unsplit;
  Rational points, total;
};

bool counts(const sema::Node& node) { return node.kind == ast::NodeKind::Item; }

Judged judged_in(const Context& c, NodeId rubric, const std::vector<bool>& has_mark) {
  Judged judged;
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) {
    const NodeId id(i);
    const auto& node = c.model.nodes[id];
    const Worth& worth = c.worths[i];
    if (node.rubric != rubric || !counts(node) || !worth.known) continue;
    if (node.role != sema::Role::Penalty) judged.total += worth.points;
    if (!has_mark[i]) continue;
    judged.items.push_back(id);
    if (node.role != sema::Role::Penalty) judged.points += worth.points;
    if (node.criteria.size() > 1 && node.clauses.size() == 1) judged.unsplit.push_back(id);
  }
  return judged;
}

void report_judged(Context& c, NodeId rubric, const Judged& judged) {
  const auto& node = c.model.nodes[rubric];
  const auto span = span_of(c.model, node);
  const bool much = judged.total.sign() > 0 && !(judged.points * 2 < judged.total);
  if (much && c.findings.wants<Kind::MuchIsJudged>(rubric)) {
    c.findings.report<Kind::MuchIsJudged>(span, node.name, judged.items.size(), judged.points,
                                          judged.total);
  }
  if (judged.unsplit.empty() || !c.findings.wants<Kind::CriteriaNotSplit>(rubric)) return;
  auto draft = c.findings.report<Kind::CriteriaNotSplit>(span, node.name, judged.unsplit.size());
  note_parts(c, draft, judged.unsplit);
}

// The text behind `unspecified`, whatever it stands for.
struct Open {
  std::string text;
  bool settled = false;  // a suggestion was accepted
};

Open open_of(const sema::Model& model, EntryId entry) {
  const auto& node = model.entry(entry).node;
  if (const auto* open = std::get_if<ast::Unspecified>(&node)) {
    return {open->text, !open->accepted.empty()};
  }
  if (const auto* owner = std::get_if<ast::Node>(&node)) return {owner->points_text};
  if (const auto* grade = std::get_if<ast::Grade>(&node)) {
    for (const auto& row : grade->rows) {
      if (row.unspecified) return {row.unspecified_text};
    }
    return {grade->unspecified};
  }
  return {};
}

void check_open(Context& c) {
  for (const EntryId entry : c.model.unspecified) {
    const Open open = open_of(c.model, entry);
    if (open.settled || !c.findings.wants<Kind::LeftOpen>(NodeId())) continue;
    c.findings.report<Kind::LeftOpen>(c.model.entry(entry).span, open.text);
  }
}

}  // namespace

void check_judgement(Context& c) {
  std::vector<bool> has_mark(c.model.nodes.size(), false);
  for_each_reading(c.model, [&](const Reading& at) {
    if (at.clause == nullptr || !at.node.valid()) return;
    if (std::holds_alternative<ast::JudgeScale>(at.clause->scale)) has_mark[at.node.index] = true;
  });
  for (const NodeId rubric : c.model.rubrics) {
    if (c.model.nodes[rubric].points_kind != ast::PointsKind::Stated) continue;
    report_judged(c, rubric, judged_in(c, rubric, has_mark));
  }
  check_open(c);
}

}  // namespace xize::analysis
