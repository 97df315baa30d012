// Numbers: operators, tables of values, builtin functions.
#include "compiler/analysis/evaluator.h"

namespace xize::analysis {

namespace {

// Rounding to `places` decimals moves a number by less than one unit of the last.
Estimate rounded(const Estimate& x, const Rational& step) {
  Interval bounds = x.bounds;
  if (bounds.low.finite()) bounds.low = bounds.low.value - step;
  if (bounds.high.finite()) bounds.high = bounds.high.value + step;
  return Estimate::within(bounds, x.reads);
}

// Floor and ceil keep the order of numbers.
template <class Step>
Estimate stepped(const Estimate& x, Step step) {
  const auto move = [&](const Extended& end) {
    return end.finite() ? Extended(step(end.value)) : end;
  };
  Estimate result = x;
  result.bounds = {move(x.bounds.low), move(x.bounds.high), x.bounds.low.finite(),
                   x.bounds.high.finite()};
  return Estimate::within(result.bounds, x.reads);
}

}  // namespace

// One visit for all kinds of expression that are numbers.
struct NumberVisit {
  Evaluator& e;
  ExprId id;

  Estimate operator()(const ast::NumberLit&) const {
    const auto value = sema::constant_value(e.model_, id);
    return value ? Estimate::constant(*value) : Estimate::unknown();
  }
  Estimate operator()(const ast::Unary& unary) const { return negated(e.number(unary.operand)); }
  Estimate operator()(const ast::Binary& binary) const {
    using ast::BinaryOp;
    if (!e.model_.type(binary.left).is(sema::Base::Number)) return Estimate::unknown();
    switch (binary.op) {
      case BinaryOp::Add: return sum(e.number(binary.left), e.number(binary.right));
      case BinaryOp::Sub: return sum(e.number(binary.left), negated(e.number(binary.right)));
      case BinaryOp::Mul: return product(e.number(binary.left), e.number(binary.right));
      case BinaryOp::Div: return e.quotient_of(binary);
      default: return Estimate::unknown();
    }
  }
  Estimate operator()(const ast::If& branch) const {
    return choose(e.condition(branch.condition), e.number(branch.then),
                  e.number(branch.otherwise));
  }
  Estimate operator()(const ast::Case& table) const { return rows(table.scrutinee, table.rows); }
  Estimate operator()(const ast::TierValue& table) const {
    return rows(table.scrutinee, table.rows);
  }
  Estimate operator()(const ast::RecordOf& of) const { return e.number(of.element); }
  Estimate operator()(const ast::Aggregate& a) const { return e.aggregate(id, a); }
  Estimate operator()(const ast::Call& call) const {
    if (call.builtin == ast::Builtin::None) return e.bound_number(e.model_.fact(id).binding);
    return builtin(call);
  }
  template <class Other>
  Estimate operator()(const Other&) const {
    return e.bound_number(e.model_.fact(id).binding);
  }

 private:
  // The rows that can fit: one that always does ends the table.
  [[nodiscard]] Estimate rows(ExprId scrutinee, const std::vector<ast::Row>& table) const {
    const Estimate x = e.number(scrutinee);
    std::optional<Estimate> result;
    Reads reads = x.reads;
    for (const ast::Row& row : table) {
      const Condition fits = e.fits(x, row.test);
      if (!fits.verdict.may_hold) continue;
      const bool zero = row.result.kind == ast::RowResultKind::Zero;
      Estimate value = zero ? Estimate::constant(0) : e.number(row.result.amount);
      if (!value.reads.apart(x.reads)) value = Estimate::within(value.bounds, value.reads);
      result = result ? either(*result, value) : value;
      if (!fits.verdict.may_fail) break;
    }
    if (!result) return Estimate::unknown();
    result->reads.add(reads);
    return *result;
  }

