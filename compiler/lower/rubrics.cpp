// Rubrics (language §6.5–§6.7, §6.9): the total, periods, ranks, conversion, reports.
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

// Sections add, bonus blocks add, penalty blocks take away.
struct Sums {
  OpId sections, bonus, penalty;
};

Sums sums_of(Lowering& l, NodeId rubric) {
  Sums sums{l.zero(), l.zero(), l.zero()};
  for (const NodeId child : l.node(rubric).children) {
    if (l.node(child).role == sema::Role::Ordinary) continue;
    const OpId counted = l.build.and_(applicable_of(l, child), l.build.not_(unscored_of(l, child)));
    const OpId part = l.build.select(counted, score_of(l, child), l.zero());
    OpId& sum = is_penalty(l, child) ? sums.penalty : sums.bonus;
    sum = l.add(sum, part);
  }
  // combine_children counts bonus and penalty blocks of the node too; a rubric shows them apart.
  sums.sections = combine_ordinary(l, rubric);
  return sums;
}

// A floor or ceiling that the document leaves open matters only where it would bind.
OpId open_limit(Lowering& l, NodeId rubric, OpId x) {
  if (l.options.unspecified != UnspecifiedMode::Error) return x;
  for (const EntryId entry : l.node(rubric).unspecified) {
    const auto& open = l.model.entry_as<ast::Unspecified>(entry);
    if (!open.accepted.empty()) continue;
    const OpId fault =
        l.build.fault(FaultKind::Unspecified, l.origin(PlaceKind::Unspecified, entry, rubric));
    if (open.about == ast::About::Floor) {
      x = l.build.select(l.op(Opcode::lt, {x, l.zero()}), fault, x);
    } else if (open.about == ast::About::Ceiling) {
      x = l.build.select(l.op(Opcode::gt, {x, points_of(l, rubric)}), fault, x);
    }
  }
  return x;
}

OpId limited(Lowering& l, NodeId rubric, OpId x) {
  const sema::Node& node = l.node(rubric);
  if (node.floor.valid()) {
    const auto& floor = l.model.entry_as<ast::Floor>(node.floor);
    if (!floor.none && floor.value.valid()) {
      x = l.op(Opcode::max, {x, lower_expr(l, floor.value, {rubric})});
    }
  }
  if (node.ceiling.valid()) {
    const auto& ceiling = l.model.entry_as<ast::Ceiling>(node.ceiling);
    if (!ceiling.none && ceiling.value.valid()) {
      x = l.op(Opcode::min, {x, lower_expr(l, ceiling.value, {rubric})});
    }
  }
  return open_limit(l, rubric, x);
}

// Is no part of the rubric scored for the unit?
OpId nothing_scored(Lowering& l, NodeId rubric) {
  OpId any = l.build.boolean(l.node(rubric).children.empty());
  for (const NodeId child : l.node(rubric).children) {
    if (l.node(child).role != sema::Role::Ordinary) continue;
    any = l.build.or_(
        any, l.build.and_(applicable_of(l, child), l.build.not_(unscored_of(l, child))));
  }
  return l.build.not_(any);
}

// What holds only for members that are scored.
OpId masked(Lowering& l, NodeId rubric, OpId number) {
  const OpId unscored = l.rubric_out(rubric).unscored;
  return l.build.select(member_of(l, rubric),
                        l.build.select(unscored, l.build.missing(), number),
                        l.build.not_applicable());
}

// Converted totals never change grade or rank.
OpId converted_of(Lowering& l, NodeId rubric) {
  const sema::Node& node = l.node(rubric);
  if (!node.convert.valid()) {
    for (const EntryId entry : node.unspecified) {
      const auto& open = l.model.entry_as<ast::Unspecified>(entry);
      const bool faults = l.options.unspecified == UnspecifiedMode::Error;
      if (open.about != ast::About::Conversion || !open.accepted.empty() || !faults) continue;
      return l.build.fault(FaultKind::Unspecified,
                           l.origin(PlaceKind::Unspecified, entry, rubric));
    }
    return {};
  }
  const auto& convert = l.model.entry_as<ast::Convert>(node.convert);
  const OpId target = lower_expr(l, convert.target, {rubric});
  const Origin origin = l.origin(convert.target, {rubric});
  const OpId share = l.op(Opcode::div, {result_of(l, rubric), points_of(l, rubric)}, origin);
  OpId converted = l.op(Opcode::mul, {share, target}, origin);
  if (convert.round) converted = round_by(l, *convert.round, converted, {rubric});
  return masked(l, rubric, converted);
}

// The weight of the unit row's period: the first for the first period of the year, and so on.
OpId period_weight(Lowering& l, NodeId rubric, const ast::CombinePeriods& combine) {
  if (combine.weights.empty() || !l.model.period.valid()) return l.number(1);
  const OpId month = l.op(Opcode::month_number, {l.build.period()});
  const OpId place = l.op(
      Opcode::ceil, {l.op(Opcode::div, {month, l.number(period_months(l.model))})});
  OpId weight = l.zero();
  for (std::size_t i = combine.weights.size(); i-- > 0;) {
    const OpId here = l.op(Opcode::eq, {place, l.number(static_cast<std::int64_t>(i) + 1)});
    weight = l.build.select(here, lower_expr(l, combine.weights[i], {rubric}), weight);
  }
  return weight;
}

