// Clauses (language §5): `[award|deduct] AMOUNT tails`, and the blocks around them. Every clause
// and block is noted as a contribution, so that an explanation can say what it gave or took.
#include <algorithm>

#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

using program::Contribution;

bool judges_deduction(const ast::Clause& clause) {
  const auto* judge = std::get_if<ast::JudgeScale>(&clause.scale);
  return judge != nullptr && judge->as_deduction;
}

bool deducts(const ast::Clause& clause) {
  return clause.sign == ast::Sign::Deduct || judges_deduction(clause);
}

// Lowers the clauses of one item.
class Clauses {
 public:
  Clauses(Lowering& l, NodeId item)
      : l_(l), item_(item), context_{item}, penalty_(is_penalty(l, item)) {
    full_ = has_points(l, item) ? points_of(l, item) : l.zero();
  }

  OpId run() {
    const OpId base = start();
    OpId sum = base;
    l_.node_ops[item_.index].unscored = l_.build.boolean(false);
    for (const EntryId entry : l_.node(item_).clauses) {
      sum = l_.add(sum, lower(entry, {-1, l_.build.boolean(true)}));
    }
    program::Node& out = l_.out(item_);
    out.base = base;
    out.contributions = std::move(contributions_);
    return sum;
  }

 private:
  // The block around a clause: its contribution, and whether it applies.
  struct Around {
    int parent = -1;
    OpId active;
  };

  // Only deductions: full. None: 0. Else what `base` says.
  OpId start() {
    const EntryId entry = l_.node(item_).base;
    if (!entry.valid()) return l_.node(item_).starts_full ? full_ : l_.zero();
    const auto& base = l_.model.entry_as<ast::Base>(entry);
    return base.full ? full_ : lower_amount(l_, base.value, full_, context_);
  }

  // The signed amount of an entry; 0 for those that are no clauses.
  OpId lower(EntryId id, Around around) {
    const auto& entry = l_.model.entry(id).node;
    if (const auto* clause = std::get_if<ast::Clause>(&entry)) {
      if (l_.model.clauses.at(id).is_guard) return l_.zero();
      return lower_clause(id, *clause, around);
    }
    if (const auto* when = std::get_if<ast::When>(&entry)) return lower_when(id, *when, around);
    if (const auto* both = std::get_if<ast::Together>(&entry)) return lower_both(id, *both, around);
    if (const auto* pick = std::get_if<ast::Pick>(&entry)) return lower_pick(id, *pick, around);
    if (const auto* open = std::get_if<ast::Unspecified>(&entry)) {
      return lower_unspecified(id, *open, around);
    }
    if (const auto it = l_.model.uses.find(id); it != l_.model.uses.end()) {
      return lower_all(it->second, around);
    }
    return l_.zero();
  }

  OpId lower_all(const std::vector<EntryId>& entries, Around around) {
    OpId sum = l_.zero();
    for (const EntryId entry : entries) sum = l_.add(sum, lower(entry, around));
    return sum;
  }

  // Notes a contribution before those inside it, so that parents come first.
  int open(EntryId id, Around around, PlaceKind kind = PlaceKind::Clause) {
    Contribution contribution;
    contribution.active = around.active;
    contribution.parent = around.parent;
    contribution.origin = l_.origin(kind, id, item_);
    contributions_.push_back(contribution);
    return static_cast<int>(contributions_.size()) - 1;
  }
  Contribution& at(int index) { return contributions_[static_cast<std::size_t>(index)]; }

  // `when C { … } otherwise { … }`.
  OpId lower_when(EntryId id, const ast::When& when, Around around) {
    const int index = open(id, around);
    const OpId holds = lower_expr(l_, when.condition, context_);
    const OpId then = lower_all(when.then, {index, l_.build.and_(around.active, holds)});
    const OpId otherwise =
        lower_all(when.otherwise, {index, l_.build.and_(around.active, l_.build.not_(holds))});
    at(index).amount = l_.build.select(holds, then, otherwise);
    return at(index).amount;
  }

