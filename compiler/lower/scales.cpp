// Scales (language §5): how a measure becomes points of a clause's worth.
#include <algorithm>

#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

// Notes that a row of a table decides where none before it does; gives that condition.
class Rows {
 public:
  Rows(Lowering& l, EntryId entry, NodeId item)
      : l_(l), entry_(entry), item_(item), taken_(l.build.boolean(false)) {}

  void add(OpId test, ast::Span span) {
    const OpId chosen = l_.build.and_(l_.build.not_(taken_), test);
    taken_ = l_.build.or_(taken_, test);
    Place place;
    place.kind = PlaceKind::TableRow;
    place.span = span;
    place.entry = entry_;
    place.node = item_;
    if (item_.valid()) l_.out(item_).rows.push_back({chosen, l_.origin(place)});
  }

 private:
  Lowering& l_;
  EntryId entry_;
  NodeId item_;
  OpId taken_;
};

struct ScaleVisit {
  Lowering& l;
  EntryId entry;
  OpId worth;
  const Context& context;

  [[nodiscard]] OpId lower(ExprId e) const { return lower_expr(l, e, context); }
  [[nodiscard]] Origin origin() const { return l.origin(PlaceKind::Clause, entry, context.node); }

  Scaled operator()(const ast::Amount& amount) const {
    return {amount.full ? worth : lower_amount(l, amount.value, worth, context)};
  }

  // worth × clamp(X / T, 0, 1), and 0 where X < L.
  Scaled operator()(const ast::RatioScale& ratio) const {
    const OpId x = lower(ratio.x);
    OpId share = x;
    if (ratio.to.valid()) {
      share = l.op(Opcode::div, {x, lower(ratio.to)}, l.origin(ratio.to, context));
    }
    OpId amount = l.mul(worth, l.build.clamp(share, l.zero(), l.number(1)));
    if (ratio.from.valid()) {
      amount = l.build.select(l.op(Opcode::lt, {x, lower(ratio.from)}), l.zero(), amount);
    }
    return {amount, x};
  }

  // Straight lines between the points; outside them, the nearest one's value.
  Scaled operator()(const ast::LinearScale& linear) const {
    struct Point {
      std::optional<Rational> at;
      OpId x, y;
    };
    const OpId x = lower(linear.x);
    std::vector<Point> points;
    for (const ast::Row& row : linear.rows) {
      if (row.test.values.empty()) continue;
      const ExprId at = row.test.values.front();
      points.push_back({sema::constant_value(l.model, at), lower(at),
                        lower_result(l, row.result, worth, context)});
    }
    if (points.empty()) return {l.zero(), x};
    const bool known = std::all_of(points.begin(), points.end(), [](auto& p) { return p.at; });
    if (known) std::stable_sort(points.begin(), points.end(), [](const auto& a, const auto& b) {
      return *a.at < *b.at;
    });
    OpId value = points.back().y;
    for (std::size_t i = points.size(); i-- > 1;) {
      const Point& a = points[i - 1];
      const Point& b = points[i];
      const OpId line = between(x, {a.x, b.x}, {a.y, b.y});
      value = l.build.select(l.op(Opcode::le, {x, b.x}), line, value);
    }
    const Point& first = points.front();
    return {l.build.select(l.op(Opcode::le, {x, first.x}), first.y, value), x};
  }

  // The first row that fits; no matching row is an error of the item.
  Scaled operator()(const ast::TierScale& tier) const {
    const OpId x = lower(tier.x);
    return {by_rows(tier.rows, {x, tier.x}), x};
  }

  // Places among the units; measures before redistribution.
  Scaled operator()(const ast::RankScale& rank) const {
    Context inside = context;
    inside.raw = true;
    const OpId x = lower_expr(l, rank.x, inside);
    const OpId who = participants(l, l.model.clauses.at(entry).group, inside);
    std::vector<OpId> operands = {who, x};
    for (const ExprId tie : rank.tie_breaks) operands.push_back(lower_expr(l, tie, inside));
    const std::uint32_t bits = (rank.ascending ? program::kAscending : 0) |
                               (rank.dense ? program::kDense : 0);
    const OpId place = l.op(Opcode::pop_rank, operands, origin(), bits);
    // Those whose value is known: a fault takes no part.
    const OpId known = l.build.and_(who, l.op(Opcode::eq, {x, x}));
    const OpId n = l.op(Opcode::pop_count, {known, l.build.boolean(true)}, origin());
    return {by_rows(rank.rows, {place, rank.x, n}), place};
  }

