// streamed: the data of a random case as CSV files, so that a run reads them as people's data are
// read. What a file cannot say comes out different: a fraction as a decimal, a bad cell as a blank.
// In: a case. Out: a folder with its files; data sets read from there, and their records.
#pragma once

#include "runtime/columns/block.h"
#include "runtime/engine/engine.h"
#include "runtime/io/data_set.h"
#include "tests/differential/random_program.h"
#include "tests/support/text.h"

namespace xize::differential {

class StreamedCase {
 public:
  // The case, whose schema then knows columns of periods and marks, outlives this.
  explicit StreamedCase(RandomCase& random_case);

  // The units, read again; texts are numbered in the program's pool.
  [[nodiscard]] io::DataSet open() const;

 private:
  RandomCase& case_;
  support::TemporaryFolder folder_;
};

// The records of a data set, read from its files as often as asked. The first reading of a table
// marks units with data in error.
class StreamedRecords final : public engine::RecordSource {
 public:
  explicit StreamedRecords(io::DataSet& data)
      : data_(data), is_read_(data.schema->records.size(), false) {}

  bool scan(std::uint16_t table, table::RowSink& sink) override;
  bool scan_blocks(std::uint16_t table, const table::TableSchema& schema,
                   columns::BlockSink& sink) override;

 private:
  io::DataSet& data_;
  std::vector<bool> is_read_;
};

}  // namespace xize::differential
