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
#include "runtime/io/plain_cells.h"

namespace xize::io {

// A line for the row reader: its bytes [begin, end) in the piece, line end included.
struct HandedLine {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint64_t line = 0;
};

// A row that the sink left.
struct LeftRow {
  std::uint32_t unit = 0;
  std::uint32_t period = 0;
  std::uint64_t line = 0;
  std::vector<value::Value> cells;
};

// A row with keys: as many of the piece's keys as the schema has.
struct KeyedRow {
  std::uint32_t unit = 0;
  std::uint32_t period = 0;
  std::uint64_t line = 0;
  bool late = false;
};

// Behind every line of a piece.
inline constexpr std::uint64_t kAllLines = UINT64_MAX;

// Some whole lines of a file, and what was read of them; everything in the order of lines.
struct PlainPiece {
  std::string text;
  std::uint64_t first_line = 0;
  std::vector<HandedLine> handed;
  std::vector<LeftRow> left;
  std::vector<KeyedRow> keyed;  // only if the table has keys
  std::string key_bytes;
  std::vector<std::size_t> key_ends;
  std::uint64_t rows = 0;       // read here
  std::uint64_t late_rows = 0;  // of these: after the cutoff

  std::size_t left_taken = 0;   // how far `take_plain` is
  std::size_t keyed_taken = 0;
};

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
