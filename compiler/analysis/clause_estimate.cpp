#include "compiler/analysis/clause_estimate.h"

#include <algorithm>

namespace xize::analysis {

namespace {

// Amounts of any number of rows added up.
Estimate over_rows(const Estimate& each, Reads rows) {
  const Interval bounds = hull(Interval::at(0), product(each.bounds, Interval::at_least(0)));
  Reads reads = each.reads;
  reads.add(rows);
  Estimate result = Estimate::within(bounds, std::move(reads));
  if (each.most.sign() > 0) result.most = bounds.high;
  if (each.least.sign() < 0) result.least = bounds.low;
  return result;
}

}  // namespace

// What each way of scoring can give.
struct ScaleVisit {
  ClauseEstimator& c;
  EntryId entry;
  const Estimate& worth;

  Estimate operator()(const ast::Amount& amount) const {
    return amount.full ? worth : c.amount(amount.value, worth);
  }

  // worth × clamp(X / T, 0, 1), and 0 where X < L.
  Estimate operator()(const ast::RatioScale& ratio) const {
    Estimate share = c.evaluator_.number(ratio.x);
    const Estimate x = share;
    if (ratio.to.valid()) share = quotient(share, c.evaluator_.number(ratio.to));
    share = clamped(share, 0, 1);
    if (ratio.from.valid()) {
      const auto enough = compare(ast::BinaryOp::Ge, x, c.evaluator_.number(ratio.from));
      if (!enough.verdict.may_hold) return Estimate::constant(0);
      if (enough.verdict.may_fail) share = at_most_or_nothing(share);
    }
    return product(worth, share);
  }

  // Straight lines between the points: the values at the points within reach, and at the ends.
  Estimate operator()(const ast::LinearScale& linear) const {
    const Estimate x = c.evaluator_.number(linear.x);
    Interval bounds{Extended::infinity(1), Extended::infinity(-1)};
    std::vector<Corner> corners;
    for (const ast::Row& row : linear.rows) {
      if (row.test.values.empty()) continue;
      const Estimate at = c.evaluator_.number(row.test.values.front());
      const Estimate value = c.result(row.result, worth);
      if (!at.is_constant() || !value.is_constant()) return Estimate::unknown();
      corners.push_back({at.bounds.low.value, value.bounds.low.value});
    }
    if (corners.empty()) return Estimate::constant(0);
    std::ranges::stable_sort(corners, {}, &Corner::x);
    for (const Corner& corner : corners) {
      if (x.bounds.holds(corner.x)) bounds = hull(bounds, Interval::at(corner.y));
    }
    for (const Extended& end : {x.bounds.low, x.bounds.high}) {
      bounds = hull(bounds, Interval::at(line_at(corners, end)));
    }
    return Estimate::free(bounds, x.reads);
  }

  Estimate operator()(const ast::TierScale& tier) const {
    return rows(c.evaluator_.number(tier.x), tier.rows);
  }
  Estimate operator()(const ast::RankScale& rank) const {
    return rows(Estimate::within(Interval::at_least(1), Reads::everything()), rank.rows);
  }

  // Someone is the best; among several nobody need reach the sum or pass the average, but a unit
  // alone does.
  Estimate operator()(const ast::RelativeScale&) const {
    return product(worth, Estimate::free(Interval::between(0, 1), Reads::everything()));
  }

  // A mark in [0, worth], or in the band of a level.
  Estimate operator()(const ast::JudgeScale& judge) const {
    Reads reads = Reads::everything();
    const auto& info = c.model_.clauses.at(entry);
    if (info.mark.valid()) reads = c.evaluator_.variables().column(info.mark);
    const Estimate whole = product(worth, Estimate::free(Interval::between(0, 1), reads));
    if (judge.levels.empty()) return whole;
    std::optional<Estimate> marks;
    for (const ast::Level& level : judge.levels) {
      const bool open = level.result.kind == ast::RowResultKind::JudgedDeduction;
      Estimate band = open ? whole : c.result(level.result, worth);
      marks = marks ? either(*marks, band) : band;
    }
    marks->reads.add(reads);
    return *marks;
  }

  Estimate operator()(const ast::ChecklistScale& list) const {
    Estimate total = Estimate::constant(0);
    const auto n = static_cast<std::int64_t>(list.boxes.size());
    for (const ast::ChecklistBox& box : list.boxes) {
      const Estimate share = product(worth, Estimate::constant(Rational(1, n)));
      const Estimate amount = box.amount.valid() ? c.amount(box.amount, worth) : share;
      total = sum(total, choose(c.evaluator_.condition(box.condition), amount,
                                Estimate::constant(0)));
    }
    return total;
  }

 private:
  // Where a line bends.
  struct Corner {
    Rational x, y;
  };

