// unit_view: a rubric as a view over its tables: a row for each unit (and period), a column for
// each result, exact. Tables and columns are called as the policy calls them, dotted ones by their
// shortest ending that is theirs alone; cells are read by their text.
// In: the program, which ops are wanted and under which names. Out: CREATE VIEW, and what had to be
// left out because the dialect cannot say it exactly.
// Must hold: where the view gives a result, it is that of runtime/interpreter; NULL where that has
// none. Numbers are decimals where they end, else the text of a fraction. Units whose own data or
// records are in error have no results; so has whoever is written by another name than the unit's.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/sql/stage_query.h"

namespace xize::sql {

// One column of a view.
struct ViewColumn {
  std::string name;
  std::vector<std::string> comment;  // lines
  program::OpId value;
  std::vector<std::string> labels;  // of a grade: the value is an index into them
  program::Origin origin = {};      // where the policy says it, if it does
};

// What is to be made.
struct UnitView {
  std::string name;
  std::vector<std::string> comment;  // lines
  program::OpId member;              // the units it has
  std::vector<ViewColumn> columns;
};

// What was made; a refusal for each column that was left out, by its number.
struct EmittedView {
  std::string sql;
  std::vector<std::pair<std::size_t, Refusal>> left_out;
};

// A refusal alone where not even the units can be told.
std::variant<EmittedView, Refusal> emit_view(const Dialect& dialect, const Setting& setting,
                                             const UnitView& view);

}  // namespace xize::sql