program::PeriodMode mode_of(ast::PeriodMode mode) {
  switch (mode) {
    case ast::PeriodMode::Average: return program::PeriodMode::Average;
    case ast::PeriodMode::Sum: return program::PeriodMode::Sum;
    case ast::PeriodMode::Last: return program::PeriodMode::Last;
    case ast::PeriodMode::Weights: return program::PeriodMode::Weighted;
  }
  return program::PeriodMode::Average;
}

// §6.6: over the periods in which the rubric scores the unit.
OpId combined_of(Lowering& l, NodeId rubric) {
  const EntryId entry = l.node(rubric).combine_periods;
  if (!entry.valid()) return {};
  const auto& combine = l.model.entry_as<ast::CombinePeriods>(entry);
  const OpId total = total_of(l, rubric);
  const OpId counts =
      l.build.and_(member_of(l, rubric), l.build.not_(l.rubric_out(rubric).unscored));
  OpId combined = l.op(Opcode::pop_combine, {counts, total, period_weight(l, rubric, combine)},
                       l.origin(PlaceKind::Node, entry, rubric),
                       static_cast<std::uint32_t>(mode_of(combine.mode)));
  if (combine.round) combined = round_by(l, *combine.round, combined, {rubric});
  return l.build.select(counts, combined, total);
}

}  // namespace

OpId total_of(Lowering& l, NodeId rubric) {
  RubricOps& ops = l.rubric_ops[rubric];
  if (ops.total) return ops.total;
  ops.total = l.build.fault(FaultKind::BadCell, {});  // a total that depends on itself
  const sema::Node& node = l.node(rubric);
  const Sums sums = sums_of(l, rubric);
  OpId number = l.add(sums.sections, sums.bonus);
  if (!l.build.is_constant(sums.penalty, Rational(0))) {
    number = l.op(Opcode::sub, {number, sums.penalty});
  }
  Guarded guarded = decide(l, rubric, number, points_of(l, rubric));
  const OpId limit = limited(l, rubric, guarded.score);
  lower_redistribution(l, rubric);
  program::Rubric& out = l.rubric_out(rubric);
  out.decisions = std::move(guarded.decisions);
  out.sections_sum = sums.sections;
  out.bonus_sum = sums.bonus;
  out.penalty_sum = sums.penalty;
  out.before_rules = number;
  out.before_round = limit;
  out.unscored = l.build.or_(guarded.unscored,
                             l.build.or_(l.no_receiver[rubric], nothing_scored(l, rubric)));
  const OpId rounded =
      node.round.valid() ? lower_round(l, node.round, limit, rubric) : limit;
  const OpId total = masked(l, rubric, rounded);
  l.rubric_ops[rubric].total = total;
  return total;
}

OpId result_of(Lowering& l, NodeId rubric) {
  if (l.rubric_ops[rubric].result) return l.rubric_ops[rubric].result;
  const OpId total = total_of(l, rubric);
  const OpId combined = combined_of(l, rubric);
  l.rubric_out(rubric).combined = combined;
  l.rubric_ops[rubric].result = combined ? combined : total;
  return l.rubric_ops[rubric].result;
}

std::uint32_t field_of(const Lowering& l, NodeId rubric) {
  return l.node(rubric).combine_periods.valid() ? program::kAcrossPeriods : 0;
}

OpId ranked_of(Lowering& l, NodeId rubric) {
  if (l.rubric_ops[rubric].ranked) return l.rubric_ops[rubric].ranked;
  total_of(l, rubric);
  OpId ranked =
      l.build.and_(member_of(l, rubric), l.build.not_(l.rubric_out(rubric).unscored));
  if (l.model.reference.valid()) {
    ranked = l.build.and_(ranked, l.build.not_(lower_group(l, l.model.reference, {rubric})));
  }
  l.rubric_ops[rubric].ranked = ranked;
  return ranked;
}

OpId rank_of(Lowering& l, NodeId rubric) {
  if (l.rubric_ops[rubric].rank) return l.rubric_ops[rubric].rank;
  const OpId result = result_of(l, rubric);
  const OpId ranked = ranked_of(l, rubric);
  const OpId place = l.op(Opcode::pop_rank, {ranked, result},
                          l.origin(PlaceKind::Node, l.node(rubric).entry, rubric),
                          field_of(l, rubric));
  l.rubric_ops[rubric].rank = l.build.select(ranked, place, l.build.missing());
  return l.rubric_ops[rubric].rank;
}

OpId lower_report(Lowering& l, sema::ReportId id) {
  const sema::Report& report = l.model.reports[id];
  const OpId value = lower_expr(l, report.value, {report.node});
  OpId applies = columns_apply(l, reads_of(l, report.value));
  if (report.node.valid()) applies = l.build.and_(applicable_of(l, report.node), applies);
  return l.build.select(applies, value, l.build.not_applicable());
}

void lower_rubric(Lowering& l, NodeId id) {
  const sema::Node& node = l.node(id);
  const OpId total = total_of(l, id);
  result_of(l, id);
  const OpId converted = converted_of(l, id);
  const OpId rank = node.no_total ? OpId() : rank_of(l, id);
  const OpId grade = node.grade.valid() ? grade_of(l, id) : OpId();
  program::Rubric& out = l.rubric_out(id);
  out.total = total;
  out.converted = converted;
  out.rank = rank;
  if (out.grade) out.grade->grade = grade;
  out.has_total = !node.no_total && is_scored(l, id);
  out.member = member_of(l, id);
  out.declared_total = points_of(l, id);
  if (l.model.reference.valid()) out.reference = lower_group(l, l.model.reference, {id});
}

}  // namespace xize::lower