  // worth × clamp(X / the best, the average or the sum of the units, 0, 1).
  Scaled operator()(const ast::RelativeScale& relative) const {
    Context inside = context;
    inside.raw = true;
    const OpId x = lower_expr(l, relative.x, inside);
    const OpId who = participants(l, l.model.clauses.at(entry).group, inside);
    Opcode code = Opcode::pop_max;
    if (relative.to == ast::RelativeTo::Average) code = Opcode::pop_average;
    if (relative.to == ast::RelativeTo::Sum) code = Opcode::pop_sum;
    const OpId all = l.op(code, {who, x}, origin());
    const OpId share = l.op(Opcode::div, {x, all}, origin());
    return {l.mul(worth, l.build.clamp(share, l.zero(), l.number(1))), x};
  }

  Scaled operator()(const ast::JudgeScale&) const {
    return lower_judge(l, entry, worth, context);
  }

  // The worth shared over the boxes, or each with its own.
  Scaled operator()(const ast::ChecklistScale& list) const {
    const auto n = static_cast<std::int64_t>(list.boxes.size());
    OpId sum = l.zero();
    for (const ast::ChecklistBox& box : list.boxes) {
      const OpId holds = lower(box.condition);
      const OpId amount = box.amount.valid() ? lower_amount(l, box.amount, worth, context)
                                             : l.mul(worth, l.number(Rational(1, n)));
      sum = l.add(sum, l.build.select(holds, amount, l.zero()));
      Rows(l, entry, context.node).add(holds, box.span);
    }
    return {sum};
  }

 private:
  struct Ends {
    OpId low, high;
  };

  // The value at x on the line from (at.low, y.low) to (at.high, y.high).
  [[nodiscard]] OpId between(OpId x, Ends at, Ends y) const {
    const OpId rise = l.op(Opcode::sub, {y.high, y.low});
    const OpId run = l.op(Opcode::sub, {at.high, at.low});
    const OpId share = l.op(Opcode::div, {l.op(Opcode::sub, {x, at.low}), run}, origin());
    return l.op(Opcode::add, {y.low, l.op(Opcode::mul, {rise, share})});
  }

  // `2 to 4` grows over the row's interval.
  [[nodiscard]] OpId row_value(const ast::Row& row, const Scrutinee& of) const {
    if (row.result.kind != ast::RowResultKind::Range) {
      return lower_result(l, row.result, worth, context);
    }
    const Ends y{lower_amount(l, row.result.amount, worth, context),
                 lower_amount(l, row.result.high, worth, context)};
    const ast::Interval& interval = row.test.interval;
    if (!interval.low.valid() || !interval.high.valid()) return y.low;
    return between(of.x, {lower(interval.low), lower(interval.high)}, y);
  }

  [[nodiscard]] OpId by_rows(const std::vector<ast::Row>& rows, const Scrutinee& of) const {
    std::vector<OpId> tests;
    Rows hits(l, entry, context.node);
    for (const ast::Row& row : rows) {
      tests.push_back(lower_row_test(l, of, row.test, context));
      hits.add(tests.back(), row.span);
    }
    OpId value = l.build.fault(FaultKind::NoTierRow, origin());
    for (std::size_t i = rows.size(); i-- > 0;) {
      value = l.build.select(tests[i], row_value(rows[i], of), value);
    }
    return value;
  }
};

}  // namespace

Scaled lower_scale(Lowering& l, EntryId clause, OpId worth, const Context& context) {
  const auto& scale = l.model.entry_as<ast::Clause>(clause).scale;
  return std::visit(ScaleVisit{l, clause, worth, context}, scale);
}

}  // namespace xize::lower