  // A block counts what it takes away where everything in it deducts.
  [[nodiscard]] bool only_deducts(const std::vector<EntryId>& entries) const {
    bool any = false;
    for (const EntryId id : entries) {
      const auto& entry = l_.model.entry(id).node;
      if (const auto* clause = std::get_if<ast::Clause>(&entry)) {
        if (!deducts(*clause)) return false;
        any = true;
      } else if (const auto* when = std::get_if<ast::When>(&entry)) {
        const bool then = when->then.empty() || only_deducts(when->then);
        if (!then || (!when->otherwise.empty() && !only_deducts(when->otherwise))) return false;
        any = true;
      } else if (const auto* both = std::get_if<ast::Together>(&entry)) {
        if (!only_deducts(both->entries)) return false;
        any = true;
      } else if (const auto* pick = std::get_if<ast::Pick>(&entry)) {
        if (!only_deducts(pick->branches)) return false;
        any = true;
      } else if (const auto it = l_.model.uses.find(id); it != l_.model.uses.end()) {
        if (!only_deducts(it->second)) return false;
        any = true;
      }
    }
    return any;
  }

  // A signed amount seen as a size, and back; penalty items count sizes anyway.
  OpId flipped(OpId x, bool flip) { return flip ? l_.op(Opcode::neg, {x}) : x; }

  // `together max 6 { … }`: a joint cap on what the block gives, or on what it takes away.
  OpId lower_both(EntryId id, const ast::Together& both, Around around) {
    const int index = open(id, around);
    const bool flip = !penalty_ && only_deducts(both.entries);
    OpId size = flipped(lower_all(both.entries, {index, around.active}), flip);
    if (both.min.valid()) {
      size = l_.op(Opcode::max, {size, lower_amount(l_, both.min, full_, context_)});
    }
    if (both.max.valid()) {
      size = l_.op(Opcode::min, {size, lower_amount(l_, both.max, full_, context_)});
    }
    at(index).amount = flipped(size, flip);
    return at(index).amount;
  }

  // `highest of`, `lowest of`: each entry is a branch that starts at 0.
  OpId lower_pick(EntryId id, const ast::Pick& pick, Around around) {
    const int index = open(id, around);
    const bool flip = !penalty_ && only_deducts(pick.branches);
    std::vector<OpId> branches;
    for (const EntryId branch : pick.branches) {
      if (std::holds_alternative<ast::Guard>(l_.model.entry(branch).node)) continue;
      branches.push_back(flipped(lower(branch, {index, around.active}), flip));
    }
    if (branches.empty()) branches.push_back(l_.zero());
    const Origin origin = at(index).origin;
    const OpId best = l_.op(pick.highest ? Opcode::max : Opcode::min, branches, origin);
    at(index).amount = flipped(best, flip);
    return at(index).amount;
  }

  // Accepted: the suggestion. Else what the run was told to do.
  OpId lower_unspecified(EntryId id, const ast::Unspecified& open_rule, Around around) {
    if (open_rule.about != ast::About::Rule) return l_.zero();
    if (!open_rule.accepted.empty()) return lower_all(open_rule.suggestion, around);
    const int index = open(id, around, PlaceKind::Unspecified);
    at(index).amount = l_.zero();
    if (l_.options.unspecified == UnspecifiedMode::Error) {
      at(index).amount = l_.build.fault(FaultKind::Unspecified, at(index).origin);
    } else if (l_.options.unspecified == UnspecifiedMode::Skip) {
      OpId& unscored = l_.node_ops[item_.index].unscored;
      unscored = l_.build.or_(unscored, around.active);
    }
    return at(index).amount;
  }

  OpId lower_clause(EntryId id, const ast::Clause& clause, Around around) {
    const int index = open(id, around);
    const OpId worth =
        clause.worth.valid() ? lower_amount(l_, clause.worth, full_, context_) : full_;
    const Scaled size = lower_size(id, clause, worth);
    OpId amount = size.amount;
    if (clause.max_full) amount = l_.op(Opcode::min, {amount, full_});
    if (clause.max.valid()) {
      amount = l_.op(Opcode::min, {amount, lower_amount(l_, clause.max, worth, context_)});
    }
    if (clause.when.valid()) {
      const OpId holds = lower_expr(l_, clause.when, context_);
      at(index).active = l_.build.and_(around.active, holds);
      amount = l_.build.select(holds, amount, l_.zero());
    }
    // A penalty item adds up what it takes away.
    const bool negative = deducts(clause) != penalty_;
    if (negative) amount = l_.op(Opcode::neg, {amount});
    at(index).amount = amount;
    at(index).measure = size.measure;
    return amount;
  }

