// Expressions: literals, operators, builtin functions. Numbers are in base units throughout, as
// sema has them.
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

using ast::BinaryOp;
using ast::Builtin;

bool is_date(const sema::Type& type) {
  return type.is(sema::Base::Date) || type.is(sema::Base::Month);
}

// Is the expression the unit that the row at hand belongs to?
bool is_own_unit(const Lowering& l, ExprId id) {
  const auto* ref = std::get_if<sema::ColumnRef>(&l.model.fact(id).binding);
  if (ref == nullptr) return false;
  const auto& column = l.model.columns[ref->column];
  return l.model.tables[column.table].unit_column == ref->column;
}

// One visit for all kinds of expression.
struct ExprVisit {
  Lowering& l;
  ExprId id;
  const Context& context;

  [[nodiscard]] OpId lower(ExprId e) const { return lower_expr(l, e, context); }
  [[nodiscard]] Origin origin() const { return l.origin(id, context); }
  [[nodiscard]] const sema::Type& type(ExprId e) const { return l.model.type(e); }

  OpId operator()(const ast::InvalidExpr&) const {
    return l.build.fault(FaultKind::BadCell, origin());
  }
  OpId operator()(const ast::NumberLit& n) const {
    return l.number(sema::constant_value(l.model, id).value_or(n.value));
  }
  OpId operator()(const ast::DateLit& d) const { return l.build.constant(d.date); }
  OpId operator()(const ast::MonthLit& m) const { return l.build.constant(m.month); }
  OpId operator()(const ast::BoolLit& b) const { return l.build.boolean(b.value); }
  OpId operator()(const ast::NotApplicableLit&) const { return l.build.not_applicable(); }
  OpId operator()(const ast::MissingLit&) const { return l.build.missing(); }
  OpId operator()(const ast::StringLit&) const { return lower_name(l, id, context); }
  OpId operator()(const ast::NameRef&) const { return lower_name(l, id, context); }
  OpId operator()(const ast::Member&) const { return lower_name(l, id, context); }
  OpId operator()(const ast::RecordOf& r) const { return lower(r.element); }
  OpId operator()(const ast::OwnPoints&) const { return lower_name(l, id, context); }
  OpId operator()(const ast::TotalRef&) const { return lower_name(l, id, context); }
  OpId operator()(const ast::GradeRef&) const { return lower_name(l, id, context); }
  OpId operator()(const ast::Unary& u) const {
    if (u.op == ast::UnaryOp::Not) return l.build.not_(lower(u.operand));
    return l.op(Opcode::neg, {lower(u.operand)});
  }
  OpId operator()(const ast::Binary& b) const { return binary(b); }
  OpId operator()(const ast::InInterval& in) const {
    return lower_interval(l, lower(in.operand), in.interval, context);
  }
  OpId operator()(const ast::InSet& set) const {
    return lower_membership(l, {lower(set.operand), set.operand}, set.members, context);
  }
  OpId operator()(const ast::InTop& top) const { return lower_in_top(l, id, top, context); }
  OpId operator()(const ast::IsState& is) const {
    const OpId x = lower(is.operand);
    switch (is.state) {
      case ast::StateTest::Missing: return l.op(Opcode::is_missing, {x});
      case ast::StateTest::NotApplicable: return l.op(Opcode::is_na, {x});
      case ast::StateTest::Pending: return l.op(Opcode::is_pending, {x});
    }
    return x;
  }
  OpId operator()(const ast::If& e) const {
    return l.build.select(lower(e.condition), lower(e.then), lower(e.otherwise));
  }
  OpId operator()(const ast::Case& e) const { return rows(e.scrutinee, e.rows); }
  OpId operator()(const ast::TierValue& e) const { return rows(e.scrutinee, e.rows); }
  OpId operator()(const ast::Call& call) const { return this->call(call); }
  OpId operator()(const ast::DaysBetween& days) const {
    return l.op(days.workdays ? Opcode::workdays_between : Opcode::days_between,
                {lower(days.from), lower(days.to)}, origin(),
                days.counts_first ? program::kFirstDayCounts : 0);
  }
  OpId operator()(const ast::Aggregate&) const { return lower_aggregate(l, id, context); }

