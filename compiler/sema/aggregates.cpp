// Aggregates: over the rows of records, over units, over months or keys, over what is listed.

#include "compiler/ast/visit.h"
#include "compiler/diagnostics/kinds/names.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

using ast::Aggregate;
using ast::AggregateKind;

bool over_population(AggregateKind kind) {
  return kind == AggregateKind::Rank || kind == AggregateKind::Percentile ||
         kind == AggregateKind::Share;
}

const ast::NameRef* name_of(const Checker& c, ExprId id) {
  return id.valid() ? std::get_if<ast::NameRef>(&c.node(id)) : nullptr;
}

// The records whose columns an expression reads outside of aggregates of its own.
std::optional<SourceId> source_read(Checker& c, ExprId id, const Place& place) {
  const auto& node = c.node(id);
  if (const auto* member = std::get_if<ast::Member>(&node)) {
    const auto* base = name_of(c, member->base);
    if (base != nullptr) return source_named(c, base->name, place);
  }
  if (const auto* of = std::get_if<ast::RecordOf>(&node))
    return source_named(c, of->records, place);
  if (std::holds_alternative<Aggregate>(node)) return std::nullopt;
  if (const auto it = c.expansions.find(id); it != c.expansions.end()) {
    return source_read(c, it->second, place);
  }
  std::optional<SourceId> found;
  ast::for_each_child(node, [&](auto child) {
    if constexpr (std::is_same_v<decltype(child), ExprId>) {
      if (!found) found = source_read(c, child, place);
    }
  });
  return found;
}

// The records that the aggregates inside an expression run over.
std::optional<SourceId> source_folded(Checker& c, ExprId id, const Place& place) {
  if (!id.valid()) return std::nullopt;
  if (const auto* a = std::get_if<Aggregate>(&c.node(id)); a != nullptr && !a->args.empty()) {
    if (const auto* name = name_of(c, a->args.front())) {
      if (auto source = source_named(c, name->name, place)) return source;
    }
    return source_read(c, a->args.front(), place);
  }
  std::optional<SourceId> found;
  ast::for_each_child(c.node(id), [&](auto child) {
    if constexpr (std::is_same_v<decltype(child), ExprId>) {
      if (!found) found = source_folded(c, child, place);
    }
  });
  return found;
}

// What the aggregate runs over, and its element.
AggregateInfo classify(Checker& c, const Aggregate& a, const Place& place) {
  AggregateInfo info;
  if (!a.args.empty()) info.element = a.args.front();
  const auto* name = name_of(c, info.element);
  const bool units = name != nullptr && name->name.text == c.model.unit_table().name &&
                     !source_named(c, name->name, place);
  if (units && a.kind == AggregateKind::Count) info.element = {};
  if (a.over_units || a.over || over_population(a.kind) ||
      (units && a.kind == AggregateKind::Count)) {
    info.over = AggregateOver::Units;
    return info;
  }
  if (a.by_month || (a.by.valid() && a.kind != AggregateKind::Highest)) {
    info.over = AggregateOver::Series;
    const auto source = source_folded(c, info.element.valid() ? info.element : a.where, place);
    if (source) info.source = *source;
    return info;
  }
  info.over = AggregateOver::Listed;
  if (a.args.size() != 1) return info;
  auto source = name != nullptr ? source_named(c, name->name, place) : std::nullopt;
  if (source) {
    info.element = {};
  } else {
    source = source_read(c, info.element, place);
  }
  if (!source) return info;
  info.over = AggregateOver::Rows;
  info.source = *source;
  return info;
}

// The type of the fold of elements of type `element`.
Type fold_type(Checker& c, const Aggregate& a, const Type& element, Span span) {
  const bool ordered = element.is(Base::Date) || element.is(Base::Month);
  if (a.kind == AggregateKind::Last) return element;
  if (ordered && (a.kind == AggregateKind::Min || a.kind == AggregateKind::Max)) return element;
  if (element.invalid()) return {};
  if (!element.is(Base::Number)) {
    c.report<kinds::ExpectedNumber>(span, type_word(c.model, element));
    return {};
  }
  Type type = element;
  if (a.kind == AggregateKind::Average || a.kind == AggregateKind::Median) type.whole = false;
  return type;
}

void report_tail(Checker& c, ExprId tail, std::string_view word, AggregateKind kind) {
  if (!tail.valid()) return;
  c.report<kinds::TailNotForThis>(c.span(tail), word, aggregate_word(kind));
}

