// plain_rows: lines of plain text straight to blocks, on all cores.
// In: pieces of a file: whole lines without quotes. Out: blocks to a sink; the rows that the sink
// left, the keys of the rows, and the lines that are for the row reader: those with a cell that
// breaks a rule or is spelt so that only the cell reader knows, and those with too few or too many
// cells. So problems are found, worded and ordered by the row reader alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <oneapi/tbb/enumerable_thread_specific.h>

#include "runtime/columns/block.h"
#include "runtime/io/csv_reader.h"
#include "runtime/io/plain_column.h"
#include "runtime/io/plain_piece.h"

namespace xize::io {

// Whose the rows are, and who takes them; period and first line as in RecordTarget. Blocks have
// the lines counted on, everything in a piece has those of the file.
struct PlainTarget {
  const table::TableSchema& unit_schema;
  const table::UnitTable& units;
  columns::BlockSink& sink;
  std::uint32_t period = table::kNoPeriod;
  std::uint64_t first_line = 0;
};

// Reads the pieces of one file.
class PlainRows {
 public:
  PlainRows(const FileForm& form, const CsvContext& context, const PlainTarget& target);
  ~PlainRows();
  PlainRows(const PlainRows&) = delete;
  PlainRows& operator=(const PlainRows&) = delete;
  PlainRows(PlainRows&&) = delete;
  PlainRows& operator=(PlainRows&&) = delete;

  // False where no row could be plain: a column is wrong in the header.
  [[nodiscard]] bool possible() const { return possible_; }
  // Several threads may read, each its piece.
  void read(PlainPiece& piece);
  // Held by whoever adds to the string pool meanwhile.
  [[nodiscard]] std::mutex& pool_mutex() { return shared_.mutex; }

 private:
  class Worker;

  FileForm form_;
  const table::TableSchema& table_;
  PlainTarget target_;
  SharedReading shared_;
  bool possible_ = true;
  tbb::enumerable_thread_specific<std::unique_ptr<Worker>> workers_;
};

}  // namespace xize::io
