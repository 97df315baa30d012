#include "compiler/testing/coverage.h"

#include <algorithm>

namespace xize::testing {
namespace {

// Grades with a cut-off that the document does not give: nobody can get them yet.
bool is_open(const results::ExplanationReader& run, const program::GradeScheme& grade) {
  for (const program::RowHit& row : grade.rows) {
    const lower::Place* place = run.place(row.origin);
    if (place == nullptr || !place->entry.valid()) continue;
    const auto& rows = run.model().entry_as<ast::Grade>(place->entry).rows;
    return std::any_of(rows.begin(), rows.end(), [](const auto& r) { return r.unspecified; });
  }
  return false;
}

// Did the run use a result of the node, or what its score is made of? Constants are shared by all.
bool uses(const Reach& reach, const program::Program& program, const program::Node& node) {
  const auto used = [&](program::OpId op) {
    return reach.has(op) && program.ops[op].level != program::Level::Constant;
  };
  return used(node.score) || used(node.raw) || used(node.before_cap) ||
         std::any_of(node.contributions.begin(), node.contributions.end(),
                     [&](const program::Contribution& c) { return used(c.amount); }) ||
         std::any_of(node.decisions.begin(), node.decisions.end(),
                     [&](const program::Decision& d) { return used(d.condition); });
}

}  // namespace

void Coverage::note(const results::ExplanationReader& run, program::Origin origin,
                    CoverPoint point) {
  const lower::Place* place = run.place(origin);
  if (place == nullptr) return;
  const Key key{place->span.begin, point.node};
  const auto [at, added] = points_.emplace(key, point);
  if (added) {
    at->second.place = run.head(place->span);
  } else {
    at->second.hits += point.hits;
  }
}

// The guard that decides; of those that make the node not applicable, every one that holds.
void Coverage::add_decisions(const results::ExplanationReader& run, const std::string& node,
                             bool counts, const std::vector<program::Decision>& decisions) {
  bool decided = false;
  for (const program::Decision& decision : decisions) {
    const bool applies = decision.kind == program::DecisionKind::NotApplicable;
    const bool holds = counts && run.holds(decision.condition);
    const bool hit = holds && (applies || !decided);
    if (holds && !applies) decided = true;
    note(run, decision.origin, {CoverKind::Guard, {}, node, hit ? 1u : 0u});
  }
}

// Clauses without others inside, where none of the guards decided.
void Coverage::add_clauses(const results::ExplanationReader& run, const program::Node& node,
                           bool counts) {
  for (std::size_t i = 0; i < node.contributions.size(); ++i) {
    const program::Contribution& clause = node.contributions[i];
    const bool is_block = std::any_of(
        node.contributions.begin(), node.contributions.end(),
        [&](const program::Contribution& c) { return c.parent == static_cast<int>(i); });
    const lower::Place* place = run.place(clause.origin);
    const bool open = place != nullptr && place->kind == lower::PlaceKind::Unspecified;
    if (is_block || open) continue;
    const bool hit = counts && (!clause.active.valid() || run.holds(clause.active));
    note(run, clause.origin, {CoverKind::Clause, {}, node.name, hit ? 1u : 0u});
  }
}

void Coverage::add_rows(const results::ExplanationReader& run, const std::string& node, bool counts,
                        const std::vector<program::RowHit>& rows) {
  for (const program::RowHit& row : rows) {
    const bool hit = counts && run.holds(row.chosen);
    note(run, row.origin, {CoverKind::Row, {}, node, hit ? 1u : 0u});
  }
}

void Coverage::add_grade(const results::ExplanationReader& run, const std::string& node,
                         const Reach& reach, const std::optional<program::GradeScheme>& grade) {
  if (!grade || is_open(run, *grade)) return;
  const bool counts = reach.has(grade->grade) && run.whole(grade->grade).has_value();
  add_rows(run, node, counts, grade->rows);
  for (const program::Decision& rule : grade->rules) {
    const bool hit = counts && run.holds(rule.condition);
    note(run, rule.origin, {CoverKind::Guard, {}, node, hit ? 1u : 0u});
  }
}

void Coverage::add(const results::ExplanationReader& run, const Reach& reach) {
  for (const program::Node& node : run.program().nodes) {
    const bool asked = uses(reach, run.program(), node);
    const bool applies = asked && run.holds(node.applicable);
    add_decisions(run, node.name, asked, node.decisions);
    const bool clauses = applies && !run.verdict(node.decisions);
    add_clauses(run, node, clauses);
    add_rows(run, node.name, clauses, node.rows);
    add_grade(run, node.name, reach, node.grade);
  }
  for (const program::Rubric& rubric : run.program().rubrics) {
    add_decisions(run, rubric.name, reach.has(rubric.total), rubric.decisions);
    add_grade(run, rubric.name, reach, rubric.grade);
  }
}

std::vector<CoverPoint> Coverage::take() {
  std::vector<CoverPoint> points;
  for (auto& [key, point] : points_) points.push_back(std::move(point));
  return points;
}

}  // namespace xize::testing