// Tails that only some aggregates have.
void check_tails(Checker& c, const Aggregate& a, const Place& place) {
  if (a.kind != AggregateKind::Sum) report_tail(c, a.best, "best", a.kind);
  if (a.kind != AggregateKind::Average) {
    report_tail(c, a.trim, "trim", a.kind);
    report_tail(c, a.drop_highest.valid() ? a.drop_highest : a.drop_lowest, "drop", a.kind);
  }
  if (a.kind != AggregateKind::Highest) report_tail(c, a.per, "per", a.kind);
  for (const auto tail : {a.best, a.trim, a.drop_highest, a.drop_lowest}) {
    if (tail.valid()) check_number(c, tail, place);
  }
}

Type count_type(Checker& c, std::string_view kind) {
  Type type = number(kind.empty() ? kAnyCount : c.model.dimensions.count_of(kind));
  type.whole = true;
  return type;
}

Type report_no_column(Checker& c, ExprId id, const Aggregate& a, SourceId source) {
  c.report<kinds::AggregateNeedsColumn>(c.span(id), aggregate_word(a.kind),
                                       c.model.sources[source].name);
  return {};
}

// One aggregate on its way: what was written, and what is known of it.
struct Fold {
  ExprId id;
  const Aggregate& written;
  AggregateInfo info;
};

Type highest_type(Checker& c, Fold& fold, const Place& inside) {
  const auto& a = fold.written;
  auto& info = fold.info;
  if (a.by.valid()) info.element = a.by;
  if (!info.element.valid() || !a.per.valid()) return report_no_column(c, fold.id, a, info.source);
  check_expr(c, a.per, inside);
  return fold_type(c, a, check_expr(c, info.element, inside), c.span(info.element));
}

// Over the rows of records.
Type check_rows(Checker& c, Fold& fold, const Place& place) {
  const auto& a = fold.written;
  auto& info = fold.info;
  const Place inside = row_place(c, info.source, place);
  if (!info.element.valid()) check_expr(c, a.args.front(), place);
  check_condition(c, a.where, inside);
  const auto table = c.model.sources[info.source].table;
  const auto kind = table.valid() ? c.model.tables[table].name : std::string();
  switch (a.kind) {
    case AggregateKind::Count:
      if (info.element.valid()) check_condition(c, info.element, inside);
      return count_type(c, kind);
    case AggregateKind::Any:
    case AggregateKind::All:
      if (info.element.valid()) check_condition(c, info.element, inside);
      return simple(Base::Bool);
    case AggregateKind::Highest: return highest_type(c, fold, inside);
    default: break;
  }
  if (!info.element.valid()) return report_no_column(c, fold.id, a, info.source);
  const Type element = check_expr(c, info.element, inside);
  if (const auto* of = std::get_if<ast::RecordOf>(&c.node(info.element))) {
    info.element = of->element;
  }
  if (a.kind == AggregateKind::Distinct) return count_type(c, "");
  return fold_type(c, a, element, c.span(info.element));
}

// Over the units of the rubric or of a group.
Type check_units(Checker& c, AggregateInfo& info, const Aggregate& a, const Place& place) {
  if (a.over) info.group = build_group(c, *a.over, place);
  check_condition(c, a.where, place);
  for (const auto id : a.tie_breaks) check_number(c, id, place);
  if (a.kind == AggregateKind::Count) return count_type(c, "");
  if (a.kind == AggregateKind::Any || a.kind == AggregateKind::All) {
    check_condition(c, info.element, place);
    return simple(Base::Bool);
  }
  const Type element = check_expr(c, info.element, place);
  if (!info.element.valid()) return {};
  const Type folded = fold_type(c, a, element, c.span(info.element));
  if (folded.invalid()) return {};
  Type place_type = number(kPure);
  place_type.whole = true;
  switch (a.kind) {
    case AggregateKind::Rank: return place_type;
    case AggregateKind::Percentile:
    case AggregateKind::Share: return number(kPure, Flavour::Ratio);
    case AggregateKind::Distinct: return count_type(c, "");
    default: return folded;
  }
}

