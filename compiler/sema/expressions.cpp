#include "compiler/sema/expressions.h"

#include "compiler/diagnostics/kinds/names.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

using ast::BinaryOp;

// An argument that reads rows, used again in a function where other rows or none are at hand.
void check_row_at_hand(Checker& c, ExprId id, const Place& place) {
  const TableId read = c.fact(id).row;
  if (!read.valid() || read == place.row || read == place.arguments_row) return;
  const auto& name = c.model.tables[read].name;
  if (place.row.valid()) {
    c.report<kinds::RowsOfTwoRecords>(c.span(id), name, c.model.tables[place.row].name);
    return;
  }
  const auto* column = std::get_if<ColumnRef>(&c.fact(id).binding);
  c.report<kinds::ColumnOfManyRows>(
      c.span(id), column != nullptr ? c.model.columns[column->column].name : name, name);
}

bool is_name(const Checker& c, ExprId id) {
  return std::holds_alternative<ast::NameRef>(c.node(id));
}

// Reports that a number was needed.
Type not_a_number(Checker& c, ExprId id, const Type& type) {
  if (!type.invalid()) c.report<kinds::ExpectedNumber>(c.span(id), type_word(c.model, type));
  return {};
}

bool is_duration(const Type& type) {
  return type.is(Base::Number) &&
         (type.dimension == kDays || type.dimension == kMonths || type.dimension == kWorkdays);
}

// Date and month arithmetic; empty if no date is involved.
std::optional<Type> check_date_sum(Checker& c, const ast::Binary& b, const Type& l, const Type& r) {
  const bool left_date = l.is(Base::Date) || l.is(Base::Month);
  const bool right_date = r.is(Base::Date) || r.is(Base::Month);
  if (!left_date && !right_date) return std::nullopt;
  const Span span = source::join(c.span(b.left), c.span(b.right));
  if (left_date && right_date) {
    c.report<kinds::DateDifference>(span);
    return Type{};
  }
  const Type& date = left_date ? l : r;
  const Type& step = left_date ? r : l;
  const bool subtracts_date = right_date && b.op == BinaryOp::Sub;
  const bool fits = is_duration(step) && step.dimension != kWorkdays &&
                    (date.is(Base::Date) || step.dimension == kMonths) && !subtracts_date;
  if (fits) return date;
  if (!step.invalid()) c.report<kinds::DateArithmetic>(span, type_word(c.model, step));
  return step.invalid() ? date : Type{};
}

Type check_sum(Checker& c, const ast::Binary& b, const Place& place) {
  const Type l = check_expr(c, b.left, place);
  const Type r = check_expr(c, b.right, place);
  if (auto date = check_date_sum(c, b, l, r)) return *date;
  if (l.invalid() || r.invalid()) {
    if (!l.invalid() && !l.is(Base::Number)) not_a_number(c, b.left, l);
    if (!r.invalid() && !r.is(Base::Number)) not_a_number(c, b.right, r);
    return {};
  }
  if (!l.is(Base::Number)) return not_a_number(c, b.left, l);
  if (!r.is(Base::Number)) return not_a_number(c, b.right, r);
  check_unit_said(c, b.left, l, r);
  check_unit_said(c, b.right, r, l);
  if (auto common = unify(c.model.dimensions, l, r)) return *common;
  c.report<kinds::KindsDoNotMix>(source::join(c.span(b.left), c.span(b.right)),
                                type_word(c.model, l), type_word(c.model, r));
  return {};
}

Type check_product(Checker& c, const ast::Binary& b, const Place& place) {
  const Type l = check_number(c, b.left, place);
  const Type r = check_number(c, b.right, place);
  if (l.invalid() || r.invalid()) return {};
  auto& dimensions = c.model.dimensions;
  return b.op == BinaryOp::Mul ? multiply(dimensions, l, r) : divide(dimensions, l, r);
}

Type check_binary(Checker& c, const ast::Binary& b, const Place& place) {
  switch (b.op) {
    case BinaryOp::Add:
    case BinaryOp::Sub: return check_sum(c, b, place);
    case BinaryOp::Mul:
    case BinaryOp::Div: return check_product(c, b, place);
    case BinaryOp::And:
    case BinaryOp::Or:
      check_condition(c, b.left, place);
      check_condition(c, b.right, place);
      return simple(Base::Bool);
    default: return check_compared(c, b, place);
  }
}

