// Aggregates over records, units and series.
#include "compiler/analysis/evaluator.h"

namespace xize::analysis {

namespace {

using ast::AggregateKind;

// A sum over any number of rows, none included.
Interval summed(const Interval& element) {
  return hull(Interval::at(0), product(element, Interval::at_least(0)));
}

// What units and series come to cannot be chosen apart from anything.
Estimate tied(Estimate x) { return Estimate::within(x.bounds, Reads::everything()); }

}  // namespace

Estimate Evaluator::aggregate(ExprId id, const ast::Aggregate& a) {
  const auto it = model_.aggregates.find(id);
  if (it == model_.aggregates.end()) return Estimate::unknown();
  const auto& info = it->second;
  switch (a.kind) {
    case AggregateKind::Rank:
      return Estimate::within(Interval::at_least(1), Reads::everything());
    case AggregateKind::Percentile:
    case AggregateKind::Share:
      return Estimate::within(Interval::between(0, 1), Reads::everything());
    default: break;
  }
  if (info.over == sema::AggregateOver::Listed) return listed(a);
  const Estimate folded = folded_rows(id, a, info);
  return info.over == sema::AggregateOver::Rows ? folded : tied(folded);
}

Estimate Evaluator::folded_rows(ExprId id, const ast::Aggregate& a,
                                const sema::AggregateInfo& info) {
  Reads reads = Reads::everything();
  if (info.source.valid()) reads = variables_.table(model_.sources[info.source].table);
  if (a.kind == AggregateKind::Count || a.kind == AggregateKind::Distinct) {
    return Estimate::free(Interval::at_least(0), std::move(reads));
  }
  ExprId element = info.element;
  if (!element.valid() && !a.args.empty()) element = a.args.front();
  if (!element.valid() || element == id || !model_.type(element).is(sema::Base::Number)) {
    return Estimate::unknown();
  }
  Estimate each = number(element);
  reads.add(each.reads);
  if (a.kind == AggregateKind::Sum) {
    Interval bounds = summed(each.bounds);
    const auto best = a.best.valid() ? sema::constant_value(model_, a.best) : std::nullopt;
    if (best) bounds = hull(Interval::at(0), product(each.bounds, Interval::between(0, *best)));
    return Estimate::free(bounds, std::move(reads));
  }
  if (a.default_value.valid()) each = either(each, number(a.default_value));
  each.reads = std::move(reads);
  return each;
}

// `sum(a, b, c)`, `max(a, b)` of plain values, also `best n`.
Estimate Evaluator::listed(const ast::Aggregate& a) {
  if (a.args.empty()) return Estimate::unknown();
  Estimate so_far = number(a.args.front());
  Interval either_of = so_far.bounds;
  for (std::size_t i = 1; i < a.args.size(); ++i) {
    const Estimate next = number(a.args[i]);
    either_of = hull(either_of, next.bounds);
    switch (a.kind) {
      case AggregateKind::Sum: so_far = sum(so_far, next); break;
      case AggregateKind::Max: so_far = larger(so_far, next); break;
      case AggregateKind::Min: so_far = smaller(so_far, next); break;
      default: so_far.reads.add(next.reads); break;
    }
  }
  switch (a.kind) {
    case AggregateKind::Sum:
      if (a.best.valid()) return Estimate::within(summed(either_of), so_far.reads);
      return so_far;
    case AggregateKind::Max:
    case AggregateKind::Min: return so_far;
    case AggregateKind::Count:
    case AggregateKind::Distinct:
      return Estimate::within(Interval::at_least(0), so_far.reads);
    default: return Estimate::within(either_of, so_far.reads);
  }
}

Condition Evaluator::aggregate_condition(ExprId id, const ast::Aggregate& a) {
  const auto it = model_.aggregates.find(id);
  if (it == model_.aggregates.end() || it->second.over == sema::AggregateOver::Listed) {
    const bool some = a.kind == AggregateKind::Any;
    Condition result = Condition::certain(!some);
    for (const ExprId arg : a.args) {
      const Condition one = as_condition(arg);
      result = some ? any(result, one) : both(result, one);
    }
    if (!a.where.valid()) return result;
    const Condition where = condition(a.where);
    return some ? both(where, result) : any(negated(where), result);
  }
  if (!it->second.source.valid()) return Condition::open(Reads::everything());
  return Condition::open(variables_.table(model_.sources[it->second.source].table));
}

}  // namespace xize::analysis