// Over months, or over the values of a key.
Type check_series(Checker& c, AggregateInfo& info, const Aggregate& a, const Place& place) {
  if (a.by.valid() && info.source.valid()) {
    check_expr(c, a.by, row_place(c, info.source, place));
    if (const auto* key = std::get_if<ColumnRef>(&c.fact(a.by).binding)) info.key = key->column;
  } else if (a.by.valid()) {
    c.report<kinds::NotRecords>(c.span(info.element.valid() ? info.element : a.by),
                               aggregate_word(a.kind),
                               type_word(c.model, check_expr(c, info.element, place)));
    return {};
  }
  check_condition(c, a.where, place);
  if (a.kind == AggregateKind::Count) {
    if (info.element.valid()) check_expr(c, info.element, place);
    return count_type(c, "");
  }
  if (a.kind == AggregateKind::Any || a.kind == AggregateKind::All) {
    check_condition(c, info.element, place);
    return simple(Base::Bool);
  }
  const Type element = check_expr(c, info.element, place);
  return info.element.valid() ? fold_type(c, a, element, c.span(info.element)) : Type{};
}

// any(A, B): each a yes or no, a count that may be 0, or records that may be none.
void check_existing(Checker& c, ExprId id, const Place& place) {
  const Type type = check_expr(c, id, place);
  const bool fits =
      type.invalid() || type.is(Base::Bool) || type.is(Base::Number) || type.is(Base::Records);
  if (!fits) c.report<kinds::ExpectedCondition>(c.span(id), type_word(c.model, type));
}

Type check_listed(Checker& c, ExprId id, const Aggregate& a, const Place& place) {
  if (a.kind == AggregateKind::Any || a.kind == AggregateKind::All) {
    for (const auto arg : a.args) check_existing(c, arg, place);
    check_condition(c, a.where, place);
    return simple(Base::Bool);
  }
  const bool lists = a.kind == AggregateKind::Sum || a.kind == AggregateKind::Average ||
                     a.kind == AggregateKind::Min || a.kind == AggregateKind::Max ||
                     a.kind == AggregateKind::Median;
  if (lists && a.args.size() > 1 && !a.where.valid()) {
    return fold_type(c, a, check_common(c, a.args, place, nullptr), c.span(id));
  }
  Type found;
  for (const auto arg : a.args) found = check_expr(c, arg, place);
  if (!found.invalid()) {
    c.report<kinds::NotRecords>(c.span(id), aggregate_word(a.kind), type_word(c.model, found));
  }
  return {};
}

}  // namespace

Type check_aggregate(Checker& c, ExprId id, const Aggregate& a, const Place& place) {
  Place outside = place;
  outside.row = {};
  outside.row_unknown = false;
  Fold fold{id, a, classify(c, a, outside)};
  auto& info = fold.info;
  Type type;
  switch (info.over) {
    case AggregateOver::Rows: type = check_rows(c, fold, outside); break;
    case AggregateOver::Units: type = check_units(c, info, a, outside); break;
    case AggregateOver::Series: type = check_series(c, info, a, outside); break;
    case AggregateOver::Listed: type = check_listed(c, id, a, place); break;
  }
  check_tails(c, a, outside);
  if (a.default_value.valid() && type.is(Base::Number)) {
    const Type other = check_expr(c, a.default_value, outside);
    type = merge(c, type, other, c.span(a.default_value));
  } else if (a.default_value.valid()) {
    check_expr(c, a.default_value, outside);
  }
  if (info.over != AggregateOver::Listed) c.row_seen = {};
  c.model.aggregates[id] = info;
  return type;
}

Type check_in_top(Checker& c, ExprId id, const ast::InTop& top, const Place& place) {
  if (!place.row.valid()) {
    if (!place.row_unknown) c.report<kinds::NoRowsInTop>(c.span(id));
    return simple(Base::Bool);
  }
  Place outside = place;
  outside.row = {};
  const Type key = check_expr(c, top.operand, place);
  check_number(c, top.count, outside);
  if (top.by.valid()) check_number(c, top.by, place);
  const auto& values = c.scopes[c.table_scopes[place.row.index]].values;
  const auto it = values.find(top.key.text);
  if (it == values.end()) {
    c.report<kinds::UnknownMember>(top.key.span, top.key.text, c.model.tables[place.row].name);
    return simple(Base::Bool);
  }
  const auto column = std::get<ColumnId>(it->second.target);
  c.fact(id).binding = ColumnRef{column};
  see_row(c, place.row);
  const Type type = column_type(c, column);
  if (!key.invalid() && !type.invalid() && !unify(c.model.dimensions, key, type)) {
    c.report<kinds::KindsDoNotCompare>(c.span(top.operand), type_word(c.model, key),
                                      type_word(c.model, type));
  }
  return simple(Base::Bool);
}

}  // namespace xize::sema
