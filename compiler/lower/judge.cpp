// Judged marks (language §5): a mark in [0, worth], on its step, in the band of a level where there
// are levels. One mark in the item's own column, or the average of the marks of several assessors.
#include "compiler/lower/topics.h"

namespace xize::lower {

namespace {

// What one mark must satisfy.
class Mark {
 public:
  Mark(Lowering& l, EntryId entry, const ast::JudgeScale& judge, const Context& context)
      : l_(l), judge_(judge), context_(context),
        origin_(l.origin(PlaceKind::Clause, entry, context.node)) {}

  // The mark itself, or a fault where it is out of range. A worth that is not stated has no end.
  OpId checked(OpId mark, OpId worth, bool bounded) {
    const OpId step = judge_.step.valid() ? lower_amount(l_, judge_.step, worth, context_)
                                          : l_.zero();
    const OpId most = bounded ? worth : l_.op(Opcode::max, {mark, l_.zero()});
    const OpId sound = l_.op(Opcode::check_mark, {mark, l_.zero(), most, step}, origin_);
    if (judge_.levels.empty()) return sound;
    OpId fits = l_.build.boolean(false);
    for (const ast::Level& level : judge_.levels) {
      fits = l_.build.or_(fits, in_band(mark, level.result, worth));
    }
    return l_.build.select(fits, sound, l_.build.fault(FaultKind::MarkOutOfRange, origin_));
  }

 private:
  // 酌情扣分 leaves the whole range open; another level is a value or a band.
  OpId in_band(OpId mark, const ast::RowResult& result, OpId worth) {
    if (result.kind == ast::RowResultKind::JudgedDeduction) return l_.build.boolean(true);
    const OpId low = lower_result(l_, result, worth, context_);
    if (result.kind != ast::RowResultKind::Range) return l_.op(Opcode::eq, {mark, low});
    const OpId high = lower_amount(l_, result.high, worth, context_);
    return l_.build.and_(l_.op(Opcode::ge, {mark, low}), l_.op(Opcode::le, {mark, high}));
  }

  Lowering& l_;
  const ast::JudgeScale& judge_;
  const Context& context_;
  Origin origin_;
};

}  // namespace

Scaled lower_judge(Lowering& l, EntryId entry, OpId worth, const Context& context) {
  const sema::ClauseInfo& info = l.model.clauses.at(entry);
  const auto& clause = l.model.entry_as<ast::Clause>(entry);
  const auto& judge = std::get<ast::JudgeScale>(clause.scale);
  const sema::Node& item = l.node(context.node);
  const bool bounded = clause.worth.valid() || item.points_kind == ast::PointsKind::Stated ||
                       item.max.valid();
  Mark mark(l, entry, judge, context);
  if (!judge.from.valid()) {
    const OpId given = lower_column(l, info.mark, context);
    return {mark.checked(given, worth, bounded), given};
  }
  if (!info.marks.valid()) {  // an aggregate, such as a trimmed average
    const OpId given = lower_expr(l, judge.from, context);
    return {mark.checked(given, worth, bounded), given};
  }
  Context rows = context;
  rows.source = info.marks;
  const auto table = static_cast<std::uint16_t>(l.model.sources[info.marks].table.index - 1);
  const Origin origin = l.origin(judge.from, context);
  const OpId where = source_condition(l, info.marks, rows);
  const OpId each = mark.checked(lower_expr(l, judge.from, rows), worth, bounded);
  const OpId count = l.build.fold(Opcode::fold_count, table, {where}, origin);
  const OpId mean = l.build.fold(Opcode::fold_average, table, {where, each}, origin);
  // No mark given yet is pending, never 0.
  const OpId pending = l.build.fault(FaultKind::PendingMark, origin);
  const OpId given = l.build.select(l.op(Opcode::gt, {count, l.zero()}), mean, pending);
  return {given, given};
}

}  // namespace xize::lower
