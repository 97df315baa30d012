// data_set: all tables of a policy from files: the units in memory, the records through sinks.
// In: a DataSchema, paths, aliases. Out: a DataSet, and rows to one sink for each records table.
// Order: `open_data_set` finds the files and reads the unit table, so that sinks can be sized;
// then `read_records` for each records table, in any order, each at most once.
// Must hold: a unit with a datum in error is marked faulty and reading goes on; records without a
// known unit or period reach no sink, and are reported.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/string_pool.h"
#include "runtime/io/csv_reader.h"
#include "runtime/io/data_files.h"
#include "runtime/io/data_problem.h"
#include "runtime/io/unit_names.h"
#include "runtime/table/schema.h"
#include "runtime/table/table.h"

namespace xize::columns {
class BlockSink;
}

namespace xize::io {

// What a run reads: folders or files as the user named them, and pairs of alias and own name.
struct DataRequest {
  std::vector<std::string> paths;
  std::vector<std::pair<std::string, std::string>> aliases;
};

// Rows of records as texts, from something that is no file.
class RecordTexts {
 public:
  using TakeRow = std::function<void(std::span<const std::string_view>)>;

  virtual ~RecordTexts() = default;
  // Are the rows of `schema.records[index]` there?
  [[nodiscard]] virtual bool holds(std::uint32_t index) const = 0;
  // What messages call the place they come from.
  [[nodiscard]] virtual std::string place(std::uint32_t index) const = 0;
  // The names of the columns, then the rows, always in the same order. False if they broke off.
  virtual bool read(std::uint32_t index, const TakeRow& take) = 0;
};

// The data of a run; the schema and the pool that it was opened with outlive it.
struct DataSet {
  const table::DataSchema* schema = nullptr;
  base::StringPool* pool = nullptr;
  table::UnitTable units;  // cells by column of `schema.units`
  DataFiles files;
  RecordTexts* elsewhere = nullptr;  // asked for tables without a file
  UnitNames names;
  ProblemLog problems;
  std::vector<FileReport> reports;  // of the files read so far
  bool units_complete = false;      // the unit table was read to its end
};

// Finds the files and reads the unit table. Periods are numbered in ascending order (choices in
// the order of their labels, texts as they first occur). Texts are interned in `pool`.
DataSet open_data_set(const DataRequest& request, const table::DataSchema& schema,
                      base::StringPool& pool);

// Says that a table of records has no rows.
void note_no_rows(DataSet& data, std::uint32_t index, const std::string& file);

// Reads the files of `schema.records[index]` into the sink, or what stands elsewhere if there are
// none; `file_line` tells where a row stood. Also checks keys and marks faulty units, so every
// table should be read even if nobody wants its rows (null sink).
void read_records(DataSet& data, std::uint32_t index, table::RowSink* sink);

// The same in blocks, read on all cores; rows that are not plain come one by one. What is reported
// is the same.
void read_record_blocks(DataSet& data, std::uint32_t index, columns::BlockSink& sink);

// The rows of `schema.records[index]` in memory, for tests and small tables.
table::Table collect_records(DataSet& data, std::uint32_t index);

}  // namespace xize::io
