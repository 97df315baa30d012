// Series: `average(E by month)`, `sum(E by KEY)`, `count(month where E < 1)`. E is lowered with its
// aggregates grouped by the month or key of their rows; then the groups are folded.
#include <algorithm>

#include "compiler/ast/visit.h"
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

// The sources that the aggregates inside an expression fold, through defines and functions.
class SourcesRead {
 public:
  explicit SourcesRead(const Lowering& l) : l_(l) {}

  void read(ExprId id) {
    if (!id.valid() || !seen_.insert(id).second) return;
    if (const auto it = l_.model.aggregates.find(id); it != l_.model.aggregates.end()) {
      if (it->second.over != sema::AggregateOver::Rows &&
          it->second.over != sema::AggregateOver::Listed) {
        return;
      }
      if (it->second.source.valid()) add(it->second.source);
    }
    const sema::Binding& binding = l_.model.fact(id).binding;
    if (const auto* define = std::get_if<sema::DefineRef>(&binding)) {
      read(l_.model.defines[define->define].body);
    } else if (const auto* expansion = std::get_if<sema::Expansion>(&binding)) {
      read(expansion->body);
      return;
    } else if (const auto* source = std::get_if<sema::SourceRef>(&binding)) {
      add(source->source);
    }
    ast::for_each_child(l_.model.expr(id).node, [&](auto child) {
      if constexpr (std::is_same_v<decltype(child), ExprId>) read(child);
    });
  }

  std::vector<sema::SourceId> sources;

 private:
  void add(sema::SourceId source) {
    if (std::find(sources.begin(), sources.end(), source) == sources.end()) {
      sources.push_back(source);
    }
  }

  const Lowering& l_;
  std::unordered_set<ExprId> seen_;
};

// The month or key of a row; a row that no source of the table holds is of no group.
OpId group_of_row(Lowering& l, sema::TableId table_id, sema::ColumnId key,
                  const std::vector<sema::SourceId>& sources) {
  const sema::Table& table = l.model.tables[table_id];
  OpId held = l.build.boolean(false);
  for (const auto source : sources) {
    if (l.model.sources[source].table != table_id) continue;
    held = l.build.or_(held, source_condition(l, source, {}));
  }
  OpId value;
  if (key.valid()) {
    value = lower_column(l, key, {});
  } else if (table.month_column.valid()) {
    value = lower_column(l, table.month_column, {});
  } else if (table.date_column.valid()) {
    value = l.op(Opcode::month_of, {lower_column(l, table.date_column, {})});
  }
  if (!value) return {};
  // A row that is held but has no month or key cannot be placed: that is a fault, not an omission.
  const OpId placed = l.build.select(l.op(Opcode::is_missing, {value}),
                                     l.build.fault(FaultKind::MissingValue, {}), value);
  return l.build.select(held, placed, l.build.missing());
}

}  // namespace

OpId lower_series(Lowering& l, ExprId id, const ast::Aggregate& a, const Context& context) {
  const sema::AggregateInfo& info = l.model.aggregates.at(id);
  SourcesRead read(l);
  read.read(info.element);
  read.read(a.where);
  if (info.source.valid() && read.sources.empty()) read.sources.push_back(info.source);
  std::vector<program::GroupKey> keys;
  for (const auto source : read.sources) {
    const sema::TableId table = l.model.sources[source].table;
    const auto index = static_cast<std::uint16_t>(table.index - 1);
    const bool known = std::any_of(keys.begin(), keys.end(),
                                   [&](const auto& key) { return key.table == index; });
    const bool has_key = !info.key.valid() || l.model.columns[info.key].table == table;
    if (known || !has_key) continue;
    if (const OpId key = group_of_row(l, table, info.key, read.sources)) {
      keys.push_back({index, key});
    }
  }
  Context inside = context;
  inside.grouping = l.build.grouping(keys);
  const OpId where = a.where.valid() ? lower_expr(l, a.where, inside) : l.build.boolean(true);
  OpId element = info.element.valid() ? lower_expr(l, info.element, inside) : OpId();
  const bool conditions = a.kind == ast::AggregateKind::Any || a.kind == ast::AggregateKind::All;
  if (a.kind == ast::AggregateKind::Count) element = {};
  if (conditions && !element) element = l.build.boolean(true);
  return lower_fold(l, {id, inside, where, element});
}

}  // namespace xize::lower
