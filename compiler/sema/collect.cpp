#include "compiler/sema/collect.h"

#include <algorithm>

#include "compiler/diagnostics/kinds/names.h"
#include "compiler/diagnostics/kinds/notes.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

// A block of entries that is being collected: the node around it and the scope of its names.
struct Block {
  NodeId node;
  ScopeId scope;
};

void collect_body(Checker& c, const std::vector<EntryId>& entries, Block block);

// Names of an item's own columns and defines are also known by their bare name to tests.
void declare_local(Checker& c, Block block, const ast::Name& name, Target target) {
  declare(c, block.scope, name, target);
  if (!block.node.valid()) return;
  const ScopeId own = c.node_scopes[block.node.index];
  if (own != block.scope) declare(c, own, name, target);
  c.locals_named[c.keep(name.text)].push_back({target, name.span});
}

ColumnId add_column(Checker& c, const ast::Name& name, TableId table, ColumnOrigin origin) {
  Column column;
  column.name = name.text;
  column.qualified = name.text;
  column.table = table;
  column.origin = origin;
  column.span = name.span;
  const auto id = c.model.columns.add(std::move(column));
  c.computed_progress.push_back(Progress::Untouched);
  return id;
}

void collect_input(Checker& c, EntryId entry, Block block) {
  const auto& syntax = c.entry<ast::Input>(entry).column;
  for (const auto& name : syntax.names) {
    const auto id = add_column(c, name, kUnitTable, ColumnOrigin::Input);
    auto& column = c.model.columns[id];
    column.item = block.node;
    column.description = syntax.description;
    if (block.node.valid()) c.model.nodes[block.node].inputs.push_back(id);
    c.model.tables[kUnitTable].columns.push_back(id);
    declare_local(c, block, name, id);
    c.pending_columns.push_back({id, entry, block.scope, {}});
  }
}

void collect_parameter(Checker& c, EntryId entry) {
  const auto& syntax = c.entry<ast::Parameter>(entry).column;
  for (const auto& name : syntax.names) {
    Parameter parameter;
    parameter.name = name.text;
    parameter.column.name = name.text;
    parameter.column.qualified = name.text;
    parameter.column.description = syntax.description;
    parameter.column.span = name.span;
    parameter.entry = entry;
    const auto id = c.model.parameters.add(std::move(parameter));
    declare(c, c.global, name, id);
    c.pending_columns.push_back({{}, entry, c.global, id});
  }
}

SourceId add_source(Checker& c, Source source, EntryId entry, ScopeId scope) {
  const auto id = c.model.sources.add(std::move(source));
  c.source_scopes.push_back(scope);
  c.source_entries.push_back(entry);
  return id;
}

void collect_table(Checker& c, EntryId entry) {
  const auto& syntax = c.entry<ast::Table>(entry);
  TableId table = kUnitTable;
  if (syntax.records) {
    table = c.model.tables.add({});
    c.table_scopes.push_back(c.scopes.add({}));
    Source source;
    source.name = syntax.name.text;
    source.table = table;
    source.span = syntax.name.span;
    declare(c, c.global, syntax.name, add_source(c, std::move(source), entry, c.global));
  } else if (c.model.tables[kUnitTable].entry.valid()) {
    const auto& first = c.entry<ast::Table>(c.model.tables[kUnitTable].entry).name;
    c.report<kinds::SecondUnitTable>(syntax.name.span, syntax.name.text)
        .note<kinds::FirstDeclaredHere>(first.span, first.text);
  }
  auto& model_table = c.model.tables[table];
  if (!model_table.entry.valid()) {
    model_table.name = syntax.name.text;
    model_table.title = syntax.title;
    model_table.entry = entry;
  }
  for (const auto id : syntax.entries) {
    if (std::holds_alternative<ast::Column>(c.module.entries[id].node)) {
      collect_column(c, id, table);
    } else {
      c.pending_checks.push_back({id, c.table_scopes[table.index], {}, table});
    }
  }
}