 private:
  [[nodiscard]] OpId binary(const ast::Binary& b) const {
    const OpId left = lower(b.left);
    if (b.op == BinaryOp::And) return l.build.and_(left, lower(b.right));
    if (b.op == BinaryOp::Or) return l.build.or_(left, lower(b.right));
    if (b.op == BinaryOp::Add || b.op == BinaryOp::Sub) {
      if (is_date(type(b.left))) return date_sum(b, b.left, b.right);
      if (is_date(type(b.right))) return date_sum(b, b.right, b.left);
    }
    return l.op(opcode_of(b.op), {left, lower(b.right)}, origin());
  }

  // `d + 3 months`, `d - 10 days`.
  [[nodiscard]] OpId date_sum(const ast::Binary& b, ExprId date, ExprId step) const {
    OpId count = lower(step);
    if (b.op == BinaryOp::Sub) count = l.op(Opcode::neg, {count});
    const bool months = type(step).dimension == sema::kMonths;
    return l.op(months ? Opcode::add_months : Opcode::add_days, {lower(date), count}, origin());
  }

  // `case x { … }`, `tier x { … }` as a value: the first row that fits; none is an error.
  [[nodiscard]] OpId rows(ExprId scrutinee, const std::vector<ast::Row>& rows) const {
    const Scrutinee of{lower(scrutinee), scrutinee};
    OpId value = l.build.fault(FaultKind::NoTierRow, origin());
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
      const bool zero = row->result.kind == ast::RowResultKind::Zero;
      value = l.build.select(lower_row_test(l, of, row->test, context),
                             zero ? l.zero() : lower(row->result.amount), value);
    }
    return value;
  }

  [[nodiscard]] OpId call(const ast::Call& c) const {
    if (c.builtin == Builtin::None) return lower_name(l, id, context);
    std::vector<OpId> args;
    for (const ExprId arg : c.args) args.push_back(lower(arg));
    switch (c.builtin) {
      case Builtin::Min: return l.op(Opcode::min, args, origin());
      case Builtin::Max: return l.op(Opcode::max, args, origin());
      case Builtin::Abs: return l.op(Opcode::abs, args, origin());
      case Builtin::Floor: return l.op(Opcode::floor, args, origin());
      case Builtin::Ceil: return l.op(Opcode::ceil, args, origin());
      case Builtin::Round: return round(c, args);
      case Builtin::Clamp: return l.build.clamp(args[0], args[1], args[2]);
      case Builtin::Power: return l.op(Opcode::power, args, origin());
      case Builtin::Sum: return l.build.sum(args);
      case Builtin::Previous: return previous(args, period_months(l.model));
      case Builtin::LastYear: return previous(args, 12);
      case Builtin::MonthOf: return l.op(Opcode::month_of, args, origin());
      case Builtin::YearOf: return l.op(Opcode::year_of, args, origin());
      case Builtin::None: break;
    }
    return args.front();
  }

  [[nodiscard]] OpId round(const ast::Call& c, std::vector<OpId> args) const {
    if (args.size() < 2) args.push_back(l.zero());
    const auto mode = c.rounding.value_or(value::Rounding::HalfUp);
    return l.op(Opcode::round, args, origin(), static_cast<std::uint32_t>(mode));
  }
  [[nodiscard]] OpId previous(const std::vector<OpId>& args, std::uint32_t months) const {
    return l.op(Opcode::pop_previous, args, origin(), months);
  }
};

}  // namespace

