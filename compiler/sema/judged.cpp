// Marks that people give: judged levels and checklists.

#include <unordered_set>

#include "compiler/diagnostics/kinds/names.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/scoring.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

// What a judged clause can give, where the text alone says it.
struct Worth {
  std::optional<value::Rational> points;
  std::optional<value::Rational> step;
};

// An amount in points: a share is taken of the worth.
std::optional<value::Rational> in_points(const Checker& c, ExprId id, const Worth& worth) {
  const auto value = constant_value(c.model, id);
  if (!value || !is_share(c.model.type(id))) return value;
  if (!worth.points) return std::nullopt;
  return *value * *worth.points;
}

void check_mark(Checker& c, ExprId id, const Worth& worth) {
  if (!id.valid()) return;
  const auto points = in_points(c, id, worth);
  if (!points) return;
  if (points->sign() < 0 || (worth.points && *points > *worth.points)) {
    c.report<kinds::BandOutsideWorth>(c.span(id), *points,
                                     worth.points ? *worth.points : value::Rational(0));
  } else if (worth.step && !(*points / *worth.step).is_integer()) {
    c.report<kinds::OffStep>(c.span(id), *points, *worth.step);
  }
}

void check_level(Checker& c, const ast::Level& level, const Worth& worth, const Place& place) {
  const auto& result = level.result;
  const bool range = result.kind == ast::RowResultKind::Range;
  if (result.kind != ast::RowResultKind::Amount && !range) return;
  check_amount(c, result.amount, place);
  check_mark(c, result.amount, worth);
  if (!range) return;
  check_amount(c, result.high, place);
  check_mark(c, result.high, worth);
  const auto low = in_points(c, result.amount, worth);
  const auto high = in_points(c, result.high, worth);
  if (low && high && *low > *high) c.report<kinds::RangeReversed>(result.span, *low, *high);
}

std::optional<SourceId> marks_of(Checker& c, ExprId from, const Place& place) {
  const auto* member = std::get_if<ast::Member>(&c.node(from));
  if (member == nullptr) return std::nullopt;
  const auto* base = std::get_if<ast::NameRef>(&c.node(member->base));
  return base == nullptr ? std::nullopt : source_named(c, base->name, place);
}

// A column of records that holds marks: a blank cell is a mark that is still to come.
void note_marks(Checker& c, ExprId marks) {
  if (!marks.valid()) return;
  const auto* ref = std::get_if<ColumnRef>(&c.fact(marks).binding);
  if (ref != nullptr && c.model.columns[ref->column].table != kUnitTable) {
    c.model.columns[ref->column].judged = true;
  }
}

// `from R.col`: marks of several assessors, averaged; or an aggregate, such as a trimmed average.
void check_marks_from(Checker& c, EntryId entry, const ast::JudgeScale& judge,
                      const Place& place) {
  if (const auto source = marks_of(c, judge.from, place)) {
    c.model.clauses[entry].marks = *source;
    check_amount(c, judge.from, row_place(c, *source, place));
    return note_marks(c, judge.from);
  }
  check_number(c, judge.from, place);
  const auto aggregate = c.model.aggregates.find(judge.from);
  if (aggregate != c.model.aggregates.end()) note_marks(c, aggregate->second.element);
  if (judge.step.valid()) {  // an average need not lie on the step of the marks
    c.report<kinds::TailNotForThis>(c.span(judge.step), c.chinese() ? "精确到" : "step",
                                   Term{"a mark that is computed", "算出来的评分"});
  }
}

std::optional<value::Rational> check_step(Checker& c, ExprId step, const Place& place) {
  if (!step.valid()) return std::nullopt;
  check_amount(c, step, place);
  const auto value = constant_value(c.model, step);
  if (!value) {
    c.report<kinds::NotConstant>(c.span(step), Term{"the step", "精度"});
  } else if (value->sign() <= 0) {
    c.report<kinds::NegativePoints>(c.span(step), Term{"the step", "精度"});
    return std::nullopt;
  }
  return value;
}

}  // namespace

void check_judge(Checker& c, EntryId entry, const ast::JudgeScale& judge, const Place& place) {
  const auto& clause = c.entry<ast::Clause>(entry);
  Worth worth;
  worth.points = clause.worth.valid() ? constant_value(c.model, clause.worth)
                 : place.node.valid() ? c.model.nodes[place.node].points_value
                                      : std::nullopt;
  worth.step = check_step(c, judge.step, place);
  if (judge.from.valid()) check_marks_from(c, entry, judge, place);
  std::unordered_set<std::string_view> names;
  for (const auto& level : judge.levels) {
    if (!names.insert(level.name.text).second) {
      c.report<kinds::DuplicateName>(level.name.span, level.name.text);
    }
    check_level(c, level, worth, place);
  }
  if (const auto mark = c.model.clauses[entry].mark; mark.valid() && worth.step) {
    c.model.columns[mark].step = worth.step;
  }
}

void check_checklist(Checker& c, const ast::ChecklistScale& checklist, const Place& place) {
  bool with = false, without = false;
  for (const auto& box : checklist.boxes) {
    check_condition(c, box.condition, place);
    check_amount(c, box.amount, place);
    (box.amount.valid() ? with : without) = true;
  }
  if (with && without) c.report<kinds::ChecklistMixed>(checklist.boxes.front().span);
}

}  // namespace xize::sema
