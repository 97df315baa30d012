// csv_header: which cell of a header row is which column of a table.
// In: the header row and the table's schema. Out: the places of the columns, and the problems.
// Must hold: a column takes its cells from exactly one place or from none.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/io/data_problem.h"
#include "runtime/table/schema.h"

namespace xize::io {

// Where the columns stand, both ways; `table::kNoColumn` for a cell that is no column of ours and
// for a column without a cell. `in_error`: by column, it has no place because of a mistake (it is
// required, doubled, ambiguous or misspelt), so that all its cells are bad.
struct CsvHeader {
  std::vector<std::uint32_t> column_of_cell;
  std::vector<std::uint32_t> cell_of_column;
  std::vector<bool> in_error;
};

// Matches whole names by `fold_name`, then short forms of dotted names, which leave out all steps
// but the last or some of them: `N` or `附件1.N` for `附件1.即办程度.N`. Problems come without file
// and line.
// A required column that is missing is an error, an optional one a warning; so is an unknown
// header, unless it looks like a missing column misspelt, which is one error and not two.
struct HeaderResult {
  CsvHeader header;
  std::vector<DataProblem> problems;
};
HeaderResult match_header(std::span<const std::string_view> cells, const table::TableSchema& table);

// How many of the cells are headers of the table.
std::size_t count_known(std::span<const std::string_view> cells, const table::TableSchema& table);

// The delimiter of a header row, one of `,` `;` and tab: the one by which most cells are columns of
// the table; if that says nothing, by which there are most cells; else the comma.
char find_delimiter(std::string_view header_row, const table::TableSchema& table);

}  // namespace xize::io
