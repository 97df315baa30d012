// cells: the columns of a records table as SQL that reads their cells exactly as runtime/io reads
// the cells of a file, as long as they are written plainly: `12.50`, `2023-11-30`, `是`. Whether a
// cell is otherwise is an expression of its own: where there is such a cell, rows are better read
// one by one, and its mistake reported.
#pragma once

#include "compiler/sql/query.h"
#include "compiler/sql/term.h"
#include "runtime/table/schema.h"

namespace xize::sql {

// How the database keeps a column (see runtime/remote/source.h, which this room does not know).
enum class Storage : std::uint8_t { Text, Integer, Decimal, Bool, Date };

// The column of the table that a column of the schema is read from.
struct StoredColumn {
  std::string name;  // empty: there is none, every cell is as if blank
  Storage storage = Storage::Text;
  int scale = -1;          // Decimal: digits behind the point, -1 unknown
  std::string table = {};  // of a join: the name of its table
};

// Months of a period that a cell may name as `2023Q1`.
inline constexpr int kQuarter = 3;

// A column as read.
struct Cell {
  Term term;
  Sql text;               // as it is written; NULL if blank
  Sql odd;                // a truth value, never NULL: it is not written plainly, or breaks a rule
  bool readable = false;  // false: `term` is nothing; `odd` is still right for what is not needed
};

// Defines what is needed of the column in the query.
Cell read_cells(Query& query, const table::ColumnSchema& schema, const StoredColumn& stored);

// Days since 1970-01-01 of a text `2023-11-30` whose form was checked, and whether it is a date.
struct DateParts {
  Sql days, valid;
};
DateParts date_of(Query& query, const Sql& text);

}  // namespace xize::sql