Type check_unary(Checker& c, const ast::Unary& u, const Place& place) {
  if (u.op == ast::UnaryOp::Negate) return check_number(c, u.operand, place);
  check_condition(c, u.operand, place);
  return simple(Base::Bool);
}

Type check_string(Checker& c, ExprId id, const ast::StringLit& text, const Type* expected) {
  if (expected == nullptr) return simple(Base::Text);
  if (expected->is(Base::Unit)) {
    c.fact(id).binding = UnitRef{unit_named(c, text.text)};
    return *expected;
  }
  if (!expected->is(Base::Choice) && !expected->is(Base::Grade)) return simple(Base::Text);
  const auto& choice = c.model.choices[expected->choice];
  const auto index = label_index(choice, text.text);
  if (!index) {
    c.report<kinds::UnknownLabel>(c.span(id), text.text, diagnostics::List{choice.labels});
    return {};
  }
  if (expected->is(Base::Grade)) {
    c.fact(id).binding = GradeLabel{expected->choice, *index};
  } else {
    c.fact(id).binding = ChoiceLabel{expected->choice, *index};
  }
  return *expected;
}

// Members of a set: values of the operand's type, or groups where it is a unit.
Type check_set(Checker& c, const ast::InSet& set, const Place& place) {
  Place inside = place;
  inside.bare_text = true;
  const Type type = check_expr(c, set.operand, place);
  for (const auto member : set.members) {
    const Type t = check_expr(c, member, inside, &type);
    if (t.is(Base::Group) && type.is(Base::Unit)) continue;
    if (t.invalid() || type.invalid()) continue;
    check_unit_said(c, member, t, type);
    if (t.is(Base::Group) || !unify(c.model.dimensions, type, t)) {
      c.report<kinds::KindsDoNotCompare>(c.span(member), type_word(c.model, type),
                                        type_word(c.model, t));
    }
  }
  return simple(Base::Bool);
}

Type check_if(Checker& c, const ast::If& e, const Place& place, const Type* expected) {
  check_condition(c, e.condition, place);
  std::vector<ExprId> values;  // a branch may be 不涉及: there is no value then
  for (const ExprId branch : {e.then, e.otherwise}) {
    if (!check_expr(c, branch, place, expected).is(Base::NotApplicable)) values.push_back(branch);
  }
  if (values.empty()) return simple(Base::NotApplicable);
  return check_common(c, values, place, expected);
}

Type own_points(Checker& c, ExprId id, const Place& place) {
  if (!place.node.valid()) {
    c.report<kinds::NoItemAround>(c.span(id));
    return {};
  }
  c.fact(id).binding = NodeResult{place.node, Aspect::Points};
  return number(kPoints);
}

Type rubric_result(Checker& c, ExprId id, const Place& place, Aspect aspect) {
  auto found = node_result(c, rubric_at(c, c.span(id), place), aspect, c.span(id));
  c.fact(id).binding = std::move(found.binding);
  return found.type;
}

Type check_days(Checker& c, const ast::DaysBetween& days, const Place& place) {
  for (const auto end : {days.from, days.to}) check_fits(c, end, place, simple(Base::Date));
  Type type = number(days.workdays ? kWorkdays : kDays);
  type.whole = true;
  return type;
}

// One visit for all kinds of expression.
struct ExprVisit {
  Checker& c;
  ExprId id;
  const Place& place;
  const Type* expected;

