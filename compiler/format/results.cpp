// From items to a result: rounding, redistribution, totals, periods, grades, selections.
#include "compiler/format/blocks.h"
#include "compiler/format/clauses.h"
#include "compiler/format/entries.h"
#include "compiler/format/expressions.h"
#include "compiler/format/rows.h"

namespace xize::format {
namespace {

using ast::Ties;

void begin_tail(Page& page) { page.zh() ? page.put(Comma{}) : page.put(" "); }

void print_round_tail(Page& page, const std::optional<ast::Round>& round) {
  if (!round) return;
  begin_tail(page);
  print(page, *round);
}

// `round down`, 舍去小数: how a fraction of a place is rounded.
void print_place_rounding(Page& page, const std::optional<value::Rounding>& mode) {
  if (!mode) return;
  begin_tail(page);
  if (!page.zh()) page.put(Keyword("ROUND"), " ");
  page.put(page.words.whole(*mode));
}

void print_ties(Page& page, Ties ties, const std::vector<ast::ExprId>& keys) {
  if (ties == Ties::Unstated) return;
  begin_tail(page);
  switch (ties) {
    case Ties::Share: return page.put(Keyword("TIES_SHARE"));
    case Ties::Exclude: return page.put(Keyword("TIES_EXCLUDE"));
    default: break;
  }
  page.put(Keyword("TIES_BY"), " ");
  put_values(page, keys, Binding::Operand);
}

// The phrases 不涉及的，… say mode, scope and receivers in one; all but a mode left open.
bool has_share_phrase(const ast::Redistribute& redistribute) {
  return redistribute.mode_written && redistribute.scope != ast::Scope::Item &&
         (redistribute.to.empty() || redistribute.scope == ast::Scope::Rubric);
}

Keyword share_word(const ast::Redistribute& redistribute) {
  const bool equally = redistribute.mode == ast::RedistributeMode::Equally;
  if (!redistribute.to.empty()) return equally ? Keyword("SPREAD_TO") : Keyword("SHARE_TO");
  if (redistribute.scope == ast::Scope::Rubric) {
    return equally ? Keyword("SPREAD_RUBRIC") : Keyword("SHARE_RUBRIC");
  }
  return equally ? Keyword("SPREAD_SECTION") : Keyword("SHARE_SECTION");
}

void print_share_phrase(Page& page, const ast::Redistribute& redistribute) {
  page.put(Keyword("NOT_APPLICABLE"), Keyword("DE"), Comma{}, share_word(redistribute));
  if (redistribute.to.empty()) return;
  page.put(" ");
  put_names(page, redistribute.to, true);
}

void print_total_word(Page& page) {
  if (page.zh()) page.put(Keyword("TOTAL"), " ");
}

void print_grade_test(Page& page, const ast::RowTest& test, bool quota) {
  if (quota) return page.put(Keyword("QUOTA"), " ", Value{test.bound, Binding::Term});
  print_row_test(page, test, true);
}

void print_grade_row(Page& page, const ast::GradeRow& row) {
  page.put(Called{row.name, NamePlace::Row, true});
  if (row.score) {
    page.put(" ");
    print_grade_test(page, *row.score, false);
  }
  if (row.test) {
    row.score ? begin_tail(page) : page.put(" ");
    print_grade_test(page, *row.test, row.quota);
  }
  if (row.unspecified) {
    page.put(" ", Keyword("UNSPECIFIED"));
    if (!row.unspecified_text.empty()) page.put(" ", Quoted{row.unspecified_text});
  }
  print_place_rounding(page, row.round);
  print_ties(page, row.ties, row.tie_breaks);
  if (!row.when.valid()) return;
  const ResultNames results(page);
  begin_tail(page);
  page.put(Keyword("WHEN"), " ", Value{row.when});
}

Keyword rule_word(const Page& page, ast::GradeRuleKind kind) {
  switch (kind) {
    case ast::GradeRuleKind::Set: return page.zh() ? Keyword("GRADE_SET") : Keyword("SET");
    case ast::GradeRuleKind::AtLeast:
      return page.zh() ? Keyword("GRADE_AT_LEAST") : Keyword("AT_LEAST");
    case ast::GradeRuleKind::AtMost:
      return page.zh() ? Keyword("GRADE_AT_MOST") : Keyword("AT_MOST");
    case ast::GradeRuleKind::LowerOneStep: break;
  }
  return page.zh() ? Keyword("GRADE_LOWER") : Keyword("LOWER_ONE");
}

}  // namespace

void print(Page& page, const ast::Round& round) {
  page.put(Keyword("ROUND"), " ", Value{round.places, Binding::Sum}, " ");
  if (page.zh()) page.put(Keyword("PLACES"), Comma{});
  page.put(page.words(round.mode));
}

void print(Page& page, const ast::Redistribute& redistribute) {
  if (page.zh() && has_share_phrase(redistribute)) return print_share_phrase(page, redistribute);
  page.put(Keyword("REDISTRIBUTE"));
  if (redistribute.mode_written) {
    page.put(" ", redistribute.mode == ast::RedistributeMode::Equally ? Keyword("EQUALLY")
                                                                      : Keyword("PROPORTIONALLY"));
  }
  if (!page.zh()) page.put(" ", Keyword("WITHIN"));
  page.put(" ", redistribute.scope == ast::Scope::Rubric    ? Keyword("IN_RUBRIC")
                : redistribute.scope == ast::Scope::Section ? Keyword("IN_SECTION")
                                                            : Keyword("IN_ITEM"));
  if (redistribute.to.empty()) return;
  page.put(" ", page.zh() ? Keyword("ZHI") : Keyword("TO"), " ");
  put_names(page, redistribute.to, true);
}

void print(Page& page, const ast::Combine& combine) {
  if (combine.equal_weights) return page.put(Keyword("EQUAL_WEIGHTS"));
  switch (combine.mode) {
    case ast::SectionMode::Average: return page.put(Keyword("AVERAGE_OF"));
    case ast::SectionMode::Weighted: return page.put(Keyword("WEIGHTED"));
    case ast::SectionMode::Lowest: return page.put(page.words.synonym(Keyword("LOWEST_OF")));
    case ast::SectionMode::Sum: return;
  }
}

void print(Page& page, const ast::Floor& floor) {
  print_total_word(page);
  if (floor.none) return page.put(Keyword("NO_FLOOR"));
  page.put(Keyword("FLOOR"), " ");
  print_points(page, floor.value, Binding::Any);
}

void print(Page& page, const ast::Ceiling& ceiling) {
  if (page.zh() || ceiling.none) page.put(Keyword("TOTAL"), " ");
  page.put(ceiling.none ? Keyword("MAY_EXCEED") : Keyword("CEILING"), " ");
  print_points(page, ceiling.value, Binding::Any);
}

void print(Page& page, const ast::NoTotal&) { page.put(Keyword("NO_TOTAL")); }

void print(Page& page, const ast::CombinePeriods& combine) {
  page.put(Keyword("COMBINE"), " ");
  switch (combine.mode) {
    case ast::PeriodMode::Average: page.put(Keyword("BY_AVERAGE")); break;
    case ast::PeriodMode::Sum: page.put(Keyword("BY_SUM")); break;
    case ast::PeriodMode::Last: page.put(Keyword("BY_LAST")); break;
    case ast::PeriodMode::Weights: page.put(Keyword("BY_WEIGHTS")); break;
  }
  if (!combine.weights.empty()) page.put(" ");
  put_values(page, combine.weights, Binding::Sum);
  print_round_tail(page, combine.round);
}

void print(Page& page, const ast::Convert& convert) {
  page.put(Keyword("CONVERT"), " ");
  print_points(page, convert.target, Binding::Any);
  print_round_tail(page, convert.round);
}

void print(Page& page, const ast::GradeRule& rule) {
  const ResultNames results(page);
  const Called grade{rule.grade, NamePlace::Declared, true};
  const bool lower = rule.kind == ast::GradeRuleKind::LowerOneStep;
  if (page.zh()) {
    put_condition(page, rule.when);
    const source::Span behind{page.span(rule.when).end, page.entry.end};
    page.put(Comma{}, Written{rule_word(page, rule.kind), behind});
    if (lower && rule.grade.present()) page.put(Comma{}, Keyword("GRADE_AT_LEAST"));
    if (rule.grade.present()) page.put(" ", grade);
    return;
  }
  page.put(rule_word(page, rule.kind));
  if (!lower) page.put(" ", grade);
  page.put(" ", Keyword("WHEN"), " ", Value{rule.when});
  if (lower && rule.grade.present()) page.put(" ", Keyword("NOT_BELOW"), " ", grade);
}

void print(Page& page, const ast::Grade& grade) {
  page.put(page.head(Keyword("GRADE")));
  if (grade.rows.empty()) {
    page.put(" ", Keyword("UNSPECIFIED"));
    if (!grade.unspecified.empty()) page.put(" ", Quoted{grade.unspecified});
    return;
  }
  print_block(page, grade.rows, [&](const ast::GradeRow& row) { print_grade_row(page, row); });
}

void print(Page& page, const ast::Select& select) {
  page.put(Keyword("SELECT"), " ", Called{select.name, NamePlace::Declared, true});
  const auto print_top = [&] {
    page.put(" ");
    print_row_test(page, select.top, false);
  };
  if (!page.zh()) print_top();
  if (select.of.present()) {
    page.zh() ? page.put(" ") : page.put(" ", Keyword("OF"), " ");
    page.put(Called{select.of, NamePlace::Operand});
  }
  if (select.per.valid()) {
    page.put(" ", Keyword("PER"), " ", Value{select.per});
    if (page.zh()) page.put(" ", Keyword("SEPARATELY"));
  }
  if (select.by.valid()) {
    page.put(" ", page.zh() ? Keyword("PER") : Keyword("BY"), " ", Value{select.by});
  }
  if (select.every_period) page.put(" ", Keyword("EVERY_PERIOD"));
  if (page.zh()) print_top();
  if (select.where.valid()) {
    begin_tail(page);
    page.put(Keyword("WHERE"), " ", Value{select.where});
  }
  print_place_rounding(page, select.round);
  print_ties(page, select.ties, select.tie_breaks);
}

void print(Page& page, const ast::Report& report) {
  const ResultNames results(page);
  page.put(Keyword("REPORT"), " ", Called{report.name}, " = ", Value{report.value});
}

}  // namespace xize::format
