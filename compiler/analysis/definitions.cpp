// Definitions with one meaning under two names, or with two under one.
#include <algorithm>
#include <map>

#include "compiler/analysis/checks.h"
#include "compiler/ast/visit.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace xize::analysis {

namespace {

using sema::Define;

// Another name for a column or a number is no definition of its own.
bool says_something(const sema::Model& model, ExprId body) {
  const auto& node = model.expr(body).node;
  return !std::holds_alternative<ast::NameRef>(node) &&
         !std::holds_alternative<ast::NumberLit>(node) &&
         !std::holds_alternative<ast::DateLit>(node) &&
         !std::holds_alternative<ast::StringLit>(node);
}

// Whether it reads what only its item has: data or other definitions of the item.
bool reads_own(const sema::Model& model, ExprId id) {
  if (!id.valid()) return false;
  const auto& binding = model.fact(id).binding;
  const auto* column = std::get_if<sema::ColumnRef>(&binding);
  if (column != nullptr && model.columns[column->column].item.valid()) return true;
  const auto* define = std::get_if<sema::DefineRef>(&binding);
  if (define != nullptr && model.defines[define->define].item.valid()) return true;
  bool found = false;
  ast::for_each_child(model.expr(id).node, [&](auto child) {
    if constexpr (std::is_same_v<decltype(child), ExprId>) {
      found = found || reads_own(model, child);
    }
  });
  return found;
}

// `Y`, `N1` are letters of a formula, not names of a notion.
bool is_name(const std::string& name) {
  return std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

void check_definitions(Context& c) {
  std::map<std::pair<std::uint32_t, std::string>, const Define*> by_body;  // in one scope
  std::map<std::pair<NodeId, std::string>, const Define*> by_name;  // in one rubric
  for (std::size_t i = 0; i < c.model.defines.size(); ++i) {
    const Define& define = c.model.defines[sema::DefineId(i)];
    if (!says_something(c.model, define.body)) continue;
    const auto span = c.model.entry(define.entry).span;
    const std::string body = c.findings.text(define.body);
    const auto [same, new_body] = by_body.emplace(std::pair(define.item.index, body), &define);
    if (!new_body && c.findings.wants<kinds::DefinedTwice>(define.item)) {
      c.findings.report<kinds::DefinedTwice>(span, same->second->name, define.name)
          .note<kinds::FirstDefined>(c.model.entry(same->second->entry).span);
    }
    if (!define.item.valid() || !is_name(define.name) || reads_own(c.model, define.body)) continue;
    const NodeId rubric = c.model.nodes[define.item].rubric;
    const auto [other, new_name] = by_name.emplace(std::pair(rubric, define.name), &define);
    const bool differs = !new_name && c.findings.text(other->second->body) != body;
    if (!differs || !c.findings.wants<kinds::DefinedOtherwise>(define.item)) continue;
    c.findings.report<kinds::DefinedOtherwise>(span, define.name)
        .note<kinds::FirstDefined>(c.model.entry(other->second->entry).span);
  }
}

}  // namespace xize::analysis