  Type operator()(const ast::InvalidExpr&) const { return {}; }
  Type operator()(const ast::NumberLit& n) const { return literal_type(c.model.dimensions, n); }
  Type operator()(const ast::DateLit&) const { return simple(Base::Date); }
  Type operator()(const ast::MonthLit&) const { return simple(Base::Month); }
  Type operator()(const ast::StringLit& s) const { return check_string(c, id, s, expected); }
  Type operator()(const ast::BoolLit&) const { return simple(Base::Bool); }
  Type operator()(const ast::NotApplicableLit&) const { return simple(Base::NotApplicable); }
  Type operator()(const ast::MissingLit&) const { return simple(Base::Missing); }
  Type operator()(const ast::NameRef& n) const {
    auto found = resolve_name(c, n.name, place, expected);
    c.fact(id).binding = std::move(found.binding);
    return found.type;
  }
  Type operator()(const ast::Member& m) const {
    auto found = resolve_member(c, m, place);
    c.fact(id).binding = std::move(found.binding);
    return found.type;
  }
  Type operator()(const ast::RecordOf& r) const {
    const auto source = source_named(c, r.records, place);
    if (!source) {
      c.report<kinds::UnknownRecords>(r.records.span, r.records.text);
      return {};
    }
    c.fact(id).binding = SourceRef{*source};
    if (place.row != c.model.sources[*source].table) {
      c.report<kinds::ColumnOfManyRows>(c.span(r.element), r.records.text, r.records.text);
      return {};
    }
    return check_expr(c, r.element, place, expected);
  }
  Type operator()(const ast::OwnPoints&) const { return own_points(c, id, place); }
  Type operator()(const ast::TotalRef&) const {
    return rubric_result(c, id, place, Aspect::Score);
  }
  Type operator()(const ast::GradeRef&) const {
    return rubric_result(c, id, place, Aspect::Grade);
  }
  Type operator()(const ast::Unary& u) const { return check_unary(c, u, place); }
  Type operator()(const ast::Binary& b) const { return check_binary(c, b, place); }
  Type operator()(const ast::InInterval& in) const {
    check_interval(c, in.interval, check_expr(c, in.operand, place), place);
    return simple(Base::Bool);
  }
  Type operator()(const ast::InSet& set) const { return check_set(c, set, place); }
  Type operator()(const ast::InTop& top) const { return check_in_top(c, id, top, place); }
  Type operator()(const ast::IsState& is) const {
    check_expr(c, is.operand, place);
    return simple(Base::Bool);
  }
  Type operator()(const ast::If& e) const { return check_if(c, e, place, expected); }
  Type operator()(const ast::Case& e) const {
    return check_rows_value(c, e.scrutinee, e.rows, place);
  }
  Type operator()(const ast::TierValue& e) const {
    return check_rows_value(c, e.scrutinee, e.rows, place);
  }
  Type operator()(const ast::Call& call) const { return check_call(c, id, call, place); }
  Type operator()(const ast::DaysBetween& days) const { return check_days(c, days, place); }
  Type operator()(const ast::Aggregate& a) const { return check_aggregate(c, id, a, place); }
};

// Which side to read first, so that the other can be a label of its type.
struct Sides {
  ExprId first, second;
};
Sides order_sides(Checker& c, ExprId left, ExprId right, const Place& place) {
  const auto* left_name = std::get_if<ast::NameRef>(&c.node(left));
  const bool left_text = std::holds_alternative<ast::StringLit>(c.node(left));
  if (left_name == nullptr && !left_text) return {left, right};
  if (left_text || !is_name(c, right)) return {right, left};
  if (c.expr_progress[left.index] == Progress::Done) return {left, right};
  const auto& right_name = std::get<ast::NameRef>(c.node(right)).name;
  const bool left_known = find_name(c, left_name->name, place).has_value();
  if (left_known) return {left, right};
  const bool right_known = find_name(c, right_name, place).has_value();
  return right_known ? Sides{right, left} : Sides{left, right};
}

bool comparable(const Type& type) {
  return !type.is(Base::Records) && !type.is(Base::Group) && !type.is(Base::Missing) &&
         !type.is(Base::NotApplicable);
}

bool ordered_type(const Type& type) {
  return type.is(Base::Number) || type.is(Base::Date) || type.is(Base::Month);
}

bool is_order(BinaryOp op) { return op != BinaryOp::Eq && op != BinaryOp::Ne; }

// Reports a value that nothing can be compared with; true if it did.
bool report_incomparable(Checker& c, ExprId id, const Type& type) {
  if (type.is(Base::Missing) || type.is(Base::NotApplicable)) {
    c.report<kinds::StateCompared>(c.span(id), type_word(c.model, type));
    return true;
  }
  if (comparable(type)) return false;
  c.report<kinds::ExpectedNumber>(c.span(id), type_word(c.model, type));
  return true;
}

void check_pair(Checker& c, ExprId at, const Type& first, const Type& second) {
  if (first.invalid() || second.invalid()) return;
  if (unify(c.model.dimensions, first, second)) return;
  c.report<kinds::KindsDoNotCompare>(c.span(at), type_word(c.model, first),
                                    type_word(c.model, second));
}

}  // namespace

