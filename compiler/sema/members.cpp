// `base.member`: a column of records, an input or define of an item, a child of a section, or an
// aspect of a result.

#include <algorithm>
#include <array>
#include <vector>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/names.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

// Of nodes with one name, beyond which only the nearest is looked at.
constexpr std::size_t kCandidatesMax = 64;

struct AspectWord {
  std::string_view text;
  Aspect aspect;
};
constexpr std::array<AspectWord, 15> kAspects = {{
    {"raw", Aspect::Raw},
    {"原始分", Aspect::Raw},
    {"原始得分", Aspect::Raw},
    {"points", Aspect::Points},
    {"分值", Aspect::Points},
    {"rate", Aspect::Rate},
    {"得分率", Aspect::Rate},
    {"grade", Aspect::Grade},
    {"等次", Aspect::Grade},
    {"等第", Aspect::Grade},
    {"等级", Aspect::Grade},
    {"score", Aspect::Score},
    {"得分", Aspect::Score},
    {"total", Aspect::Score},
    {"总分", Aspect::Score},
}};

std::optional<Aspect> aspect_of(std::string_view text) {
  for (const auto& word : kAspects) {
    if (word.text == text) return word.aspect;
  }
  return std::nullopt;
}

// What can stand before the dot.
struct BaseMeaning {
  std::optional<SourceId> source;
  std::vector<NodeId> nodes;  // candidates; one of them has the member
  bool unit_table = false;
  bool invalid = false;  // reported already
  std::string text;
};

const Symbol* local_of(const Checker& c, NodeId node, std::string_view name) {
  const auto& values = c.scopes[c.node_scopes[node.index]].values;
  const auto it = values.find(name);
  return it == values.end() ? nullptr : &it->second;
}

std::optional<NodeId> child_of(const Checker& c, NodeId node, const std::string& name) {
  const auto it = c.node_children.find(std::to_string(node.index + 1) + " " + name);
  if (it == c.node_children.end()) return std::nullopt;
  return it->second;
}

// A node below `node` with that name, when it is the only one.
std::optional<NodeId> descendant_of(const Checker& c, NodeId node, const std::string& name) {
  const auto it = c.nodes_named.find(name);
  if (it == c.nodes_named.end()) return std::nullopt;
  std::optional<NodeId> found;
  for (const auto candidate : it->second) {
    NodeId at = c.model.nodes[candidate].parent;
    while (at.valid() && at != node) at = c.model.nodes[at].parent;
    if (!at.valid()) continue;
    if (found) return std::nullopt;
    found = candidate;
  }
  return found;
}

bool has_member(const Checker& c, NodeId node, const std::string& member) {
  return local_of(c, node, member) != nullptr || child_of(c, node, member) ||
         descendant_of(c, node, member);
}

BaseMeaning base_of_name(Checker& c, const ast::Name& name, const Place& place) {
  BaseMeaning base;
  base.text = name.text;
  base.source = source_named(c, name, place);
  if (base.source) return base;
  const auto it = c.nodes_named.find(name.text);
  if (it != c.nodes_named.end() && it->second.size() <= kCandidatesMax) {
    base.nodes = it->second;
  } else if (it != c.nodes_named.end()) {
    const auto nearest = nearest_node(c, name, place);
    base.invalid = !nearest->valid();
    if (!base.invalid) base.nodes.push_back(*nearest);
  }
  base.unit_table = base.nodes.empty() && c.model.unit_table().name == name.text;
  return base;
}

BaseMeaning base_meaning(Checker& c, ExprId id, const Place& place);

// `A.B` as a base: B is a node below A.
BaseMeaning base_of_member(Checker& c, const ast::Member& member, const Place& place) {
  auto outer = base_meaning(c, member.base, place);
  BaseMeaning base;
  base.text = outer.text + "." + member.member.text;
  base.invalid = outer.invalid;
  for (const auto node : outer.nodes) {
    auto child = child_of(c, node, member.member.text);
    if (!child) child = descendant_of(c, node, member.member.text);
    if (child) base.nodes.push_back(*child);
  }
  if (base.nodes.empty() && !base.invalid) {
    c.report<kinds::UnknownMember>(member.member.span, member.member.text, outer.text);
    base.invalid = true;
  }
  return base;
}

BaseMeaning base_meaning(Checker& c, ExprId id, const Place& place) {
  const auto& node = c.node(id);
  if (const auto* name = std::get_if<ast::NameRef>(&node))
    return base_of_name(c, name->name, place);
  if (const auto* member = std::get_if<ast::Member>(&node)) {
    return base_of_member(c, *member, place);
  }
  if (std::holds_alternative<ast::TotalRef>(node)) {
    BaseMeaning base;
    const auto rubric = rubric_at(c, c.span(id), place);
    if (rubric.valid()) base.nodes.push_back(rubric);
    base.invalid = !rubric.valid();
    return base;
  }
  BaseMeaning base;
  base.invalid = std::holds_alternative<ast::InvalidExpr>(node);
  return base;
}

