// Columns: their types from what they are declared as, their constraints from what stands behind.

#include <algorithm>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/names.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/sema/collect.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

using ast::TypeKind;

struct Typed {
  TypeKind kind = TypeKind::Invalid;
  Type type;
  value::Rational factor = 1;
  std::string of;
};

Typed named_type(Checker& c, const ast::Name& name);

Typed counted(Checker& c, const ast::Type& syntax) {
  Typed typed;
  typed.of = syntax.of.text;
  typed.type = number(typed.of.empty() ? kAnyCount : c.model.dimensions.count_of(typed.of));
  typed.type.whole = true;
  return typed;
}

Typed measured(Checker& c, const ast::Type& syntax) {
  Typed typed;
  typed.of = syntax.of.text;
  if (typed.of.empty()) {
    typed.type = number(kPure);
    return typed;
  }
  typed.type = number(unit_dimension(c.model.dimensions, typed.of));
  typed.factor = unit_factor(typed.of);
  typed.type.scaled = typed.factor != value::Rational(1);
  return typed;
}

Typed plain(Base base) {
  Typed typed;
  typed.type = simple(base);
  return typed;
}

Typed duration(DimensionId dimension, std::int64_t factor) {
  Typed typed;
  typed.type = number(dimension);
  typed.factor = factor;
  typed.type.scaled = factor != 1;
  return typed;
}

Typed chosen(Checker& c, const ast::Type& syntax, std::string_view name) {
  std::vector<std::string> labels;
  for (const auto& label : syntax.labels) {
    if (std::ranges::find(labels, label.text) != labels.end()) {
      c.report<kinds::DuplicateName>(label.span, label.text);
      continue;
    }
    labels.push_back(label.text);
  }
  Typed typed = plain(Base::Choice);
  typed.type.choice = intern_choice(c, name, labels);
  return typed;
}

Typed resolve_type(Checker& c, const ast::Type& syntax, std::string_view name) {
  Typed typed;
  switch (syntax.kind) {
    case TypeKind::Count: typed = counted(c, syntax); break;
    case TypeKind::Number: typed = measured(c, syntax); break;
    case TypeKind::Ratio: typed.type = number(kPure, Flavour::Ratio); break;
    case TypeKind::Points: typed.type = number(kPoints); break;
    case TypeKind::Days: typed = duration(kDays, 1); break;
    case TypeKind::Workdays: typed = duration(kWorkdays, 1); break;
    case TypeKind::Hours: typed = duration(kMinutes, 60); break;
    case TypeKind::Minutes: typed = duration(kMinutes, 1); break;
    case TypeKind::Money: typed = duration(kMoney, 1); break;
    case TypeKind::Date: typed = plain(Base::Date); break;
    case TypeKind::Month: typed = plain(Base::Month); break;
    case TypeKind::Bool: typed = plain(Base::Bool); break;
    case TypeKind::Text: typed = plain(Base::Text); break;
    case TypeKind::Unit: typed = plain(Base::Unit); break;
    case TypeKind::Choice: typed = chosen(c, syntax, name); break;
    case TypeKind::Named: return named_type(c, syntax.of);
    case TypeKind::Invalid: return typed;
  }
  typed.kind = syntax.kind;
  return typed;
}

Typed named_type(Checker& c, const ast::Name& name) {
  const auto it = c.types.find(name.text);
  if (it == c.types.end()) {
    if (lacks_import(c)) return {};
    std::vector<std::string> known;
    for (const auto& [text, entry] : c.types) known.emplace_back(text);
    std::ranges::sort(known);
    c.report<kinds::UnknownType>(name.span, name.text)
        .suggest(diagnostics::did_you_mean(name.text, known));
    return {};
  }
  auto& progress = c.type_progress[it->second];
  const auto& decl = c.entry<ast::TypeDecl>(it->second);
  if (progress == Progress::Running) {
    c.report<kinds::DependsOnItself>(decl.name.span, decl.name.text,
                                    diagnostics::List{{decl.name.text, decl.name.text}});
    return {};
  }
  progress = Progress::Running;
  Typed typed = resolve_type(c, decl.type, decl.name.text);
  c.type_progress[it->second] = Progress::Done;
  return typed;
}

void fill_type(Column& column, const Typed& typed) {
  column.kind = typed.kind;
  column.type = typed.type;
  column.factor = typed.factor;
  column.measure_name = typed.of;
}

Column& pending_target(Checker& c, const PendingColumn& pending) {
  return pending.parameter.valid() ? c.model.parameters[pending.parameter].column
                                   : c.model.columns[pending.column];
}

// ---- constraints ----------------------------------------------------------------------------

