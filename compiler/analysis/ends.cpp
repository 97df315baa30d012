#include "compiler/analysis/ends.h"

#include "compiler/analysis/outcome.h"
#include "compiler/analysis/points.h"

namespace xize::analysis {

namespace {

Interval ends_of(const sema::Model& model, Evaluator& evaluator, NodeId id,
                 const Rational& points) {
  const sema::Node& node = model.nodes[id];
  const Outcome outcome = outcome_of(model, evaluator, id, points);
  Interval range = node.uncapped ? Interval::at_least(0) : Interval::between(0, points);
  if (!outcome.clauses.open) {
    range.low = larger(range.low, smaller(outcome.floor, range.high));
    range.high = smaller(range.high, larger(outcome.bound, range.low));
  }
  return range;
}

}  // namespace

Interval rounded(const sema::Model& model, sema::EntryId round, const Interval& range) {
  if (!round.valid()) return range;
  const auto& rule = model.entry_as<ast::Round>(round);
  const auto places = sema::constant_value(model, rule.places);
  const auto digits = places ? places->to_int64() : std::nullopt;
  if (!digits) return Interval::all();
  // A greater number is never rounded to a smaller one.
  const auto end = [&](const Extended& x) {
    if (!x.finite()) return x;
    return Extended(value::round(x.value, static_cast<int>(*digits), rule.mode));
  };
  return {end(range.low), end(range.high), range.low.finite(), range.high.finite()};
}

std::vector<Interval> ends_of_items(const sema::Model& model) {
  const Variables variables(model);
  Evaluator evaluator(model, variables);
  std::vector<Interval> ends(model.nodes.size());
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const sema::Node& node = model.nodes[NodeId(i)];
    const auto points = declared_points(node);
    if (is_leaf(node) && points) {
      ends[i] = ends_of(model, evaluator, NodeId(i), *points);
    } else if (is_leaf(node) && node.uncapped) {
      ends[i] = Interval::at_least(0);
    }
  }
  return ends;
}

}  // namespace xize::analysis
