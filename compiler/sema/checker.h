// What the topics of the check share: the tree, the model in the making, scopes and work to do.
// In: a module and a sink. Out: a filled Model. Private to this room.
// Must hold: the tree grows only while names are collected and calls expanded (collect.h); from
// then on references into it stay valid.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/sema/arithmetic.h"
#include "compiler/sema/sema.h"
#include "runtime/base/string_pool.h"

namespace xize::sema {

namespace kinds = diagnostics::kinds;
using diagnostics::Term;

using ScopeId = base::Id<struct ScopeTag>;

// What a name in a scope of values can stand for.
using Target = std::variant<ColumnId, DefineId, ParameterId, SourceId, ReportId, SelectId>;
struct Symbol {
  Target target;
  Span span;
};
// One block of names; what is not found here is looked for in the parent.
struct Scope {
  ScopeId parent;
  std::unordered_map<std::string_view, Symbol> values;
};

// A function of the policy or a lookup: called with arguments.
struct Callable {
  EntryId function;   // ast::Define with parameters, or invalid
  LookupId lookup;
  ScopeId scope;      // where the names of its body belong
  Span span;
};

// Where an expression stands.
struct Place {
  ScopeId scope;
  NodeId node;             // the item, section or rubric around it
  TableId row;             // the records whose row is at hand
  TableId arguments_row;   // in the body of a function: the row that its arguments may read
  bool in_test = false;    // local names are found without their item
  bool bare_text = false;  // an unknown name beside a text is that text
  bool row_unknown = false;  // rows of records that were not found: no name can be called unknown
};

// A vertex of the graph of what depends on what.
enum class VertexKind : std::uint8_t { Define, Score, Grade, Report, Column };
struct Vertex {
  VertexKind kind = VertexKind::Score;
  std::uint32_t index = 0;
  friend auto operator<=>(Vertex, Vertex) = default;
};
struct Dependency {
  Vertex from, to;
  Span span;
};

// How far an on-demand check has come; Running again means that it depends on itself.
enum class Progress : std::uint8_t { Untouched, Running, Done };

// Declared names wait with their entries until every name is known.
struct PendingColumn {
  ColumnId column;
  EntryId entry;     // ast::Column, Input or Parameter
  ScopeId scope;
  ParameterId parameter;  // the column is that of a parameter, not in a table
};
struct PendingEntry {
  EntryId entry;
  ScopeId scope;
  NodeId node;
  TableId table = kUnitTable;
};

// The state of one check.
struct Checker {
  Checker(ast::Module& m, diagnostics::Sink& s) : module(m), sink(s) {}

  ast::Module& module;
  diagnostics::Sink& sink;
  Model model;

  base::StringPool texts;                               // owns the keys of the maps below
  base::Store<ScopeId, Scope> scopes;
  ScopeId global;
  std::vector<ScopeId> table_scopes;                    // by TableId
  std::vector<ScopeId> node_scopes;                     // by NodeId
  std::unordered_map<std::string_view, Callable> callables;
  std::unordered_map<std::string_view, EntryId> methods;
  std::unordered_map<std::string_view, EntryId> types;
  std::unordered_map<std::string_view, EntryId> group_entries;
  std::unordered_map<std::string_view, GroupId> group_ids;
  std::unordered_map<std::string_view, std::vector<NodeId>> nodes_named;
  std::unordered_map<std::string, NodeId> node_children;  // parent's index, a space, the name
  std::unordered_map<std::string_view, std::vector<Symbol>> locals_named;
  std::unordered_map<std::string_view, UnitId> unit_ids;
  std::unordered_map<std::string, ChoiceId> choice_ids;   // by labels

  std::vector<Progress> expr_progress;                  // by ExprId
  std::vector<Progress> define_progress;                // by DefineId
  std::vector<Progress> computed_progress;              // by ColumnId
  std::vector<Progress> report_progress;                // by ReportId
  std::vector<Progress> lookup_progress;                // by LookupId
  std::vector<ScopeId> define_scopes;                   // by DefineId
  std::vector<ScopeId> source_scopes;                   // by SourceId
  std::vector<EntryId> source_entries;                  // by SourceId
  std::string group_title;                              // of the group whose list is read
  std::unordered_map<EntryId, Progress> group_progress, type_progress;
  std::unordered_map<ExprId, ExprId> expansions;        // ast::Call → the body in its place
  std::unordered_map<ExprId, ScopeId> homes;            // arguments: where their names belong
  std::unordered_map<EntryId, ScopeId> use_scopes;      // ast::Use → scope of the expanded body
  std::vector<std::pair<ExprId, ScopeId>> orphans;      // bodies of functions nobody calls
  std::vector<std::string_view> methods_running;
  std::size_t expanded = 0;
  int depth = 0;                                        // of definitions being checked
  TableId row_seen;                                     // records read by the expression so far
  int nesting = 0;                                      // of expressions being checked
  std::unordered_set<std::string> unknown_names;        // reported: the node's index and the name
  int suggestions_left = 60;                            // looking for names nearly alike costs

  std::vector<Dependency> dependencies;
  std::optional<Vertex> owner;                          // whose expression is being checked

  std::vector<PendingColumn> pending_columns;
  std::vector<PendingEntry> pending_checks;             // ast::Partition, ast::Check
  std::vector<PendingEntry> pending_claims, pending_tests, pending_properties;

  template <auto K, class... A>
  diagnostics::Draft report(Span span, A&&... arguments) {
    return sink.report<K>(span, std::forward<A>(arguments)...);
  }
  std::string_view keep(std::string_view text) { return texts.text(texts.intern(text)); }
  [[nodiscard]] const ast::ExprNode& node(ExprId id) const { return module.exprs[id].node; }
  [[nodiscard]] Span span(ExprId id) const { return module.exprs[id].span; }
  template <class T>
  [[nodiscard]] const T& entry(EntryId id) const {
    return std::get<T>(module.entries[id].node);
  }
  [[nodiscard]] Span entry_span(EntryId id) const { return module.entries[id].span; }
  [[nodiscard]] bool chinese() const { return module.surface == ast::Surface::Chinese; }
  [[nodiscard]] Fact& fact(ExprId id) { return model.facts[id.index]; }
  [[nodiscard]] ScopeId scope_of(NodeId id) const {
    return id.valid() ? node_scopes[id.index] : global;
  }
  // The policy's own spelling of a term.
  [[nodiscard]] std::string local(const Term& term) const {
    return chinese() ? term.chinese : term.english;
  }
};

// Sets whose expression is being checked, for as long as it lives.
class OwnerGuard {
 public:
  OwnerGuard(Checker& c, std::optional<Vertex> owner) : checker_(c), before_(c.owner) {
    c.owner = owner;
  }
  ~OwnerGuard() { checker_.owner = before_; }
  OwnerGuard(const OwnerGuard&) = delete;
  OwnerGuard& operator=(const OwnerGuard&) = delete;

 private:
  Checker& checker_;
  std::optional<Vertex> before_;
};

}  // namespace xize::sema