void collect_filter(Checker& c, EntryId entry, Block block) {
  const auto& syntax = c.entry<ast::FilteredRecords>(entry);
  Source source;
  source.name = syntax.name.text;
  source.where = syntax.where;
  source.item = block.node;
  source.span = syntax.name.span;
  declare_local(c, block, syntax.name, add_source(c, std::move(source), entry, block.scope));
}

// Its columns come when all records are known (fill_samples).
void collect_sample(Checker& c, EntryId entry, Block block) {
  const auto& syntax = c.entry<ast::Sample>(entry);
  Source source;
  source.name = syntax.name.text;
  source.table = c.model.tables.add({});
  c.table_scopes.push_back(c.scopes.add({}));
  source.sample = entry;
  source.item = block.node;
  source.span = syntax.name.span;
  Table& table = c.model.tables[source.table];
  table.name = source.name;
  const auto id = add_source(c, std::move(source), entry, block.scope);
  table.sample = id;
  declare_local(c, block, syntax.name, id);
}

void collect_define(Checker& c, EntryId entry, Block block) {
  const auto& syntax = c.entry<ast::Define>(entry);
  if (!syntax.params.empty()) return;  // a function: known before
  Define define;
  define.name = syntax.name.text;
  define.qualified = syntax.name.text;
  define.item = block.node;
  define.body = syntax.body;
  define.entry = entry;
  const auto id = c.model.defines.add(std::move(define));
  c.define_scopes.push_back(block.scope);
  c.define_progress.push_back(Progress::Untouched);
  if (block.node.valid()) c.model.nodes[block.node].defines.push_back(id);
  declare_local(c, block, syntax.name, id);
}

void collect_report(Checker& c, EntryId entry, Block block) {
  const auto& syntax = c.entry<ast::Report>(entry);
  const auto id =
      c.model.reports.add({syntax.name.text, block.node, syntax.value, entry});
  c.report_progress.push_back(Progress::Untouched);
  if (block.node.valid()) c.model.nodes[block.node].reports.push_back(id);
  declare_local(c, block, syntax.name, id);
}

void collect_select(Checker& c, EntryId entry, Block block) {
  const auto& syntax = c.entry<ast::Select>(entry);
  const auto id = c.model.selects.add({syntax.name.text, entry, block.node, {}, {}});
  if (block.node.valid()) c.model.nodes[block.node].selects.push_back(id);
  declare_local(c, block, syntax.name, id);
}

ast::Name node_name(const Checker& c, const ast::Node& node) {
  if (node.name.present()) return node.name;
  switch (node.kind) {
    case ast::NodeKind::Bonus: return {c.chinese() ? "加分项" : "bonus", node.head};
    case ast::NodeKind::Penalty: return {c.chinese() ? "扣分项" : "penalty", node.head};
    case ast::NodeKind::Rubric: return {c.chinese() ? "评分表" : "rubric", node.head};
    default: return {c.chinese() ? "指标" : "item", node.head};
  }
}

// The rule of what may stand in what; clauses beside children are assemble_nodes' concern.
void check_nesting(Checker& c, const ast::Node& inner, NodeId parent) {
  using ast::NodeKind;
  const auto word = node_word(inner.kind);
  if (!parent.valid()) {
    if (inner.kind == NodeKind::Rubric) return;
    c.report<kinds::WrongPlace>(inner.head, word, Term{"the top level", "文件最外层"},
                               node_word(NodeKind::Rubric));
    return;
  }
  const auto outer = c.model.nodes[parent].kind;
  const bool fits = inner.kind != NodeKind::Rubric && outer != NodeKind::Item &&
                    (inner.kind == NodeKind::Item || inner.kind == NodeKind::Section ||
                     outer == NodeKind::Rubric || outer == NodeKind::Section);
  if (fits) return;
  const auto goal = inner.kind == NodeKind::Rubric ? Term{"the top level", "文件最外层"}
                                                   : node_word(NodeKind::Section);
  c.report<kinds::WrongPlace>(inner.head, word, node_word(outer), goal);
}

