// The topics of lowering, one file each. Every function makes ops for one thing the policy says.
#pragma once

#include "compiler/lower/lowering.h"

namespace xize::lower {

// ---- data: schema.cpp, checks.cpp
void lower_schema(Lowering& l);
void lower_checks(Lowering& l);
// Months that a period of the policy takes; 1 where it has none.
std::uint8_t period_months(const sema::Model& model);
// The column that says when a row was: the first date, else the first month; invalid: none.
sema::ColumnId dated_by(const sema::Table& table);
// A column of the unit table or of the row at hand, in base units, with its default.
OpId lower_column(Lowering& l, sema::ColumnId column, const Context& context);

// ---- expressions: expressions.cpp, names.cpp, rows.cpp, dates in expressions.cpp
OpId lower_expr(Lowering& l, ExprId id, const Context& context);
OpId lower_name(Lowering& l, ExprId id, const Context& context);
// Is the unit in the group; the whole group in one op.
OpId lower_group(Lowering& l, sema::GroupId group, const Context& context);
OpId lower_interval(Lowering& l, OpId x, const ast::Interval& interval, const Context& context);
// What the left side of a row looks at. `n` is the number of those ranked, for `top p`.
struct Scrutinee {
  OpId x;
  ExprId expr;
  OpId n = {};
};
// Does it equal one of the members; groups among them hold units.
OpId lower_membership(Lowering& l, const Scrutinee& of, const std::vector<ExprId>& members,
                      const Context& context);
OpId lower_row_test(Lowering& l, const Scrutinee& of, const ast::RowTest& test,
                    const Context& context);
OpId lower_lookup(Lowering& l, sema::LookupId lookup, ExprId call, const Context& context);

// ---- aggregates: aggregates.cpp, series.cpp, population.cpp
OpId lower_aggregate(Lowering& l, ExprId id, const Context& context);
// Which rows of its table a source holds; the cutoff included.
OpId source_condition(Lowering& l, sema::SourceId source, const Context& context);
// The row's condition in an aggregate or `per`: the source's and its own.
OpId rows_where(Lowering& l, sema::SourceId source, ExprId where, const Context& context);
OpId lower_in_top(Lowering& l, ExprId id, const ast::InTop& top, const Context& context);
OpId lower_series(Lowering& l, ExprId id, const ast::Aggregate& a, const Context& context);
OpId lower_population(Lowering& l, ExprId id, const ast::Aggregate& a, const Context& context);
// Who is compared with one another in an expression that stands at `context`.
OpId participants(Lowering& l, sema::GroupId group, const Context& context);
// An aggregate over the rows of a table, or over the groups of a unit: what is folded.
struct FoldOf {
  ExprId id;     // the aggregate
  Context rows;  // where its element stands
  OpId where;
  OpId element;                             // invalid for a bare count
  std::uint16_t table = program::kNoTable;  // none: the groups of `rows.grouping`
};
// The fold of the aggregate's kind, with its tails.
OpId lower_fold(Lowering& l, const FoldOf& of);

// ---- items: applicability.cpp, reads.cpp, guards.cpp, items.cpp, clauses.cpp, scales.cpp,
// judge.cpp
OpId member_of(Lowering& l, NodeId node);
OpId applicable_of(Lowering& l, NodeId node);
// Unit columns that the item reads, through defines too, and those whose 不涉及 it tests for.
struct Reads {
  std::vector<sema::ColumnId> columns;
  std::unordered_set<sema::ColumnId> tested;
};
Reads reads_of(const Lowering& l, NodeId node);
Reads reads_of(const Lowering& l, ExprId expr);
// None of the columns that is read without being tested is 不涉及.
OpId columns_apply(Lowering& l, const Reads& reads);
// Notes in which node each guard is written, and which guards are only suggested.
void find_guards(Lowering& l);
// The condition of a guard with the blocks around it; for one of another node, only where that
// node applies.
OpId guard_condition(Lowering& l, const sema::GuardInfo& guard, NodeId reached);
// Scores by the first guard that holds, else `otherwise`; `full` is what a full score is.
struct Guarded {
  OpId score;     // 0 where unscored
  OpId unscored;  // Bool
  std::vector<program::Decision> decisions;
};
Guarded decide(Lowering& l, NodeId node, OpId otherwise, OpId full);
// Is the node left unscored by the first decision that holds, else `otherwise`.
OpId leaves_unscored(Lowering& l, const std::vector<program::Decision>& decisions,
                     OpId otherwise);
// A number whether the node applies and is scored or not; and that number where it is.
OpId decided_of(Lowering& l, NodeId node);
OpId raw_of(Lowering& l, NodeId node);
OpId unscored_of(Lowering& l, NodeId node);
// base + Σ clauses of an item, its contributions noted.
OpId lower_clauses(Lowering& l, NodeId item);
// What a clause may amount to: points, or a share of `worth`.
OpId lower_amount(Lowering& l, ExprId amount, OpId worth, const Context& context);
// The right side of a row: points, full, zero.
OpId lower_result(Lowering& l, const ast::RowResult& result, OpId worth, const Context& context);
// A scale: its amount, and what it measures (for the explanation).
struct Scaled {
  OpId amount;
  OpId measure = {};
};
Scaled lower_scale(Lowering& l, EntryId clause, OpId worth, const Context& context);
Scaled lower_judge(Lowering& l, EntryId clause, OpId worth, const Context& context);
bool is_penalty(const Lowering& l, NodeId node);
bool is_leaf(const Lowering& l, NodeId node);
bool has_points(const Lowering& l, NodeId node);
// Can it or something in it earn points? Not an item that carries a veto and nothing else, and
// nothing in a framework without points.
bool is_scored(const Lowering& l, NodeId node);

// ---- nodes: redistribution.cpp, sections.cpp
OpId points_of(Lowering& l, NodeId node);
OpId factor_of(Lowering& l, NodeId node);
OpId worth_of(Lowering& l, NodeId node);
OpId score_of(Lowering& l, NodeId node);
// Of children: Σ of those that apply and are scored, or what else the node says; raw or final.
OpId combine_children(Lowering& l, NodeId node, bool raw);
// Of a rubric: without its bonus and penalty blocks.
OpId combine_ordinary(Lowering& l, NodeId rubric);
void lower_redistribution(Lowering& l, NodeId rubric);
OpId lower_round(Lowering& l, EntryId round, OpId x, NodeId node);
OpId round_by(Lowering& l, const ast::Round& round, OpId x, const Context& context);

// ---- rubrics: rubrics.cpp, grades.cpp, selections.cpp, tests.cpp
OpId total_of(Lowering& l, NodeId rubric);
OpId result_of(Lowering& l, NodeId rubric);
// Takes part in ranks, grades and selections: scored and no reference unit.
OpId ranked_of(Lowering& l, NodeId rubric);
OpId rank_of(Lowering& l, NodeId rubric);
// Bit kAcrossPeriods where the rubric's results are one for all periods.
std::uint32_t field_of(const Lowering& l, NodeId rubric);
OpId grade_of(Lowering& l, NodeId node);
OpId lower_select(Lowering& l, sema::SelectId select);
void lower_row_select(Lowering& l, sema::SelectId select);
OpId lower_report(Lowering& l, sema::ReportId report);
void lower_rubric(Lowering& l, NodeId rubric);
void lower_tests(Lowering& l);
void lower_properties(Lowering& l);
// Columns and folds each item read. inputs.cpp
void lower_inputs(Lowering& l);
// Puts the ops in stages; nothing may be lowered after it. lower.cpp
void finish(Lowering& l);

}  // namespace xize::lower
