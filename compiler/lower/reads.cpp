// Which unit columns an item reads: they decide whether it applies (language §6.1), and they are
// what an explanation shows.
#include <algorithm>

#include "compiler/ast/visit.h"
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

class Reader {
 public:
  explicit Reader(const Lowering& l) : l_(l) {}

  void entry(EntryId id) {
    const auto& node = l_.model.entry(id).node;
    if (const auto it = l_.model.uses.find(id); it != l_.model.uses.end()) return block(it->second);
    if (const auto* u = std::get_if<ast::Unspecified>(&node); u != nullptr && u->accepted.empty()) {
      return;  // a suggestion nobody accepted decides nothing
    }
    if (const auto it = l_.model.clauses.find(id); it != l_.model.clauses.end()) {
      if (it->second.mark.valid()) column(it->second.mark);
      if (it->second.per.valid()) source(it->second.per);
    }
    if (!scores(node)) return;
    ast::for_each_child(node, [&](auto child) {
      if constexpr (std::is_same_v<decltype(child), ExprId>) {
        expr(child);
      } else {
        entry(child);
      }
    });
  }
  void block(const std::vector<EntryId>& entries) {
    for (const EntryId id : entries) entry(id);
  }

  void expr(ExprId id) {
    if (!(testing_ ? seen_tested_ : seen_).insert(id).second) return;
    const auto& node = l_.model.expr(id).node;
    if (const auto it = l_.model.aggregates.find(id); it != l_.model.aggregates.end()) {
      if (skips_own_value(it->second, std::get<ast::Aggregate>(node))) return;
      if (it->second.source.valid()) source(it->second.source);
    }
    const sema::Binding& binding = l_.model.fact(id).binding;
    if (const auto* ref = std::get_if<sema::ColumnRef>(&binding)) return column(ref->column);
    if (const auto* ref = std::get_if<sema::DefineRef>(&binding)) {
      return expr(l_.model.defines[ref->define].body);
    }
    if (const auto* ref = std::get_if<sema::Expansion>(&binding)) return expr(ref->body);
    if (const auto* ref = std::get_if<sema::SourceRef>(&binding)) return source(ref->source);
    if (std::holds_alternative<ast::Member>(node)) return;  // a result of another item
    const auto* is = std::get_if<ast::IsState>(&node);
    const bool tests = is != nullptr && is->state == ast::StateTest::NotApplicable;
    const bool before = testing_;
    testing_ = testing_ || tests;
    ast::for_each_child(node, [&](auto child) {
      if constexpr (std::is_same_v<decltype(child), ExprId>) expr(child);
    });
    testing_ = before;
  }

  Reads take() { return std::move(reads_); }

 private:
  static bool scores(const ast::EntryNode& node) {
    return std::holds_alternative<ast::Guard>(node) || std::holds_alternative<ast::Ordered>(node) ||
           std::holds_alternative<ast::Base>(node) || std::holds_alternative<ast::Clause>(node) ||
           std::holds_alternative<ast::When>(node) ||
           std::holds_alternative<ast::Together>(node) ||
           std::holds_alternative<ast::Pick>(node) ||
           std::holds_alternative<ast::Unspecified>(node);
  }

  void column(sema::ColumnId id) {
    const sema::Column& column = l_.model.columns[id];
    if (column.computed.valid()) return expr(column.computed);
    const bool unit = column.table == sema::kUnitTable && l_.model.unit_table().unit_column != id;
    if (!unit) return;
    if (testing_) reads_.tested.insert(id);
    auto& columns = reads_.columns;
    if (std::find(columns.begin(), columns.end(), id) == columns.end()) columns.push_back(id);
  }

  void source(sema::SourceId id) {
    for (; id.valid(); id = l_.model.sources[id].base) {
      if (l_.model.sources[id].where.valid()) expr(l_.model.sources[id].where);
    }
  }

  // max(x over units) reads other units; rank(x) compares the unit's own value with theirs.
  static bool skips_own_value(const sema::AggregateInfo& info, const ast::Aggregate& a) {
    const bool own = a.kind == ast::AggregateKind::Rank ||
                     a.kind == ast::AggregateKind::Percentile ||
                     a.kind == ast::AggregateKind::Share;
    return info.over == sema::AggregateOver::Units && !own;
  }

  const Lowering& l_;
  Reads reads_;
  std::unordered_set<ExprId> seen_, seen_tested_;
  bool testing_ = false;
};

}  // namespace

Reads reads_of(const Lowering& l, NodeId node) {
  Reader reader(l);
  reader.block(l.model.entry_as<ast::Node>(l.node(node).entry).entries);
  return reader.take();
}

Reads reads_of(const Lowering& l, ExprId expr) {
  Reader reader(l);
  reader.expr(expr);
  return reader.take();
}

}  // namespace xize::lower