Role role_of(const Checker& c, const ast::Node& node, NodeId parent) {
  if (node.kind == ast::NodeKind::Bonus) return Role::Bonus;
  if (node.kind == ast::NodeKind::Penalty) return Role::Penalty;
  return parent.valid() ? c.model.nodes[parent].role : Role::Ordinary;
}

NodeId add_node(Checker& c, EntryId entry, NodeId parent) {
  const auto& syntax = c.entry<ast::Node>(entry);
  const auto name = node_name(c, syntax);
  Node node;
  node.entry = entry;
  node.kind = syntax.kind;
  node.role = role_of(c, syntax, parent);
  node.name = name.text;
  node.qualified = parent.valid() ? c.model.nodes[parent].qualified + "." + name.text : name.text;
  node.title = syntax.title;
  node.parent = parent;
  node.points_kind = syntax.points_kind;
  node.points = syntax.points;
  node.max = syntax.max;
  node.weight = syntax.weight;
  node.uncapped = syntax.uncapped;
  const auto id = c.model.nodes.add(std::move(node));
  c.model.nodes[id].rubric = parent.valid() ? c.model.nodes[parent].rubric : id;
  c.node_scopes.push_back(c.scopes.add({c.scope_of(parent), {}}));
  c.nodes_named[c.keep(name.text)].push_back(id);
  const auto key = std::to_string(parent.valid() ? parent.index + 1 : 0) + " " + name.text;
  const auto [it, added] = c.node_children.emplace(key, id);
  if (!added) {
    const auto& first = c.entry<ast::Node>(c.model.nodes[it->second].entry);
    c.report<kinds::DuplicateName>(name.span, name.text)
        .note<kinds::FirstDeclaredHere>(node_name(c, first).span, name.text);
  }
  if (parent.valid()) {
    c.model.nodes[parent].children.push_back(id);
  } else if (syntax.kind == ast::NodeKind::Rubric) {
    c.model.rubrics.push_back(id);
  }
  return id;
}

void collect_node(Checker& c, EntryId entry, NodeId parent) {
  check_nesting(c, c.entry<ast::Node>(entry), parent);
  const auto id = add_node(c, entry, parent);
  const auto entries = c.entry<ast::Node>(entry).entries;  // a copy: `use` adds to the tree
  collect_body(c, entries, {id, c.node_scopes[id.index]});
}

void collect_use(Checker& c, EntryId entry, Block block) {
  const ScopeId scope = expand_use(c, entry, block.scope);
  if (!scope.valid()) return;
  c.methods_running.push_back(c.keep(c.entry<ast::Use>(entry).name.text));
  const auto entries = c.model.uses[entry];
  collect_body(c, entries, {block.node, scope});
  c.methods_running.pop_back();
}

