// All nodes, from their points to their guards, clauses and results.

#include "compiler/sema/collect.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/scoring.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

Place node_place(const Checker& c, NodeId id) {
  Place place;
  place.scope = c.node_scopes[id.index];
  place.node = id;
  return place;
}

// Points are known before clauses speak of them.
void check_node_points(Checker& c, NodeId id) {
  const auto& node = c.model.nodes[id];
  Place place = node_place(c, id);
  if (node.parent.valid()) place = node_place(c, node.parent);
  const auto points = check_points(c, node.points, place, Term{"the points", "分值"});
  const auto max = check_points(c, node.max, place, Term{"the cap", "最多得分"});
  if (node.weight.valid()) check_number(c, node.weight, place);
  const auto& syntax = c.entry<ast::Node>(node.entry);
  GroupId group;
  if (syntax.for_group) group = build_group(c, *syntax.for_group, place);
  auto& filled = c.model.nodes[id];
  filled.points_value = points;
  filled.max_value = max;
  filled.for_group = group;
}

// Guards and clauses where they stand: in a method's body, names belong to the method.
class ScoringCheck {
 public:
  explicit ScoringCheck(Checker& c) : c_(c) {}

  void read(EntryId entry, const Place& place) {
    const auto& e = c_.module.entries[entry].node;
    if (std::holds_alternative<ast::Clause>(e)) return check_clause(c_, entry, place);
    if (const auto* guard = std::get_if<ast::Guard>(&e)) return read_guard(*guard, place);
    if (const auto* base = std::get_if<ast::Base>(&e)) return check_amount(c_, base->value, place);
    if (const auto* ordered = std::get_if<ast::Ordered>(&e)) {
      return read_all(ordered->entries, place);
    }
    if (const auto* when = std::get_if<ast::When>(&e)) {
      check_condition(c_, when->condition, place);
      read_all(when->then, place);
      return read_all(when->otherwise, place);
    }
    if (const auto* together = std::get_if<ast::Together>(&e)) {
      check_amount(c_, together->max, place);
      check_amount(c_, together->min, place);
      return read_all(together->entries, place);
    }
    if (const auto* pick = std::get_if<ast::Pick>(&e)) return read_all(pick->branches, place);
    if (const auto* unspecified = std::get_if<ast::Unspecified>(&e)) {
      return read_all(unspecified->suggestion, place);
    }
    if (const auto* use = std::get_if<ast::Use>(&e)) read_use(entry, *use, place);
  }

 private:
  void read_all(const std::vector<EntryId>& entries, const Place& place) {
    for (const auto entry : entries) read(entry, place);
  }
  void read_guard(const ast::Guard& guard, const Place& place) {
    check_condition(c_, guard.when, place);
    check_amount(c_, guard.amount, place);
  }
  void read_use(EntryId entry, const ast::Use& use, const Place& place) {
    for (const auto arg : use.args) {  // others are read where the body uses them
      const auto* name = std::get_if<ast::NameRef>(&c_.node(arg));
      if (name != nullptr && find_name(c_, name->name, place)) check_expr(c_, arg, place);
    }
    const auto scope = c_.use_scopes.find(entry);
    if (scope == c_.use_scopes.end()) return;
    Place inside = place;
    inside.scope = scope->second;
    read_all(c_.model.uses[entry], inside);
  }

  Checker& c_;
};

void check_node(Checker& c, NodeId id) {
  const OwnerGuard owner(c, Vertex{VertexKind::Score, id.index});
  const Place place = node_place(c, id);
  for (const auto child : c.model.nodes[id].children) {
    depend(c, {VertexKind::Score, child.index}, c.entry_span(c.model.nodes[child].entry));
  }
  ScoringCheck scoring(c);
  const auto& syntax = c.entry<ast::Node>(c.model.nodes[id].entry);
  for (const auto entry : syntax.entries) scoring.read(entry, place);
  check_results(c, id, place);
}

}  // namespace

void check_nodes(Checker& c) {
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) check_node_points(c, NodeId(i));
  for (std::size_t i = 0; i < c.model.nodes.size(); ++i) check_node(c, NodeId(i));
}

}  // namespace xize::sema
