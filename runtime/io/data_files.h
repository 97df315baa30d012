// data_files: which file holds which table.
// In: the paths a user named, a folder or files. Out: at most one file for each table, and any
// number for one that may go without (`file_optional`): the lists of samples, one for each period.
// A file belongs to the table whose name is its stem: `部门.csv`, `办件.tsv`. A single file whose
// name fits no table is the unit table.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/io/data_problem.h"
#include "runtime/table/schema.h"
#include "runtime/table/table.h"

namespace xize::io {

// A file of a records table. What it is of is not known when it is found.
struct RecordFile {
  std::string path;
  std::uint32_t period = table::kNoPeriod;  // that of all its rows, where none says its own
};

// The files of each table; empty where there is none.
struct DataFiles {
  std::optional<std::string> units;
  std::vector<std::vector<RecordFile>> records;  // by records table
};

// Lines of further files of a table count on from here, so that a line tells the file too.
inline constexpr std::uint64_t kLinesOfFile = std::uint64_t{1} << 32;

// Where a row stood: the file and its physical line.
struct FileLine {
  std::string path;
  std::uint64_t line = 0;
};
FileLine file_line(const DataFiles& files, std::uint32_t table, std::uint64_t line);

// That a table has a second file, beside `other`.
DataProblem doubled_file(const std::string& path, std::uint32_t table, const std::string& other);

// Looks into folders (not into theirs), in order of names. Hidden files and files that hold no
// table by their extension are passed over, unless they are named like one; other files without a
// table are a note, or an error if the user named the very file. A folder without any data file is
// an error, and so are tables without a file unless `file_optional`.
DataFiles find_data_files(std::span<const std::string> paths, const table::DataSchema& schema,
                          ProblemLog& problems);

}  // namespace xize::io