Place column_place(const Checker& c, const PendingColumn& pending) {
  Place place;
  place.scope = pending.scope;
  if (pending.parameter.valid()) return place;
  const auto& column = c.model.columns[pending.column];
  place.node = column.item;
  if (column.table != kUnitTable) {
    place.row = column.table;
    place.scope = c.global;
  }
  return place;
}

std::optional<Bound> constant_bound(Checker& c, ExprId id, bool closed) {
  Bound bound;
  bound.closed = closed;
  bound.span = c.span(id);
  if (const auto* date = std::get_if<ast::DateLit>(&c.node(id))) {
    bound.date = date->date;
    return bound;
  }
  if (const auto* month = std::get_if<ast::MonthLit>(&c.node(id))) {
    bound.month = month->month;
    return bound;
  }
  const auto value = constant_value(c.model, id);
  if (!value) return std::nullopt;
  bound.number = *value;
  return bound;
}

bool tighter(const Bound& a, const Bound& b, bool low) {
  if (a.number != b.number) return low ? a.number > b.number : a.number < b.number;
  if (a.date != b.date) return low ? a.date > b.date : a.date < b.date;
  if (a.month != b.month) return low ? a.month > b.month : a.month < b.month;
  return !a.closed;
}

void narrow(std::optional<Bound>& end, const Bound& bound, bool low) {
  if (!end || tighter(bound, *end, low)) end = bound;
}

// `op` a literal narrows the range; anything else is kept as a check.
void add_comparison(Checker& c, Column& column, ast::BinaryOp op, ExprId value) {
  using ast::BinaryOp;
  const auto bound =
      constant_bound(c, value, op == BinaryOp::Le || op == BinaryOp::Ge || op == BinaryOp::Eq);
  if (!bound || op == BinaryOp::Ne) {
    column.checks.push_back({op, value, c.span(value)});
    return;
  }
  if (op == BinaryOp::Ge || op == BinaryOp::Gt || op == BinaryOp::Eq) {
    narrow(column.range.low, *bound, true);
  }
  if (op == BinaryOp::Le || op == BinaryOp::Lt || op == BinaryOp::Eq) {
    narrow(column.range.high, *bound, false);
  }
}

void add_interval(Checker& c, Column& column, const ast::Interval& interval, const Place& place) {
  using ast::BinaryOp;
  check_interval(c, interval, column.type, place);
  if (interval.low.valid()) {
    add_comparison(c, column, interval.low_closed ? BinaryOp::Ge : BinaryOp::Gt, interval.low);
  }
  if (interval.high.valid()) {
    add_comparison(c, column, interval.high_closed ? BinaryOp::Le : BinaryOp::Lt, interval.high);
  }
}

void add_step(Checker& c, Column& column, ExprId id, const Place& place) {
  check_fits(c, id, place, column.type);
  const auto step = constant_value(c.model, id);
  if (!step) {
    c.report<kinds::NotConstant>(c.span(id), Term{"the step", "精度"});
  } else if (step->sign() <= 0) {
    c.report<kinds::NegativePoints>(c.span(id), Term{"the step", "精度"});
  } else {
    column.step = *step;
  }
}

void add_default(Checker& c, Column& column, ExprId id, const Place& place) {
  const Type type = check_expr(c, id, place, &column.type);
  const bool state = type.is(Base::NotApplicable);
  if (!state) check_fits(c, id, place, column.type);
  column.default_value = id;
}

void add_constraint(Checker& c, Column& column, const ast::Constraint& constraint,
                    const Place& place) {
  using ast::ConstraintKind;
  switch (constraint.kind) {
    case ConstraintKind::Compare: {
      const bool equal = constraint.op == ast::BinaryOp::Eq || constraint.op == ast::BinaryOp::Ne;
      (equal ? check_equal : check_bound)(c, constraint.value, column.type, place);
      add_comparison(c, column, constraint.op, constraint.value);
      break;
    }
    case ConstraintKind::Within: add_interval(c, column, constraint.interval, place); break;
    case ConstraintKind::Key: column.key = true; break;
    case ConstraintKind::Optional: column.optional = true; break;
    case ConstraintKind::Default: add_default(c, column, constraint.value, place); break;
    case ConstraintKind::Step: add_step(c, column, constraint.value, place); break;
    case ConstraintKind::NotApplicableAs: column.not_applicable = constraint.spellings; break;
    case ConstraintKind::Check:
      check_condition(c, constraint.value, place);
      c.model.row_checks.push_back(
          {column.table, constraint.spellings.empty() ? "" : constraint.spellings.front(),
           constraint.value, nullptr, {}});
      break;
  }
}