Type check_expr(Checker& c, ExprId id, const Place& place, const Type* expected) {
  if (!id.valid()) return {};
  auto& progress = c.expr_progress[id.index];
  if (progress == Progress::Done) {
    check_row_at_hand(c, id, place);
    if (c.nesting > 0) see_row(c, c.fact(id).row);
    return c.fact(id).type;
  }
  Place here = place;
  if (const auto home = c.homes.find(id); home != c.homes.end()) here.scope = home->second;
  const TableId outer = c.row_seen;
  c.row_seen = {};
  ++c.nesting;
  const Type type = std::visit(ExprVisit{c, id, here, expected}, c.node(id));
  --c.nesting;
  c.fact(id).type = type;
  c.fact(id).row = c.row_seen;
  c.expr_progress[id.index] = Progress::Done;
  const TableId inner = c.row_seen;
  c.row_seen = outer;
  // An expression of its own may read other records than the one before it.
  if (c.nesting > 0) see_row(c, inner);
  return type;
}

void see_row(Checker& c, TableId table) {
  if (table.valid()) c.row_seen = table;
}

void check_condition(Checker& c, ExprId id, const Place& place) {
  if (!id.valid()) return;
  const Type type = check_expr(c, id, place);
  if (type.invalid() || type.is(Base::Bool)) return;
  c.report<kinds::ExpectedCondition>(c.span(id), type_word(c.model, type));
}

Type check_number(Checker& c, ExprId id, const Place& place) {
  const Type type = check_expr(c, id, place);
  if (type.invalid() || type.is(Base::Number)) return type;
  return not_a_number(c, id, type);
}

bool check_fits(Checker& c, ExprId id, const Place& place, const Type& wanted) {
  if (!id.valid()) return false;
  const Type type = check_expr(c, id, place, &wanted);
  if (type.invalid() || wanted.invalid()) return false;
  check_unit_said(c, id, type, wanted);
  if (unify(c.model.dimensions, wanted, type)) return true;
  c.report<kinds::WrongType>(c.span(id), type_word(c.model, wanted), type_word(c.model, type));
  return false;
}

Type check_compared(Checker& c, const ast::Binary& b, const Place& place) {
  const auto [op, left, right] = b;
  const auto sides = order_sides(c, left, right, place);
  const Type first = check_expr(c, sides.first, place);
  const Type second = check_expr(c, sides.second, place, &first);
  const Type result = simple(Base::Bool);
  if (report_incomparable(c, sides.first, first) || report_incomparable(c, sides.second, second)) {
    return result;
  }
  check_unit_said(c, sides.first, first, second);
  check_unit_said(c, sides.second, second, first);
  if (is_order(op)) {
    for (const auto& type : {first, second}) {
      if (type.invalid() || ordered_type(type)) continue;
      c.report<kinds::LabelsHaveNoOrder>(source::join(c.span(left), c.span(right)),
                                        type_word(c.model, type));
      return result;
    }
  }
  if (first.invalid() || second.invalid() || unify(c.model.dimensions, first, second)) {
    return result;
  }
  const bool swapped = sides.first != left;
  c.report<kinds::KindsDoNotCompare>(source::join(c.span(left), c.span(right)),
                                    type_word(c.model, swapped ? second : first),
                                    type_word(c.model, swapped ? first : second));
  return result;
}

void check_equal(Checker& c, ExprId value, const Type& type, const Place& place) {
  if (!value.valid()) return;
  const Type t = check_expr(c, value, place, &type);
  if (report_incomparable(c, value, t)) return;
  check_unit_said(c, value, t, type);
  check_pair(c, value, type, t);
}

void check_bound(Checker& c, ExprId bound, const Type& type, const Place& place) {
  if (!bound.valid()) return;
  const Type t = check_expr(c, bound, place, &type);
  if (!t.invalid() && comparable(t) && !ordered_type(t)) {
    c.report<kinds::LabelsHaveNoOrder>(c.span(bound), type_word(c.model, t));
    return;
  }
  check_equal(c, bound, type, place);
}