Found column_of_records(Checker& c, SourceId source, const ast::Name& member, const Place& place) {
  const auto table = c.model.sources[source].table;
  if (!table.valid()) return {};  // records that were not found
  const auto& name = c.model.sources[source].name;
  const auto& values = c.scopes[c.table_scopes[table.index]].values;
  const auto it = values.find(member.text);
  if (it == values.end()) {
    std::vector<std::string_view> known;
    for (const auto& [text, symbol] : values) known.push_back(text);
    std::ranges::sort(known);
    c.report<kinds::UnknownMember>(member.span, member.text, name)
        .suggest(diagnostics::did_you_mean(member.text, known));
    return {};
  }
  if (place.row != table) {
    c.report<kinds::ColumnOfManyRows>(member.span, member.text, name);
    return {};
  }
  const auto column = std::get<ColumnId>(it->second.target);
  see_row(c, table);
  return {ColumnRef{column}, column_type(c, column)};
}

Found local_meaning(Checker& c, const Symbol& symbol, Span span) {
  if (const auto* column = std::get_if<ColumnId>(&symbol.target)) {
    return {ColumnRef{*column}, column_type(c, *column)};
  }
  if (const auto* define = std::get_if<DefineId>(&symbol.target)) {
    depend(c, {VertexKind::Define, define->index}, span);
    return {DefineRef{*define}, define_type(c, *define)};
  }
  if (const auto* source = std::get_if<SourceId>(&symbol.target)) {
    return {SourceRef{*source}, simple(Base::Records)};
  }
  if (const auto* report = std::get_if<ReportId>(&symbol.target)) {
    depend(c, {VertexKind::Report, report->index}, span);
    return {ReportRef{*report}, report_type(c, *report)};
  }
  if (const auto* select = std::get_if<SelectId>(&symbol.target)) {
    return {SelectRef{*select}, simple(Base::Bool)};
  }
  return {};
}

Found report_no_member(Checker& c, NodeId node, const ast::Name& member) {
  std::vector<std::string_view> known;
  for (const auto& [text, symbol] : c.scopes[c.node_scopes[node.index]].values) {
    known.push_back(text);
  }
  for (const auto child : c.model.nodes[node].children) known.push_back(c.model.nodes[child].name);
  std::ranges::sort(known);
  c.report<kinds::UnknownMember>(member.span, member.text, c.model.nodes[node].name)
      .suggest(diagnostics::did_you_mean(member.text, known));
  return {};
}

// The candidates that have the member, or all of them for an aspect that every node has.
std::vector<NodeId> fitting_nodes(Checker& c, const BaseMeaning& base, const std::string& member) {
  if (base.nodes.size() == 1) return base.nodes;
  std::vector<NodeId> fitting;
  for (const auto node : base.nodes) {
    if (has_member(c, node, member)) fitting.push_back(node);
    if (fitting.size() > 4) break;
  }
  if (fitting.empty()) return base.nodes;
  return fitting;
}

Found member_of_nodes(Checker& c, const BaseMeaning& base, const ast::Member& member,
                      const Place& place) {
  const auto nodes = fitting_nodes(c, base, member.member.text);
  NodeId node = nodes.front();
  if (nodes.size() > 1) {
    const auto* name = std::get_if<ast::NameRef>(&c.node(member.base));
    if (name != nullptr) {
      const auto nearest = nearest_node(c, name->name, place);
      if (!nearest || !nearest->valid()) return {};
      node = *nearest;
    }
  }
  if (const auto* symbol = local_of(c, node, member.member.text)) {
    return local_meaning(c, *symbol, member.member.span);
  }
  auto child = child_of(c, node, member.member.text);
  if (!child) child = descendant_of(c, node, member.member.text);
  if (child) return node_result(c, *child, Aspect::Score, member.member.span);
  if (const auto aspect = aspect_of(member.member.text)) {
    return node_result(c, node, *aspect, member.member.span);
  }
  return report_no_member(c, node, member.member);
}

Found column_of_units(Checker& c, const ast::Name& member) {
  const auto& values = c.scopes[c.global].values;
  const auto it = values.find(member.text);
  if (it != values.end()) {
    if (const auto* column = std::get_if<ColumnId>(&it->second.target)) {
      return {ColumnRef{*column}, column_type(c, *column)};
    }
  }
  c.report<kinds::UnknownMember>(member.span, member.text, c.model.unit_table().name);
  return {};
}

}  // namespace

Found resolve_member(Checker& c, const ast::Member& member, const Place& place) {
  if (!member.member.present()) return {};
  const auto base = base_meaning(c, member.base, place);
  if (base.invalid) return {};
  if (base.source) return column_of_records(c, *base.source, member.member, place);
  if (base.unit_table) return column_of_units(c, member.member);
  if (!base.nodes.empty()) return member_of_nodes(c, base, member, place);
  if (const auto* name = std::get_if<ast::NameRef>(&c.node(member.base))) {
    const auto found = find_name(c, name->name, place);
    if (!found) {
      if (!place.row_unknown) report_unknown(c, name->name, place);
    } else if (!found->type.invalid()) {
      c.report<kinds::UnknownMember>(member.member.span, member.member.text, name->name.text);
    }
    return {};
  }
  c.report<kinds::UnknownMember>(member.member.span, member.member.text, base.text);
  return {};
}

}  // namespace xize::sema
