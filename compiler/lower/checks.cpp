// Data checks: constraints that need an expression. Ranges that literals state are the reader's.
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

void add_check(Lowering& l, OpId condition, Place place) {
  l.program().checks.push_back({condition, l.origin(place)});
}

// `N : count <= 事项总数`.
void lower_column_checks(Lowering& l, sema::ColumnId id) {
  const sema::Column& column = l.model.columns[id];
  const Context context{column.item};
  for (const sema::ColumnCheck& check : column.checks) {
    Place place;
    place.kind = PlaceKind::Check;
    place.span = check.span;
    place.expr = check.value;
    place.column = id;
    place.node = column.item;
    add_check(l,
              l.op(opcode_of(check.op),
                   {lower_column(l, id, context), lower_expr(l, check.value, context)}),
              place);
  }
}

// An input that only some units have may be blank for the others.
void lower_blank_check(Lowering& l, sema::ColumnId id) {
  const sema::Column& column = l.model.columns[id];
  const bool input = column.origin == sema::ColumnOrigin::Input && column.item.valid();
  if (!input || column.optional || column.default_value.valid()) return;
  const OpId member = member_of(l, column.item);
  if (l.build.is_constant(member, true)) return;
  const OpId blank =
      l.op(Opcode::is_missing, {l.build.unit_column(l.lowered.columns[id.index], {})});
  Place place;
  place.kind = PlaceKind::BlankCell;
  place.span = column.span;
  place.column = id;
  place.node = column.item;
  add_check(l, l.build.not_(l.build.and_(member, blank)), place);
}

// Where a kind is 不涉及, the others are no more than the whole.
OpId lower_partition(Lowering& l, const ast::Partition& partition) {
  const OpId whole = lower_expr(l, partition.whole, {});
  std::vector<OpId> parts;
  OpId some_left_out = l.build.boolean(false);
  for (const ExprId term : partition.terms) {
    const OpId part = lower_expr(l, term, {});
    const OpId left_out = l.op(Opcode::is_na, {part});
    some_left_out = l.build.or_(some_left_out, left_out);
    parts.push_back(l.build.select(left_out, l.zero(), part));
  }
  const OpId sum = l.build.sum(parts);
  const OpId no_more = l.op(Opcode::le, {sum, whole});
  if (partition.op == ast::BinaryOp::Le) return no_more;
  return l.build.select(some_left_out, no_more, l.op(opcode_of(partition.op), {sum, whole}));
}

// `N1 + N2 + N3 = M`, `check "…" C`.
void lower_row_check(Lowering& l, const sema::RowCheck& check) {
  const Context context;
  Place place;
  place.kind = PlaceKind::Check;
  place.entry = check.entry;
  OpId condition;
  if (check.partition == nullptr) {
    condition = lower_expr(l, check.condition, context);
    place.expr = check.condition;
    place.span = l.model.expr(check.condition).span;
  } else {
    condition = lower_partition(l, *check.partition);
    place.expr = check.partition->whole;
  }
  if (check.entry.valid()) place.span = l.model.entry(check.entry).span;
  add_check(l, condition, place);
}

}  // namespace

void lower_checks(Lowering& l) {
  for (std::size_t i = 0; i < l.model.columns.size(); ++i) {
    const sema::ColumnId id(i);
    if (l.lowered.columns[i] == table::kNoColumn) continue;
    lower_column_checks(l, id);
    lower_blank_check(l, id);
  }
  for (const sema::RowCheck& check : l.model.row_checks) lower_row_check(l, check);
}

}  // namespace xize::lower