  static Estimate at_most_or_nothing(Estimate share) {
    share.bounds = hull(share.bounds, Interval::at(0));
    share.least = 0;
    return share;
  }

  static Rational line_at(const std::vector<Corner>& corners, const Extended& x) {
    if (x < Extended(corners.front().x)) return corners.front().y;
    if (!(x < Extended(corners.back().x))) return corners.back().y;
    const auto next = std::ranges::upper_bound(corners, x.value, {}, &Corner::x);
    const Corner& b = *next;
    const Corner& a = *(next - 1);
    return a.y + (b.y - a.y) * (x.value - a.x) / (b.x - a.x);
  }

  // The rows that can fit: one that always does ends the table.
  [[nodiscard]] Estimate rows(const Estimate& x, const std::vector<ast::Row>& table) const {
    std::optional<Estimate> value;
    for (const ast::Row& row : table) {
      const Condition fits = c.evaluator_.fits(x, row.test);
      if (!fits.verdict.may_hold) continue;
      Estimate one = c.result(row.result, worth);
      if (!one.reads.apart(x.reads)) one = Estimate::within(one.bounds, one.reads);
      value = value ? either(*value, one) : one;
      if (!fits.verdict.may_fail) break;
    }
    if (!value) return Estimate::unknown();
    if (!value->is_constant()) value->reads.add(x.reads);
    return *value;
  }
};

ClauseEstimator::ClauseEstimator(const sema::Model& model, Evaluator& evaluator, NodeId item,
                                 const Rational& points)
    : model_(model), evaluator_(evaluator), item_(item), full_(Estimate::constant(points)),
      penalty_(model.nodes[item].role == sema::Role::Penalty) {}

ClauseSum ClauseEstimator::run() {
  ClauseSum result;
  result.total = start();
  for (const EntryId id : model_.nodes[item_].clauses) {
    Estimate amount = entry(id);
    result.total = sum(result.total, amount);
    result.parts.push_back({id, std::move(amount)});
  }
  result.open = open_;
  return result;
}

Estimate ClauseEstimator::start() {
  const auto& node = model_.nodes[item_];
  if (!node.base.valid()) return node.starts_full ? full_ : Estimate::constant(0);
  const auto& base = model_.entry_as<ast::Base>(node.base);
  return base.full ? full_ : amount(base.value, full_);
}

Estimate ClauseEstimator::amount(ExprId id, const Estimate& worth) {
  Estimate value = evaluator_.number(id);
  return id.valid() && sema::is_share(model_.type(id)) ? product(worth, value) : value;
}

Estimate ClauseEstimator::result(const ast::RowResult& result, const Estimate& worth) {
  switch (result.kind) {
    case ast::RowResultKind::Full: return worth;
    case ast::RowResultKind::Zero: return Estimate::constant(0);
    case ast::RowResultKind::Range:
      return either(amount(result.amount, worth), amount(result.high, worth));
    default: return amount(result.amount, worth);
  }
}

Estimate ClauseEstimator::worth_of(const ast::Clause& clause) {
  return clause.worth.valid() ? amount(clause.worth, full_) : full_;
}

Estimate ClauseEstimator::entry(EntryId id) {
  const auto& node = model_.entry(id).node;
  if (const auto* one = std::get_if<ast::Clause>(&node)) {
    const auto it = model_.clauses.find(id);
    if (it == model_.clauses.end() || it->second.is_guard) return Estimate::constant(0);
    return clause(id, *one);
  }
  if (const auto* when = std::get_if<ast::When>(&node)) {
    return choose(evaluator_.condition(when->condition), all(when->then), all(when->otherwise));
  }
  if (const auto* both = std::get_if<ast::Together>(&node)) return together(*both);
  if (const auto* one = std::get_if<ast::Pick>(&node)) return pick(*one);
  if (const auto* rule = std::get_if<ast::Unspecified>(&node)) {
    if (rule->about != ast::About::Rule) return Estimate::constant(0);
    if (!rule->accepted.empty()) return all(rule->suggestion);
    open_ = true;
    return Estimate::unknown();
  }
  if (const auto it = model_.uses.find(id); it != model_.uses.end()) return all(it->second);
  return Estimate::constant(0);
}

Estimate ClauseEstimator::all(const std::vector<EntryId>& entries) {
  Estimate total = Estimate::constant(0);
  for (const EntryId id : entries) total = sum(total, entry(id));
  return total;
}

bool ClauseEstimator::deducts(const ast::Clause& clause) const {
  const auto* judge = std::get_if<ast::JudgeScale>(&clause.scale);
  return clause.sign == ast::Sign::Deduct || (judge != nullptr && judge->as_deduction);
}

bool ClauseEstimator::only_deducts(const std::vector<EntryId>& entries) const {
  bool any_clause = false;
  for (const EntryId id : entries) {
    const auto& node = model_.entry(id).node;
    const auto inner = [&](const std::vector<EntryId>& list) {
      return list.empty() || only_deducts(list);
    };
    bool fits = true;
    if (const auto* one = std::get_if<ast::Clause>(&node)) {
      fits = deducts(*one);
    } else if (const auto* when = std::get_if<ast::When>(&node)) {
      fits = inner(when->then) && inner(when->otherwise);
    } else if (const auto* both = std::get_if<ast::Together>(&node)) {
      fits = only_deducts(both->entries);
    } else if (const auto* one_of = std::get_if<ast::Pick>(&node)) {
      fits = only_deducts(one_of->branches);
    } else if (const auto it = model_.uses.find(id); it != model_.uses.end()) {
      fits = only_deducts(it->second);
    } else {
      continue;
    }
    if (!fits) return false;
    any_clause = true;
  }
  return any_clause;
}

// A joint cap on what the block gives, or on what it takes away.
Estimate ClauseEstimator::together(const ast::Together& both) {
  const bool flip = !penalty_ && only_deducts(both.entries);
  Estimate size = all(both.entries);
  if (flip) size = negated(size);
  if (both.min.valid()) size = larger(size, amount(both.min, full_));
  if (both.max.valid()) size = smaller(size, amount(both.max, full_));
  return flip ? negated(size) : size;
}

// Each entry is a branch that starts at 0.
Estimate ClauseEstimator::pick(const ast::Pick& pick) {
  const bool flip = !penalty_ && only_deducts(pick.branches);
  std::optional<Estimate> best;
  for (const EntryId branch : pick.branches) {
    if (std::holds_alternative<ast::Guard>(model_.entry(branch).node)) continue;
    Estimate one = entry(branch);
    if (flip) one = negated(one);
    if (!best) {
      best = one;
    } else {
      best = pick.highest ? larger(*best, one) : smaller(*best, one);
    }
  }
  if (!best) return Estimate::constant(0);
  return flip ? negated(*best) : *best;
}

Estimate ClauseEstimator::clause(EntryId id, const ast::Clause& clause) {
  const Estimate worth = worth_of(clause);
  Estimate amount_of = size(id, clause, worth);
  if (clause.max_full) amount_of = smaller(amount_of, full_);
  if (clause.max.valid()) amount_of = smaller(amount_of, amount(clause.max, worth));
  if (clause.when.valid()) {
    amount_of = choose(evaluator_.condition(clause.when), amount_of, Estimate::constant(0));
  }
  // A penalty item adds up what it takes away.
  return deducts(clause) != penalty_ ? negated(amount_of) : amount_of;
}

// The amount times what it is counted over, before the cap.
Estimate ClauseEstimator::size(EntryId id, const ast::Clause& clause, const Estimate& worth) {
  Estimate each = std::visit(ScaleVisit{*this, id, worth}, clause.scale);
  const auto source = model_.clauses.at(id).per;
  if (!source.valid()) {
    if (clause.per) {
      each = product(each, in_steps(*clause.per, evaluator_.number(clause.per->what)));
    }
    return multiplied(clause, std::move(each));
  }
  const Reads rows = evaluator_.variables().table(model_.sources[source].table);
  each = multiplied(clause, std::move(each));
  const bool stepped =
      clause.per->step.valid() || clause.per->rounding != ast::PerRounding::Exact;
  if (!stepped) return over_rows(each, rows);
  const Estimate count = Estimate::free(Interval::at_least(0), rows);
  return product(each, in_steps(*clause.per, count));
}

// `per 5 days every full|started`.
Estimate ClauseEstimator::in_steps(const ast::Per& per, const Estimate& n) {
  Estimate steps = larger(n, Estimate::constant(0));
  if (per.step.valid()) steps = quotient(steps, evaluator_.number(per.step));
  if (per.rounding == ast::PerRounding::Exact) return steps;
  const auto rounded = [&](const Extended& end) -> Extended {
    if (!end.finite()) return end;
    return per.rounding == ast::PerRounding::Full ? value::floor(end.value)
                                                  : value::ceil(end.value);
  };
  const Interval& b = steps.bounds;
  return Estimate::within({rounded(b.low), rounded(b.high), b.low.finite(), b.high.finite()},
                          steps.reads);
}

Estimate ClauseEstimator::multiplied(const ast::Clause& clause, Estimate amount_of) {
  for (const ast::Multiplier& multiplier : clause.multipliers) {
    const Estimate factor =
        choose(evaluator_.condition(multiplier.when), evaluator_.number(multiplier.factor),
               Estimate::constant(1));
    amount_of = product(amount_of, factor);
  }
  return amount_of;
}

}  // namespace xize::analysis
