// The type and meaning of every expression.
// In: an expression and where it stands. Out: its Fact, filled once; reports of what is wrong.
#pragma once

#include "compiler/sema/checker.h"
#include "compiler/sema/names.h"

namespace xize::sema {

// Checks an expression and all below it. `expected` is what stands on the other side, for labels;
// with an Invalid `expected`, a name that cannot be told is not reported.
Type check_expr(Checker& c, ExprId id, const Place& place, const Type* expected = nullptr);
// A condition: a yes or no.
void check_condition(Checker& c, ExprId id, const Place& place);
// A number of any unit of measure; Invalid (and reported) if it is none.
Type check_number(Checker& c, ExprId id, const Place& place);
// A value that must fit `wanted`, such as the value of a column.
bool check_fits(Checker& c, ExprId id, const Place& place, const Type& wanted);
// Two values compared by `op`; either may be a label of the other's type.
Type check_compared(Checker& c, const ast::Binary& comparison, const Place& place);
// A value compared with one whose type is known: by = alone, or as a bound that has an order.
void check_equal(Checker& c, ExprId value, const Type& type, const Place& place);
void check_bound(Checker& c, ExprId bound, const Type& type, const Place& place);
// The ends of an interval: stated, in order, comparable with `type`.
void check_interval(Checker& c, const ast::Interval& interval, const Type& type,
                    const Place& place);
// The common type of several values; reports where they do not mix. Invalid values are skipped.
Type check_common(Checker& c, const std::vector<ExprId>& values, const Place& place,
                  const Type* expected);
// Adds what one operand is to the common type so far.
Type merge(Checker& c, const Type& so_far, const Type& next, Span span);
// A plain number beside a value in hours, years or 万元 must say its unit.
void check_unit_said(Checker& c, ExprId plain, const Type& plain_type, const Type& other);

// Types of what is declared, found on demand.
Type column_type(Checker& c, ColumnId column);
Type define_type(Checker& c, DefineId define);
Type report_type(Checker& c, ReportId report);

// Notes which records' rows an expression reads.
void see_row(Checker& c, TableId table);

// calls.cpp, aggregates.cpp, rows.cpp
Type check_call(Checker& c, ExprId id, const ast::Call& call, const Place& place);
Type check_aggregate(Checker& c, ExprId id, const ast::Aggregate& aggregate, const Place& place);
Type check_in_top(Checker& c, ExprId id, const ast::InTop& top, const Place& place);
// `case x { … }` and `tier x { … }` as values.
Type check_rows_value(Checker& c, ExprId scrutinee, const std::vector<ast::Row>& rows,
                      const Place& place);
// The left side of a row against the type of what is looked at.
void check_row_test(Checker& c, const ast::RowTest& test, const Type& type, const Place& place);

}  // namespace xize::sema