void check_interval(Checker& c, const ast::Interval& interval, const Type& type,
                    const Place& place) {
  check_bound(c, interval.low, type, place);
  check_bound(c, interval.high, type, place);
  const bool open_low = interval.low.valid() && !interval.low_stated;
  const bool open_high = interval.high.valid() && !interval.high_stated;
  if (open_low || open_high) c.report<kinds::EndsUnstated>(interval.span);
  if (!interval.low.valid() || !interval.high.valid()) return;
  const auto low = constant_value(c.model, interval.low);
  const auto high = constant_value(c.model, interval.high);
  if (!low || !high) return;
  const bool empty = *low > *high || (*low == *high && !(interval.low_closed &&
                                                         interval.high_closed));
  if (empty) c.report<kinds::RangeReversed>(interval.span, *low, *high);
}

Type merge(Checker& c, const Type& so_far, const Type& next, Span span) {
  if (so_far.invalid() || next.invalid()) return so_far.invalid() ? next : so_far;
  const bool literal_beside_share =
      (so_far.literal() && next.ratio()) || (so_far.ratio() && next.literal());
  if (auto common = unify(c.model.dimensions, so_far, next)) {
    if (literal_beside_share) common->flavour = Flavour::Ratio;
    return *common;
  }
  c.report<kinds::WrongType>(span, type_word(c.model, so_far), type_word(c.model, next));
  return so_far;
}

Type check_common(Checker& c, const std::vector<ExprId>& values, const Place& place,
                  const Type* expected) {
  Type common;
  for (const auto id : values) {
    if (!id.valid()) continue;
    const Type type = check_expr(c, id, place, expected);
    if (!comparable(type)) {
      report_incomparable(c, id, type);
      continue;
    }
    check_unit_said(c, id, type, common);
    common = merge(c, common, type, c.span(id));
  }
  return common;
}

void check_unit_said(Checker& c, ExprId plain, const Type& plain_type, const Type& other) {
  if (!plain_type.literal() || !other.scaled) return;
  const auto value = constant_value(c.model, plain);
  if (value && value->is_zero()) return;
  c.report<kinds::SayTheUnit>(c.span(plain), value ? value->to_string() : "?",
                             type_word(c.model, other));
}

Type column_type(Checker& c, ColumnId id) {
  const auto& column = c.model.columns[id];
  if (column.origin != ColumnOrigin::Computed) return column.type;
  if (c.computed_progress[id.index] == Progress::Done) return column.type;
  depend(c, {VertexKind::Column, id.index}, column.span);
  if (c.computed_progress[id.index] == Progress::Running) return {};
  c.computed_progress[id.index] = Progress::Running;
  const OwnerGuard owner(c, Vertex{VertexKind::Column, id.index});
  const TableId seen = c.row_seen;
  c.row_seen = {};
  Place place;
  place.scope = c.global;
  place.row = column.table;
  const Type type = check_expr(c, column.computed, place);
  c.row_seen = seen;
  c.model.columns[id].type = type;
  c.computed_progress[id.index] = Progress::Done;
  return type;
}

Type define_type(Checker& c, DefineId id) {
  const auto& define = c.model.defines[id];
  auto& progress = c.define_progress[id.index];
  if (progress == Progress::Done) return c.model.type(define.body);
  if (progress == Progress::Running) return {};
  if (c.depth >= kDefinitionDepthMax) {
    c.report<kinds::DefinitionTooDeep>(c.entry<ast::Define>(define.entry).name.span,
                                      kDefinitionDepthMax);
    return {};
  }
  progress = Progress::Running;
  ++c.depth;
  const OwnerGuard owner(c, Vertex{VertexKind::Define, id.index});
  const TableId seen = c.row_seen;
  c.row_seen = {};
  Place place;
  place.scope = c.define_scopes[id.index];
  place.node = define.item;
  const Type type = check_expr(c, define.body, place);
  c.row_seen = seen;
  --c.depth;
  c.define_progress[id.index] = Progress::Done;
  return type;
}

Type report_type(Checker& c, ReportId id) {
  const auto& report = c.model.reports[id];
  auto& progress = c.report_progress[id.index];
  if (progress == Progress::Done) return c.model.type(report.value);
  if (progress == Progress::Running) return {};
  progress = Progress::Running;
  const OwnerGuard owner(c, Vertex{VertexKind::Report, id.index});
  Place place;
  place.scope = c.scope_of(report.node);
  place.node = report.node;
  const Type type = check_expr(c, report.value, place);
  c.report_progress[id.index] = Progress::Done;
  return type;
}

}  // namespace xize::sema