void collect_entry(Checker& c, EntryId id, Block block) {
  const auto& node = c.module.entries[id].node;
  if (std::holds_alternative<ast::Node>(node)) return collect_node(c, id, block.node);
  if (std::holds_alternative<ast::Input>(node)) return collect_input(c, id, block);
  if (std::holds_alternative<ast::Define>(node)) return collect_define(c, id, block);
  if (std::holds_alternative<ast::Use>(node)) return collect_use(c, id, block);
  if (std::holds_alternative<ast::Sample>(node)) return collect_sample(c, id, block);
  if (std::holds_alternative<ast::FilteredRecords>(node)) return collect_filter(c, id, block);
  if (std::holds_alternative<ast::Report>(node)) return collect_report(c, id, block);
  if (std::holds_alternative<ast::Select>(node)) return collect_select(c, id, block);
  if (std::holds_alternative<ast::Partition>(node) || std::holds_alternative<ast::Check>(node)) {
    return c.pending_checks.push_back({id, block.scope, block.node});
  }
  if (std::holds_alternative<ast::Claims>(node)) {
    return c.pending_claims.push_back({id, block.scope, block.node});
  }
  if (std::holds_alternative<ast::Test>(node)) {
    return c.pending_tests.push_back({id, block.scope, block.node});
  }
  if (std::holds_alternative<ast::Property>(node)) {
    return c.pending_properties.push_back({id, block.scope, block.node});
  }
  if (std::holds_alternative<ast::Unspecified>(node)) c.model.unspecified.push_back(id);
  if (std::holds_alternative<ast::Allow>(node)) c.model.allows.push_back(id);
  if (const auto* when = std::get_if<ast::When>(&node)) {
    const auto copy = *when;
    collect_body(c, copy.then, block);
    collect_body(c, copy.otherwise, block);
    return;
  }
  std::vector<EntryId> inner;
  if (const auto* n = std::get_if<ast::Together>(&node)) inner = n->entries;
  if (const auto* n = std::get_if<ast::Pick>(&node)) inner = n->branches;
  if (const auto* n = std::get_if<ast::Ordered>(&node)) inner = n->entries;
  if (const auto* n = std::get_if<ast::Unspecified>(&node)) inner = n->suggestion;
  collect_body(c, inner, block);
}

void collect_body(Checker& c, const std::vector<EntryId>& entries, Block block) {
  for (const auto id : entries) collect_entry(c, id, block);
}

template <class Map, class T>
bool declare_once(Checker& c, Map& map, const ast::Name& name, T value) {
  const auto [it, added] = map.emplace(c.keep(name.text), value);
  if (!added) c.report<kinds::DuplicateName>(name.span, name.text);
  return added;
}

// Functions, methods, types, groups and lookups are known before any body is collected.
void collect_global(Checker& c, EntryId id) {
  const auto& node = c.module.entries[id].node;
  if (const auto* type = std::get_if<ast::TypeDecl>(&node)) {
    declare_once(c, c.types, type->name, id);
  } else if (const auto* method = std::get_if<ast::Method>(&node)) {
    declare_once(c, c.methods, method->name, id);
  } else if (const auto* group = std::get_if<ast::Group>(&node)) {
    declare_once(c, c.group_entries, group->name, id);
  } else if (const auto* define = std::get_if<ast::Define>(&node)) {
    if (define->params.empty()) return;
    declare_once(c, c.callables, define->name,
                 Callable{id, {}, c.global, define->name.span});
  } else if (const auto* lookup = std::get_if<ast::Lookup>(&node)) {
    const auto lookup_id = c.model.lookups.add({lookup->name.text, id, {}, {}});
    c.lookup_progress.push_back(Progress::Untouched);
    declare_once(c, c.callables, lookup->name,
                 Callable{{}, lookup_id, c.global, lookup->name.span});
  } else if (const auto* alias = std::get_if<ast::Alias>(&node)) {
    for (const auto& name : alias->names) {
      if (c.model.aliases.emplace(name.text, alias->target.text).second) continue;
      c.report<kinds::DuplicateName>(name.span, name.text);
    }
  }
}

void collect_policy(Checker& c, EntryId id) {
  const auto& policy = c.entry<ast::Policy>(id);
  if (c.model.policy.valid()) {
    c.report<kinds::StatedTwice>(c.entry_span(id), entry_word(c.module.entries[id].node),
                                c.model.name);
    return;
  }
  c.model.policy = id;
  c.model.name = policy.name.text;
  c.model.title = policy.title;
}

// One entry of the policy's head may stand once.
void state_once(Checker& c, EntryId& slot, EntryId id) {
  if (slot.valid()) {
    c.report<kinds::StatedTwice>(c.entry_span(id), entry_word(c.module.entries[id].node),
                                c.model.name);
    return;
  }
  slot = id;
}

