// Aggregates over records, and over what is listed.
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

using ast::Aggregate;
using ast::AggregateKind;

std::uint16_t table_index(const Lowering& l, sema::SourceId source) {
  return static_cast<std::uint16_t>(l.model.sources[source].table.index - 1);
}

// A number is taken as "some": a count that is not 0.
OpId as_condition(Lowering& l, ExprId id, const Context& context) {
  const OpId x = lower_expr(l, id, context);
  if (l.model.type(id).is(sema::Base::Number)) return l.op(Opcode::gt, {x, l.zero()});
  return x;
}

OpId lower_conditions(Lowering& l, const Aggregate& a, const Context& context) {
  const bool any = a.kind == AggregateKind::Any;
  OpId result = l.build.boolean(!any);
  for (const ExprId arg : a.args) {
    const OpId c = as_condition(l, arg, context);
    result = any ? l.build.or_(result, c) : l.build.and_(result, c);
  }
  if (!a.where.valid()) return result;
  const OpId where = lower_expr(l, a.where, context);
  return any ? l.build.and_(where, result) : l.build.or_(l.build.not_(where), result);
}

// The median of listed values: of n sorted values the sum of the k best is known, so the k-th is a
// difference of two such sums.
OpId lower_median(Lowering& l, const std::vector<OpId>& values, Origin origin) {
  const auto n = static_cast<std::int64_t>(values.size());
  const auto best = [&](std::int64_t k) {
    std::vector<OpId> operands = {l.number(k)};
    operands.insert(operands.end(), values.begin(), values.end());
    return l.op(Opcode::sum_best, operands, origin);
  };
  const std::int64_t low = (n - 1) / 2;
  const std::int64_t high = n / 2 + 1;
  const OpId middle = l.op(Opcode::sub, {best(high), best(low)});
  return l.op(Opcode::div, {middle, l.number(high - low)}, origin);
}

// sum(a, b, c best 2), max(a, b), any(A, B).
OpId lower_listed(Lowering& l, ExprId id, const Aggregate& a, const Context& context) {
  const Origin origin = l.origin(id, context);
  if (a.kind == AggregateKind::Any || a.kind == AggregateKind::All) {
    return lower_conditions(l, a, context);
  }
  std::vector<OpId> values;
  for (const ExprId arg : a.args) values.push_back(lower_expr(l, arg, context));
  switch (a.kind) {
    case AggregateKind::Min: return l.op(Opcode::min, values, origin);
    case AggregateKind::Max: return l.op(Opcode::max, values, origin);
    case AggregateKind::Median: return lower_median(l, values, origin);
    case AggregateKind::Average:
      return l.op(Opcode::div,
                  {l.build.sum(values), l.number(static_cast<std::int64_t>(values.size()))},
                  origin);
    default: break;
  }
  if (!a.best.valid()) return l.build.sum(values);
  values.insert(values.begin(), lower_expr(l, a.best, context));
  return l.op(Opcode::sum_best, values, origin);
}

// Rows of the sources that the aggregates of this room know.
Context row_context(const Context& outside, sema::SourceId source) {
  Context rows = outside;
  rows.source = source;
  return rows;
}

Opcode plain_fold(AggregateKind kind) {
  switch (kind) {
    case AggregateKind::Average: return Opcode::fold_average;
    case AggregateKind::Min: return Opcode::fold_min;
    case AggregateKind::Max: return Opcode::fold_max;
    case AggregateKind::Median: return Opcode::fold_median;
    case AggregateKind::Distinct: return Opcode::fold_distinct;
    case AggregateKind::Any: return Opcode::fold_any;
    case AggregateKind::All: return Opcode::fold_all;
    default: return Opcode::fold_sum;
  }
}

// `last`: the row of the latest date, else month; of a table without either, the last in order.
OpId latest(Lowering& l, const Context& rows) {
  const sema::Table& table = l.model.tables[l.model.sources[rows.source].table];
  if (table.date_column.valid()) return lower_column(l, table.date_column, rows);
  if (table.month_column.valid()) return lower_column(l, table.month_column, rows);
  return l.zero();
}

OpId lower_rows(Lowering& l, ExprId id, const Context& context) {
  const auto& a = std::get<Aggregate>(l.model.expr(id).node);
  const sema::AggregateInfo& info = l.model.aggregates.at(id);
  const Context rows = row_context(context, info.source);
  OpId where = source_condition(l, info.source, rows);
  OpId element = info.element.valid() ? lower_expr(l, info.element, rows) : OpId();
  if (a.kind == AggregateKind::All && !element) {  // all(R where C): C is what must hold
    element = a.where.valid() ? lower_expr(l, a.where, rows) : l.build.boolean(true);
  } else if (a.where.valid()) {
    where = l.build.and_(where, lower_expr(l, a.where, rows));
  }
  if (a.kind == AggregateKind::Count && element) {  // count(R.flag): the rows where it holds
    where = l.build.and_(where, element);
    element = {};
  }
  if (a.kind == AggregateKind::Any && !element) element = l.build.boolean(true);
  return lower_fold(l, {id, rows, where, element, table_index(l, info.source)});
}

bool may_be_empty(AggregateKind kind) {
  return kind == AggregateKind::Average || kind == AggregateKind::Min ||
         kind == AggregateKind::Max || kind == AggregateKind::Median ||
         kind == AggregateKind::Last;
}

}  // namespace