OpId lower_expr(Lowering& l, ExprId id, const Context& context) {
  const ExprKey key{id, context.node, context.raw, context.grouping, context.source};
  if (const auto it = l.exprs.find(key); it != l.exprs.end()) return it->second;
  const OpId op = std::visit(ExprVisit{l, id, context}, l.model.expr(id).node);
  l.exprs.emplace(key, op);
  return op;
}

OpId lower_interval(Lowering& l, OpId x, const ast::Interval& interval, const Context& context) {
  const auto end = [&](ExprId bound, Opcode code) {
    if (!bound.valid()) return l.build.boolean(true);
    return l.op(code, {x, lower_expr(l, bound, context)});
  };
  const OpId low = end(interval.low, interval.low_closed ? Opcode::ge : Opcode::gt);
  const OpId high = end(interval.high, interval.high_closed ? Opcode::le : Opcode::lt);
  return l.build.and_(low, high);
}

OpId lower_membership(Lowering& l, const Scrutinee& of, const std::vector<ExprId>& members,
                      const Context& context) {
  OpId any = l.build.boolean(false);
  for (const ExprId member : members) {
    const auto* group = std::get_if<sema::GroupRef>(&l.model.fact(member).binding);
    if (group == nullptr) {
      any = l.build.or_(any, l.op(Opcode::eq, {of.x, lower_expr(l, member, context)}));
      continue;
    }
    const auto& units = l.model.groups[group->group].units;
    if (is_own_unit(l, of.expr) || !units) {
      any = l.build.or_(any, lower_group(l, group->group, context));
      continue;
    }
    for (const auto unit : *units) {  // another unit that the row names
      const OpId name = l.build.text(l.model.units[unit.index]);
      any = l.build.or_(any, l.op(Opcode::eq, {of.x, name}));
    }
  }
  return any;
}

OpId lower_row_test(Lowering& l, const Scrutinee& of, const ast::RowTest& test,
                    const Context& context) {
  using ast::RowTestKind;
  switch (test.kind) {
    case RowTestKind::Compare:
    case RowTestKind::Unstated:
      return l.op(opcode_of(test.op), {of.x, lower_expr(l, test.bound, context)});
    case RowTestKind::Interval: return lower_interval(l, of.x, test.interval, context);
    case RowTestKind::Equals:
      return lower_membership(l, of, test.values, context);
    case RowTestKind::Top:
      return l.op(Opcode::le, {of.x, lower_expr(l, test.bound, context)});
    case RowTestKind::TopShare:
      return l.op(Opcode::le, {of.x, l.mul(lower_expr(l, test.bound, context), of.n)});
    case RowTestKind::Otherwise: break;
  }
  return l.build.boolean(true);
}

OpId lower_lookup(Lowering& l, sema::LookupId id, ExprId call_id, const Context& context) {
  const auto& call = std::get<ast::Call>(l.model.expr(call_id).node);
  const auto& lookup = l.model.entry_as<ast::Lookup>(l.model.lookups[id].entry);
  std::vector<Scrutinee> keys;
  for (const ExprId arg : call.args) keys.push_back({lower_expr(l, arg, context), arg});
  const bool grid = !lookup.grid_columns.empty();
  OpId value = l.build.fault(FaultKind::NoTierRow, l.origin(call_id, context));
  for (auto row = lookup.rows.rbegin(); row != lookup.rows.rend(); ++row) {
    OpId fits = l.build.boolean(true);
    for (std::size_t k = 0; k < row->keys.size(); ++k) {
      fits = l.build.and_(fits, lower_row_test(l, keys[k], row->keys[k], context));
    }
    for (std::size_t c = row->values.size(); c-- > 0;) {
      OpId here = fits;
      if (grid) {
        const std::vector<ExprId> column = {lookup.grid_columns[c]};
        here = l.build.and_(fits, lower_membership(l, keys.back(), column, context));
      }
      value = l.build.select(here, lower_expr(l, row->values[c], context), value);
    }
  }
  return value;
}

}  // namespace xize::lower