void collect_top(Checker& c, EntryId id) {
  if (!check_place(c, id, Where::Top)) return;
  const auto& node = c.module.entries[id].node;
  if (const auto* policy = std::get_if<ast::Policy>(&node)) {
    collect_policy(c, id);
    const auto entries = policy->entries;
    for (const auto inner : entries) collect_top(c, inner);
  } else if (const auto* number = std::get_if<ast::DocumentNumber>(&node)) {
    c.model.numbers.insert(c.model.numbers.end(), number->numbers.begin(), number->numbers.end());
  } else if (std::holds_alternative<ast::Period>(node)) {
    state_once(c, c.model.period, id);
  } else if (std::holds_alternative<ast::Effective>(node)) {
    state_once(c, c.model.effective, id);
  } else if (std::holds_alternative<ast::Cutoff>(node)) {
    state_once(c, c.model.cutoff, id);
  } else if (std::holds_alternative<ast::Amends>(node)) {
    c.model.amends.push_back(id);
  } else if (std::holds_alternative<ast::Table>(node)) {
    collect_table(c, id);
  } else if (std::holds_alternative<ast::Parameter>(node)) {
    collect_parameter(c, id);
  } else {
    collect_entry(c, id, {{}, c.global});
  }
}

void for_each_top(Checker& c, const std::vector<EntryId>& entries) {
  for (const auto id : entries) {
    collect_global(c, id);
    if (const auto* policy = std::get_if<ast::Policy>(&c.module.entries[id].node)) {
      for_each_top(c, policy->entries);
    }
  }
}

// A policy without a unit table, or a table without a unit column, still has units.
void imply_unit_column(Checker& c) {
  auto& table = c.model.tables[kUnitTable];
  if (table.name.empty()) table.name = c.chinese() ? "单位" : "units";
}

}  // namespace

bool declare(Checker& c, ScopeId scope, const ast::Name& name, Target target) {
  if (!name.present()) return false;
  const auto [it, added] =
      c.scopes[scope].values.emplace(c.keep(name.text), Symbol{target, name.span});
  if (!added) {
    c.report<kinds::DuplicateName>(name.span, name.text)
        .note<kinds::FirstDeclaredHere>(it->second.span, name.text);
  }
  return added;
}

void collect_column(Checker& c, EntryId entry, TableId table) {
  const auto& syntax = c.entry<ast::Column>(entry);
  const ScopeId scope = c.table_scopes[table.index];
  const auto origin = syntax.computed.valid() ? ColumnOrigin::Computed : ColumnOrigin::Declared;
  for (const auto& name : syntax.names) {
    const auto id = add_column(c, name, table, origin);
    c.model.columns[id].computed = syntax.computed;
    c.model.columns[id].description = syntax.description;
    c.model.tables[table].columns.push_back(id);
    declare(c, scope, name, id);
    c.pending_columns.push_back({id, entry, scope, {}});
  }
}

const ast::Column& column_syntax(const Checker& c, EntryId entry) {
  const auto& node = c.module.entries[entry].node;
  if (const auto* input = std::get_if<ast::Input>(&node)) return input->column;
  if (const auto* parameter = std::get_if<ast::Parameter>(&node)) return parameter->column;
  return std::get<ast::Column>(node);
}

bool lacks_import(const Checker& c) {
  return std::ranges::any_of(c.module.entries, [](const ast::Entry& entry) {
    const auto* import = std::get_if<ast::Import>(&entry.node);
    return import != nullptr && import->path.empty();
  });
}

void collect(Checker& c) {
  c.global = c.scopes.add({});
  c.model.tables.add({});
  c.table_scopes.push_back(c.global);
  for_each_top(c, c.module.top);
  for (const auto id : c.module.top) collect_top(c, id);
  imply_unit_column(c);
}

}  // namespace xize::sema