OpId source_condition(Lowering& l, sema::SourceId id, const Context& context) {
  const sema::Source& source = l.model.sources[id];
  // A filter chooses among the rows of its base: `in top 10` counts those.
  const Context rows = row_context(context, source.base.valid() ? source.base : id);
  OpId where = l.build.boolean(true);
  if (source.base.valid()) {
    where = source_condition(l, source.base, context);
  } else if (l.model.cutoff.valid()) {  // `cutoff D` drops later records
    const sema::Table& table = l.model.tables[source.table];
    const ExprId date = l.model.entry_as<ast::Cutoff>(l.model.cutoff).date;
    const sema::ColumnId dated = dated_by(table);
    if (dated.valid() && date.valid()) {
      OpId last = lower_expr(l, date, {});
      if (!table.date_column.valid()) last = l.op(Opcode::month_of, {last});
      where = l.op(Opcode::le, {lower_column(l, dated, rows), last});
    }
  }
  if (!source.where.valid()) return where;
  return l.build.and_(where, lower_expr(l, source.where, rows));
}

OpId rows_where(Lowering& l, sema::SourceId source, ExprId where, const Context& context) {
  const OpId rows = source_condition(l, source, context);
  if (!where.valid()) return rows;
  return l.build.and_(rows, lower_expr(l, where, row_context(context, source)));
}

OpId lower_fold(Lowering& l, const FoldOf& of) {
  const auto& a = std::get<Aggregate>(l.model.expr(of.id).node);
  const bool over_groups = of.table == program::kNoTable;
  const Origin origin = l.origin(of.id, of.rows);
  const auto fold = [&](Opcode code, std::vector<OpId> operands) {
    if (over_groups) return l.build.group_fold(code, of.rows.grouping, operands, origin);
    return l.build.fold(code, {of.table, of.rows.grouping}, std::move(operands), origin);
  };
  Context unit{of.rows.node, of.rows.raw};  // numbers of the tails belong to the unit
  const auto tail = [&](ExprId e) { return e.valid() ? lower_expr(l, e, unit) : l.zero(); };
  OpId result;
  if (a.kind == AggregateKind::Count) {
    result = fold(Opcode::fold_count, {of.where});
  } else if (a.kind == AggregateKind::Highest) {
    result = fold(Opcode::fold_highest, {of.where, of.element, lower_expr(l, a.per, of.rows)});
  } else if (a.kind == AggregateKind::Last) {
    const OpId when = over_groups ? l.build.group_key(of.rows.grouping) : latest(l, of.rows);
    result = fold(Opcode::fold_last, {of.where, of.element, when});
  } else if (a.kind == AggregateKind::Sum && a.best.valid()) {
    result = fold(Opcode::fold_best_sum, {of.where, of.element, tail(a.best)});
  } else if (a.trim.valid()) {
    result = fold(Opcode::fold_trim_share, {of.where, of.element, tail(a.trim)});
  } else if (a.drop_highest.valid() || a.drop_lowest.valid()) {
    result = fold(Opcode::fold_trim,
                  {of.where, of.element, tail(a.drop_highest), tail(a.drop_lowest)});
  } else {
    result = fold(plain_fold(a.kind), {of.where, of.element});
  }
  if (!a.default_value.valid() || !may_be_empty(a.kind)) return result;
  const OpId count = fold(Opcode::fold_count, {of.where});
  OpId left = count;  // behind what the tails drop
  if (a.trim.valid()) {
    const OpId each = l.op(Opcode::floor, {l.mul(count, tail(a.trim))});
    left = l.op(Opcode::sub, {count, l.mul(l.number(2), each)});
  } else if (a.drop_highest.valid() || a.drop_lowest.valid()) {
    left = l.op(Opcode::sub, {count, l.add(tail(a.drop_highest), tail(a.drop_lowest))});
  }
  const OpId some = l.op(Opcode::gt, {left, l.zero()});
  if (!over_groups) unit.grouping = of.rows.grouping;
  return l.build.select(some, result, lower_expr(l, a.default_value, unit));
}

OpId lower_in_top(Lowering& l, ExprId id, const ast::InTop& top, const Context& context) {
  const auto column = std::get<sema::ColumnRef>(l.model.fact(id).binding).column;
  const auto table = static_cast<std::uint16_t>(l.model.columns[column].table.index - 1);
  const OpId where = context.source.valid() ? source_condition(l, context.source, context)
                                            : l.build.boolean(true);
  const Context unit{context.node, context.raw};
  const OpId measure = top.by.valid() ? lower_expr(l, top.by, context) : l.number(1);
  const OpId keys = l.build.fold(
      Opcode::fold_top_keys, table,
      {where, lower_column(l, column, context), measure, lower_expr(l, top.count, unit)},
      l.origin(id, context));
  return l.op(Opcode::row_in_keys, {lower_expr(l, top.operand, context), keys});
}

OpId lower_aggregate(Lowering& l, ExprId id, const Context& context) {
  const auto& a = std::get<Aggregate>(l.model.expr(id).node);
  const sema::AggregateInfo& info = l.model.aggregates.at(id);
  Context outside = context;
  outside.source = {};
  switch (info.over) {
    case sema::AggregateOver::Rows: return lower_rows(l, id, outside);
    case sema::AggregateOver::Units: return lower_population(l, id, a, outside);
    case sema::AggregateOver::Series: return lower_series(l, id, a, outside);
    case sema::AggregateOver::Listed: break;
  }
  return lower_listed(l, id, a, context);
}

}  // namespace xize::lower
