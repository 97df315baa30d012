// data_files: which file holds which table.
// In: the paths a user named, a folder or files. Out: at most one file for each table.
// A file belongs to the table whose name is its stem: `部门.csv`, `办件.tsv`. A single file whose
// name fits no table is the unit table.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/io/data_problem.h"
#include "runtime/table/schema.h"

namespace xize::io {

// The path of each table's file; empty where there is none.
struct DataFiles {
  std::optional<std::string> units;
  std::vector<std::optional<std::string>> records;  // by records table
};

// Looks into folders (not into theirs), in order of names. Hidden files and files that hold no
// table by their extension are passed over, unless they are named like one; other files without a
// table are a note, or an error if the user named the very file. A folder without any data file is
// an error, and so are tables without a file unless `file_optional`.
DataFiles find_data_files(std::span<const std::string> paths, const table::DataSchema& schema,
                          ProblemLog& problems);

}  // namespace xize::io
