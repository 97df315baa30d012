// What follows from scores: points, rounding, floors, grades, selections, reports.

#include <algorithm>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/names.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/sema/declarations.h"
#include "compiler/sema/expressions.h"
#include "compiler/sema/scoring.h"
#include "compiler/sema/words.h"

namespace xize::sema {

namespace {

using ast::RowTestKind;

void check_round(Checker& c, const ast::Round& round, const Place& place) {
  if (!round.places.valid()) return;
  if (check_number(c, round.places, place).invalid()) return;
  const auto places = constant_value(c.model, round.places);
  const Term what{"the number of decimal places", "小数位数"};
  if (!places) {
    c.report<kinds::NotConstant>(c.span(round.places), what);
  } else if (!places->is_integer() || places->sign() < 0) {
    c.report<kinds::NotWhole>(c.span(round.places), what, 0);
  }
}

// Points that may be negative: a floor of -40.
void check_limit(Checker& c, ExprId limit, const Place& place) {
  if (!limit.valid()) return;
  const Type type = check_number(c, limit, place);
  if (type.invalid() || type.points() || type.literal()) return;
  c.report<kinds::WrongType>(c.span(limit), type_word(c.model, number(kPoints)),
                            type_word(c.model, type));
}

// The left side of a grade or selection: a bound of points, or places.
void check_cut(Checker& c, const ast::RowTest& test, const Place& place) {
  switch (test.kind) {
    case RowTestKind::Compare:
    case RowTestKind::Unstated:
    case RowTestKind::Interval: {
      for (const auto id : {test.bound, test.interval.low, test.interval.high}) {
        if (!id.valid()) continue;
        const Type type = check_number(c, id, place);
        if (type.invalid() || type.points() || type.literal() || type.ratio()) continue;
        c.report<kinds::WrongType>(c.span(id), type_word(c.model, number(kPoints)),
                                  type_word(c.model, type));
      }
      if (test.kind == RowTestKind::Interval) {
        check_interval(c, test.interval, Type{}, place);
      } else if (test.kind == RowTestKind::Unstated) {
        check_row_test(c, test, Type{}, place);
      }
      break;
    }
    case RowTestKind::Top:
    case RowTestKind::TopShare: check_number(c, test.bound, place); break;
    case RowTestKind::Equals:
      c.report<kinds::WrongRow>(test.span, Term{"a value", "一个值"},
                               Term{"`>= n`, `top p` or `otherwise`", "“n 分及以上”“前 p”或“其余”"});
      break;
    case RowTestKind::Otherwise: break;
  }
}

void check_grade(Checker& c, EntryId entry, const Place& place) {
  for (const auto& row : c.entry<ast::Grade>(entry).rows) {
    if (row.test) check_cut(c, *row.test, place);
    if (row.score) check_cut(c, *row.score, place);
    for (const auto id : row.tie_breaks) check_number(c, id, place);
    check_condition(c, row.when, place);
  }
}

// The grades a rule speaks of: those of the node, or of a node around it.
NodeId graded_node(const Checker& c, NodeId node) {
  for (NodeId at = node; at.valid(); at = c.model.nodes[at].parent) {
    if (!c.model.nodes[at].grades.empty()) return at;
  }
  return {};
}

void check_grade_rule(Checker& c, NodeId node, EntryId entry, const Place& place) {
  const auto& rule = c.entry<ast::GradeRule>(entry);
  check_condition(c, rule.when, place);
  const auto graded = graded_node(c, node);
  if (!graded.valid()) {
    c.report<kinds::NoGrades>(c.entry_span(entry), c.model.nodes[node].name);
    return;
  }
  const auto& grades = c.model.nodes[graded].grades;
  if (!rule.grade.present() || std::ranges::find(grades, rule.grade.text) != grades.end()) return;
  c.report<kinds::UnknownGrade>(rule.grade.span, rule.grade.text, diagnostics::List{grades})
      .suggest(diagnostics::did_you_mean(rule.grade.text, grades));
}

void check_grades(Checker& c, NodeId id, const Place& place) {
  const OwnerGuard owner(c, Vertex{VertexKind::Grade, id.index});
  const auto& node = c.model.nodes[id];
  depend(c, {VertexKind::Score, id.index}, c.entry_span(node.entry));
  if (node.grade.valid()) check_grade(c, node.grade, place);
  const auto rules = node.grade_rules;
  for (const auto rule : rules) check_grade_rule(c, id, rule, place);
}

void check_redistribute(Checker& c, NodeId id, const Place& place) {
  const auto entry = c.model.nodes[id].redistribute;
  if (!entry.valid()) return;
  for (const auto& name : c.entry<ast::Redistribute>(entry).to) {
    const auto node = nearest_node(c, name, place);
    if (!node) {
      report_unknown(c, name, place);
    } else if (node->valid()) {
      c.model.nodes[id].redistribute_to.push_back(*node);
    }
  }
}

std::size_t periods_a_year(ast::PeriodKind kind) {
  switch (kind) {
    case ast::PeriodKind::Yearly: return 1;
    case ast::PeriodKind::HalfYearly: return 2;
    case ast::PeriodKind::Quarterly: return 4;
    case ast::PeriodKind::Monthly: return 12;
  }
  return 1;
}

// One weight for each period of the year.
void check_periods(Checker& c, const ast::CombinePeriods& periods, const Place& place) {
  for (const auto id : periods.weights) check_number(c, id, place);
  if (!periods.weights.empty() && c.model.period.valid()) {
    const auto wanted = periods_a_year(c.entry<ast::Period>(c.model.period).kind);
    const Span all = source::join(c.span(periods.weights.front()), c.span(periods.weights.back()));
    if (periods.weights.size() != wanted) {
      c.report<kinds::WrongArgumentCount>(all, c.chinese() ? "按权重" : "weights", wanted,
                                         periods.weights.size());
    }
  }
  if (periods.round) check_round(c, *periods.round, place);
}

// Where the candidates of a selection come from; the place their expressions are read at.
Place select_place(Checker& c, Select& select, const ast::Select& syntax, Place place) {
  if (!syntax.of.present() || syntax.of.text == c.model.unit_table().name) return place;
  if (const auto source = source_named(c, syntax.of, place)) {
    select.of = *source;
    return row_place(c, *source, place);
  }
  if (const auto group = group_named(c, syntax.of.text)) {
    select.group = *group;
    return place;
  }
  std::vector<std::string> known;
  for (const auto& source : c.model.sources) known.push_back(source.name);
  c.report<kinds::UnknownRecords>(syntax.of.span, syntax.of.text)
      .suggest(diagnostics::did_you_mean(syntax.of.text, known));
  return place;
}

}  // namespace

std::optional<value::Rational> check_points(Checker& c, ExprId points, const Place& place,
                                            const Term& what) {
  if (!points.valid()) return std::nullopt;
  const Type type = check_number(c, points, place);
  if (type.invalid()) return std::nullopt;
  if (!type.points() && !type.literal()) {
    c.report<kinds::WrongType>(c.span(points), type_word(c.model, number(kPoints)),
                              type_word(c.model, type));
    return std::nullopt;
  }
  const auto value = constant_value(c.model, points);
  if (value && value->sign() < 0) c.report<kinds::NegativePoints>(c.span(points), what);
  return value;
}

void check_results(Checker& c, NodeId id, const Place& place) {
  const auto& node = c.model.nodes[id];
  if (node.round.valid()) check_round(c, c.entry<ast::Round>(node.round), place);
  if (node.floor.valid()) check_limit(c, c.entry<ast::Floor>(node.floor).value, place);
  if (node.ceiling.valid()) check_limit(c, c.entry<ast::Ceiling>(node.ceiling).value, place);
  if (node.combine_periods.valid()) {
    check_periods(c, c.entry<ast::CombinePeriods>(node.combine_periods), place);
  }
  if (node.convert.valid()) {
    const auto& convert = c.entry<ast::Convert>(node.convert);
    check_limit(c, convert.target, place);
    if (convert.round) check_round(c, *convert.round, place);
  }
  check_redistribute(c, id, place);
  check_grades(c, id, place);
}

void check_selects(Checker& c) {
  for (std::size_t i = 0; i < c.model.selects.size(); ++i) {
    Select select = c.model.selects[SelectId(i)];
    const auto& syntax = c.entry<ast::Select>(select.entry);
    Place place;
    place.scope = c.scope_of(select.rubric);
    place.node = select.rubric;
    if (!select.rubric.valid()) {
      select.rubric = rubric_at(c, c.entry_span(select.entry), place);
      place.node = select.rubric;
    }
    const Place inside = select_place(c, select, syntax, place);
    if (syntax.top.bound.valid()) check_number(c, syntax.top.bound, place);
    if (syntax.per.valid()) check_expr(c, syntax.per, inside);
    if (syntax.by.valid()) check_number(c, syntax.by, inside);
    check_condition(c, syntax.where, inside);
    for (const auto id : syntax.tie_breaks) check_number(c, id, inside);
    c.model.selects[SelectId(i)] = std::move(select);
  }
}

}  // namespace xize::sema
