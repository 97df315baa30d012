// How items are scored and what follows from their scores: the expressions of every node.
// In: assembled nodes. Out: typed clauses and guards, resolved groups, constants of points.
#pragma once

#include "compiler/sema/checker.h"

namespace xize::sema {

// Points and caps of all nodes, then everything else they say.
void check_nodes(Checker& c);

// clauses.cpp
void check_clause(Checker& c, EntryId entry, const Place& place);
// An amount: points, or a share of the worth.
void check_amount(Checker& c, ExprId amount, const Place& place);
// The right side of a row of a scale.
void check_row_result(Checker& c, const ast::RowResult& result, const Place& place);

// judged.cpp
void check_judge(Checker& c, EntryId entry, const ast::JudgeScale& judge, const Place& place);
void check_checklist(Checker& c, const ast::ChecklistScale& checklist, const Place& place);

// results.cpp
void check_results(Checker& c, NodeId node, const Place& place);
void check_selects(Checker& c);
// A number of points known before any data, if it is: `total 100`.
std::optional<value::Rational> check_points(Checker& c, ExprId points, const Place& place,
                                            const Term& what);

}  // namespace xize::sema