  // The amount times what it is counted over, before the cap.
  Scaled lower_size(EntryId id, const ast::Clause& clause, OpId worth) {
    const sema::ClauseInfo& info = l_.model.clauses.at(id);
    if (info.per.valid()) return lower_per_rows(id, clause, worth, info.per);
    Scaled scaled = lower_scale(l_, id, worth, context_);
    if (clause.per) {
      const OpId n = lower_expr(l_, clause.per->what, context_);
      const OpId checked = l_.op(Opcode::check_count, {n}, l_.origin(clause.per->what, context_));
      scaled.amount = l_.mul(scaled.amount, in_steps(*clause.per, checked));
      scaled.measure = n;
    }
    scaled.amount = multiplied(clause, scaled.amount, context_);
    return scaled;
  }

  // `per 5 days every full|started`.
  OpId in_steps(const ast::Per& per, OpId n) {
    if (per.step.valid()) {
      n = l_.op(Opcode::div, {n, lower_expr(l_, per.step, context_)},
                l_.origin(per.step, context_));
    }
    if (per.rounding == ast::PerRounding::Full) return l_.op(Opcode::floor, {n});
    if (per.rounding == ast::PerRounding::Started) return l_.op(Opcode::ceil, {n});
    return n;
  }

  OpId multiplied(const ast::Clause& clause, OpId amount, const Context& context) {
    for (const ast::Multiplier& multiplier : clause.multipliers) {
      OpId factor = lower_expr(l_, multiplier.factor, context);
      if (multiplier.when.valid()) {
        factor = l_.build.select(lower_expr(l_, multiplier.when, context), factor, l_.number(1));
      }
      amount = l_.mul(amount, factor);
    }
    return amount;
  }

  // `per R`: the amount and its multipliers are read on each record; the records are added up.
  // `per 3 件 R` counts the records in steps.
  Scaled lower_per_rows(EntryId id, const ast::Clause& clause, OpId worth, sema::SourceId source) {
    const auto table = static_cast<std::uint16_t>(l_.model.sources[source].table.index - 1);
    const OpId where = rows_where(l_, source, clause.per->where, context_);
    const Origin origin = l_.origin(PlaceKind::Clause, id, item_);
    const OpId count = l_.build.fold(Opcode::fold_count, table, {where}, origin);
    Context rows = context_;
    rows.source = source;
    const bool stepped =
        clause.per->step.valid() || clause.per->rounding != ast::PerRounding::Exact;
    const Context& context = stepped ? context_ : rows;
    const Scaled each = lower_scale(l_, id, worth, context);
    const OpId amount = multiplied(clause, each.amount, context);
    OpId sum;
    if (stepped) {
      sum = l_.mul(amount, in_steps(*clause.per, count));
    } else if (l_.build.level(amount) == program::Level::Constant) {
      sum = l_.mul(amount, count);
    } else {
      sum = l_.build.fold(Opcode::fold_sum, table, {where, amount}, origin);
    }
    return {l_.mul(sum, full_inspection(source, table)), count};
  }

  // 不足 n 个的，全量检查，按比例扣分: n ÷ the rows that were looked at, where these are fewer.
  OpId full_inspection(sema::SourceId id, std::uint16_t table) {
    const sema::Source& source = l_.model.sources[id];
    if (!source.sample.valid()) return l_.number(1);
    const auto& sample = l_.model.entry_as<ast::Sample>(source.sample);
    if (!sample.scaled_to_full) return l_.number(1);
    const OpId rows = l_.build.fold(Opcode::fold_count, table, {l_.build.boolean(true)},
                                    l_.origin(sample.take, context_));
    const OpId some = l_.op(Opcode::max, {rows, l_.number(1)});
    const OpId share = l_.op(Opcode::div, {lower_expr(l_, sample.take, context_), some});
    return l_.op(Opcode::max, {share, l_.number(1)});
  }

  Lowering& l_;
  NodeId item_;
  Context context_;
  bool penalty_ = false;
  OpId full_;
  std::vector<Contribution> contributions_;
};

}  // namespace

OpId lower_amount(Lowering& l, ExprId amount, OpId worth, const Context& context) {
  const OpId value = lower_expr(l, amount, context);
  return sema::is_share(l.model.type(amount)) ? l.mul(worth, value) : value;
}

OpId lower_result(Lowering& l, const ast::RowResult& result, OpId worth, const Context& context) {
  switch (result.kind) {
    case ast::RowResultKind::Full: return worth;
    case ast::RowResultKind::Zero: return l.zero();
    default: return lower_amount(l, result.amount, worth, context);
  }
}

OpId lower_clauses(Lowering& l, NodeId item) { return Clauses(l, item).run(); }

}  // namespace xize::lower
