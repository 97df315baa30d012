// What a rubric leaves to judgement, and what the document leaves open.
#include <algorithm>
#include <map>

#include "compiler/analysis/checks.h"
#include "compiler/analysis/reading.h"
#include "compiler/diagnostics/kinds/document.h"

namespace xize::analysis {

namespace {

// The judged items of one rubric, and those that put several criteria under one number.
struct Judged {
  std::vector<NodeId> items, unsplit;
  Rational points, total;
};

bool is_item(const sema::Node& node) { return node.kind == ast::NodeKind::Item; }

Judged judged_in(const Context& c, NodeId rubric, const std::vector<bool>& has_mark) {
  Judged judged;
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) {
    const NodeId id(i);
    const auto& node = c.model.nodes[id];
    const Worth& worth = c.worths[i];
    if (node.rubric != rubric || !is_item(node) || !worth.known) continue;
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
  if (much && c.findings.wants<kinds::MuchIsJudged>(rubric)) {
    c.findings.report<kinds::MuchIsJudged>(span, node.name, judged.items.size(), judged.points,
                                          judged.total);
  }
  if (judged.unsplit.empty() || !c.findings.wants<kinds::CriteriaNotSplit>(rubric)) return;
  auto draft = c.findings.report<kinds::CriteriaNotSplit>(span, node.name, judged.unsplit.size());
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

// The places where the same thing is left open, in order.
struct OpenPlaces {
  std::string text;
  bool scored = false;
  std::vector<EntryId> entries;
};

// By entry: the rubric in which something is left open.
std::map<EntryId, NodeId> rubrics_of(const sema::Model& model) {
  std::map<EntryId, NodeId> rubrics;
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    const auto& node = model.nodes[NodeId(i)];
    for (const EntryId entry : node.unspecified) rubrics[entry] = node.rubric;
  }
  return rubrics;
}

std::vector<OpenPlaces> open_places(const sema::Model& model) {
  const auto rubrics = rubrics_of(model);
  const auto is_scored = [&](NodeId rubric) {
    return model.nodes[rubric].points_kind != ast::PointsKind::None;
  };
  const bool some_scored = std::any_of(model.rubrics.begin(), model.rubrics.end(), is_scored);
  std::vector<OpenPlaces> found;
  for (const EntryId entry : model.unspecified) {
    const Open open = open_of(model, entry);
    if (open.settled) continue;
    const auto rubric = rubrics.find(entry);
    const bool scored = rubric == rubrics.end() ? some_scored : is_scored(rubric->second);
    const auto same = std::find_if(found.begin(), found.end(), [&](const OpenPlaces& places) {
      return !scored && !places.scored && places.text == open.text;
    });
    if (same != found.end()) {
      same->entries.push_back(entry);
    } else {
      found.push_back({open.text, scored, {entry}});
    }
  }
  return found;
}

constexpr std::size_t kOpenShown = 3;

// A framework without points is not scored anyway.
void check_open(Context& c) {
  for (const OpenPlaces& places : open_places(c.model)) {
    const bool wanted = places.scored ? c.findings.wants<kinds::LeftOpen>(NodeId())
                                      : c.findings.wants<kinds::NotSaid>(NodeId());
    if (!wanted) continue;
    const auto span = c.model.entry(places.entries[0]).span;
    auto draft = places.scored ? c.findings.report<kinds::LeftOpen>(span, places.text)
                               : c.findings.report<kinds::NotSaid>(span, places.text);
    const std::size_t count = places.entries.size();
    for (std::size_t i = 1; i < count && (i < kOpenShown || count == kOpenShown + 1); ++i) {
      draft.note<kinds::OpenHereToo>(c.model.entry(places.entries[i]).span);
    }
    if (count > kOpenShown + 1) draft.remark<kinds::OpenElsewhere>(count - kOpenShown);
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
