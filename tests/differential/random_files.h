// random_files: CSV files that are mostly plain, or full of what only the row reader understands;
// and what two readings of one file differ in.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/base/string_pool.h"
#include "runtime/io/data_problem.h"
#include "runtime/table/table.h"
#include "tests/differential/random.h"

namespace xize::differential {

struct FileStyle {
  std::size_t odd_once_in = 200;
  std::size_t quote_once_in = 0;  // 0: never
  bool crlf = false;
};
FileStyle random_style(Random& random);

// A cell that is odd in some column.
std::string odd_cell(Random& random);
// The cell as it stands in a file, quoted if need be or by chance.
std::string written(Random& random, const FileStyle& style, const std::string& cell);

// A row as a reading gives it; texts by what they say, since numbers of texts may differ.
struct ReadRow {
  std::uint64_t line = 0;
  std::uint32_t unit = 0;
  std::uint32_t period = 0;
  std::vector<std::string> cells;
  friend auto operator<=>(const ReadRow&, const ReadRow&) = default;
};
ReadRow read_row(const table::RowView& view, const base::StringPool& pool);

// What differs; empty: nothing.
std::string rows_difference(const std::vector<ReadRow>& a, const std::vector<ReadRow>& b);
std::string problems_difference(const io::ProblemLog& a, const io::ProblemLog& b);

}  // namespace xize::differential