void check_range(Checker& c, const Column& column) {
  const auto& [low, high] = column.range;
  if (!low || !high || !column.type.is(Base::Number)) return;
  const bool empty = low->number > high->number ||
                     (low->number == high->number && !(low->closed && high->closed));
  if (!empty) return;
  c.report<kinds::RangeReversed>(source::join(low->span, high->span), low->number, high->number);
}

// ---- rows -----------------------------------------------------------------------------------

void check_partition(Checker& c, const PendingEntry& pending, const Place& place) {
  const auto& partition = c.entry<ast::Partition>(pending.entry);
  Type common = check_common(c, partition.terms, place, nullptr);
  const Type whole = check_expr(c, partition.whole, place);
  if (!common.invalid() && !whole.invalid() && !unify(c.model.dimensions, common, whole)) {
    c.report<kinds::KindsDoNotCompare>(c.entry_span(pending.entry), type_word(c.model, common),
                                      type_word(c.model, whole));
  }
  c.model.row_checks.push_back({pending.table, "", {}, &partition, pending.entry});
}

void check_row(Checker& c, const PendingEntry& pending) {
  Place place;
  place.scope = pending.scope;
  place.node = pending.node;
  if (pending.table != kUnitTable) {
    place.row = pending.table;
    place.scope = c.global;
  }
  const auto& node = c.module.entries[pending.entry].node;
  if (std::holds_alternative<ast::Partition>(node)) {
    check_partition(c, pending, place);
  } else if (const auto* check = std::get_if<ast::Check>(&node)) {
    check_condition(c, check->condition, place);
    c.model.row_checks.push_back(
        {pending.table, check->text, check->condition, nullptr, pending.entry});
  } else if (!std::holds_alternative<ast::InvalidEntry>(node) &&
             !std::holds_alternative<ast::Quote>(node) &&
             !std::holds_alternative<ast::Assume>(node)) {
    c.report<kinds::WrongPlace>(c.entry_span(pending.entry), entry_word(node),
                               Term{"a table", "数据表、台账"},
                               Term{"where it belongs", "它所属的地方"});
  }
}

void complete_table(Checker& c, TableId id) {
  auto& table = c.model.tables[id];
  for (const auto column_id : table.columns) {
    const auto& column = c.model.columns[column_id];
    if (column.origin == ColumnOrigin::Input) continue;
    if (column.type.is(Base::Unit) && !table.unit_column.valid()) table.unit_column = column_id;
    if (column.type.is(Base::Date) && !table.date_column.valid()) table.date_column = column_id;
    if (column.type.is(Base::Month) && !table.month_column.valid()) table.month_column = column_id;
  }
  if (table.unit_column.valid()) return;
  if (table.entry.valid()) {
    const auto& name = c.entry<ast::Table>(table.entry).name;
    if (id == kUnitTable) {
      c.report<kinds::TableWithoutUnit>(name.span, name.text);
    } else {
      c.report<kinds::RecordsWithoutUnit>(name.span, name.text);
    }
  }
  Column column;
  column.name = c.chinese() ? "单位" : "unit";
  column.qualified = column.name;
  column.table = id;
  column.origin = ColumnOrigin::Implied;
  column.kind = TypeKind::Unit;
  column.type = simple(Base::Unit);
  table.unit_column = c.model.columns.add(std::move(column));
  c.computed_progress.push_back(Progress::Done);
  c.model.tables[id].columns.insert(c.model.tables[id].columns.begin(), table.unit_column);
}

}  // namespace

void type_columns(Checker& c) {
  for (const auto id : c.module.top) {  // labels of types that no column has are known too
    if (const auto* type = std::get_if<ast::TypeDecl>(&c.module.entries[id].node)) {
      named_type(c, type->name);
    }
  }
  for (const auto& pending : c.pending_columns) {
    const auto& syntax = column_syntax(c, pending.entry);
    if (!syntax.type) continue;
    fill_type(pending_target(c, pending), resolve_type(c, *syntax.type, ""));
  }
}

void complete_tables(Checker& c) {
  for (std::size_t i = 0; i < c.model.tables.size(); ++i) complete_table(c, TableId(i));
}

void check_constraints(Checker& c) {
  for (const auto& pending : c.pending_columns) {
    const auto place = column_place(c, pending);
    const auto& syntax = column_syntax(c, pending.entry);
    if (pending.column.valid() && syntax.computed.valid()) column_type(c, pending.column);
    Column column = pending_target(c, pending);
    for (const auto& constraint : syntax.constraints) add_constraint(c, column, constraint, place);
    check_range(c, column);
    pending_target(c, pending) = std::move(column);
  }
  for (const auto& pending : c.pending_checks) check_row(c, pending);
}

}  // namespace xize::sema