  [[nodiscard]] Estimate builtin(const ast::Call& call) const {
    if (call.args.empty()) return Estimate::unknown();
    const Estimate first = e.number(call.args.front());
    switch (call.builtin) {
      case ast::Builtin::Min: return folded(call, first, smaller);
      case ast::Builtin::Max: return folded(call, first, larger);
      case ast::Builtin::Sum: return folded(call, first, sum);
      case ast::Builtin::Abs: return Estimate::within(magnitude(first.bounds), first.reads);
      case ast::Builtin::Floor:
        return stepped(first, [](const Rational& x) { return value::floor(x); });
      case ast::Builtin::Ceil:
        return stepped(first, [](const Rational& x) { return value::ceil(x); });
      case ast::Builtin::Round: return round(call, first);
      case ast::Builtin::Clamp:
        if (call.args.size() < 3) return Estimate::unknown();
        return smaller(larger(first, e.number(call.args[1])), e.number(call.args[2]));
      case ast::Builtin::Previous:
      case ast::Builtin::LastYear: return Estimate::within(first.bounds, Reads::everything());
      case ast::Builtin::MonthOf: return Estimate::within(Interval::between(1, 12), first.reads);
      default: return Estimate::unknown();
    }
  }

  using Fold = Estimate (*)(const Estimate&, const Estimate&);
  [[nodiscard]] Estimate folded(const ast::Call& call, Estimate so_far, Fold fold) const {
    for (std::size_t i = 1; i < call.args.size(); ++i) {
      so_far = fold(so_far, e.number(call.args[i]));
    }
    return so_far;
  }

  [[nodiscard]] Estimate round(const ast::Call& call, const Estimate& x) const {
    Rational step = 1;
    if (call.args.size() > 1) {
      const auto places = sema::constant_value(e.model_, call.args[1]);
      const auto n = places ? places->to_int64() : std::nullopt;
      if (!n || *n < 0 || *n > 100) return Estimate::unknown();
      step = value::power(Rational(1, 10), *n);
    }
    return rounded(x, step);
  }
};

Estimate Evaluator::node_number(ExprId id) {
  return std::visit(NumberVisit{*this, id}, model_.expr(id).node);
}

// A quotient of two columns of which one is never more than the other is a share.
Estimate Evaluator::quotient_of(const ast::Binary& division) {
  Estimate result = quotient(number(division.left), number(division.right));
  const auto part = column_of(division.left);
  const auto whole = column_of(division.right);
  if (!part || !whole || !variables_.at_most(*part, *whole)) return result;
  const Interval range = variables_.range(model_.columns[*part]);
  if (range.low.sign() < 0) return result;
  result.bounds = intersection(result.bounds, Interval::between(0, 1));
  if (!range.high.finite()) result.most = 1;
  if (range.low.sign() == 0) result.least = 0;
  return result;
}

Condition Evaluator::fits(const Estimate& x, const ast::RowTest& test) {
  using ast::BinaryOp;
  using ast::RowTestKind;
  switch (test.kind) {
    case RowTestKind::Compare:
    case RowTestKind::Unstated: return compare(test.op, x, number(test.bound));
    case RowTestKind::Interval: {
      const ast::Interval& in = test.interval;
      Condition result = Condition::certain(true);
      if (in.low.valid()) {
        result = compare(in.low_closed ? BinaryOp::Ge : BinaryOp::Gt, x, number(in.low));
      }
      if (!in.high.valid()) return result;
      return both(result,
                  compare(in.high_closed ? BinaryOp::Le : BinaryOp::Lt, x, number(in.high)));
    }
    case RowTestKind::Equals: {
      Condition result = Condition::certain(false);
      for (const ExprId value : test.values) {
        result = any(result, compare(BinaryOp::Eq, x, number(value)));
      }
      return result;
    }
    case RowTestKind::Top:
    case RowTestKind::TopShare: return Condition::open(Reads::everything());
    case RowTestKind::Otherwise: break;
  }
  return Condition::certain(true);
}

// Whatever its keys are: a value of one of its rows.
Estimate Evaluator::lookup_number(sema::LookupId id) {
  if (const auto it = lookups_.find(id); it != lookups_.end()) return it->second;
  const auto& lookup = model_.entry_as<ast::Lookup>(model_.lookups[id].entry);
  std::optional<Estimate> result;
  for (const auto& row : lookup.rows) {
    for (const ExprId value : row.values) {
      Estimate one = number(value);
      result = result ? either(*result, one) : one;
    }
  }
  if (!result) result = Estimate::unknown();
  result->reads = Reads::everything();
  return lookups_.emplace(id, *result).first->second;
}

}  // namespace xize::analysis
