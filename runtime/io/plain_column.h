// plain_column: one column of plain rows, cell after cell, to a column of a block.
// In: cells without quotes, between marks of a text. Out: the column; rows whose cell breaks a rule
// are flagged: such a row is for the row reader, which says what is wrong.
// Must hold: what is given is what the cell reader gives. `12`, `-3.50`, `2023-11-30` are read
// here; of a column of few different texts each is read once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/columns/block.h"
#include "runtime/io/cell_reader.h"
#include "runtime/io/text_marks.h"
#include "runtime/io/text_table.h"
#include "runtime/io/unit_names.h"

namespace xize::io {

// Rows of a text, at most kBlockRows, that have as many cells each; kShortCellSlack bytes behind
// the text can be read.
struct CutRows {
  const char* text = nullptr;
  const std::uint32_t* ends = nullptr;  // of TextMarks
  std::size_t width = 0;
  std::size_t count = 0;
  std::array<std::uint32_t, columns::kBlockRows> first_cells;  // by row: the number of its first

  [[nodiscard]] std::string_view cell(std::size_t row, std::size_t place) const {
    const std::uint32_t number = first_cells[row] + static_cast<std::uint32_t>(place);
    const std::uint32_t begin = ends[number - 1] + 1;
    std::uint32_t end = ends[number];
    if (place + 1 == width && end > begin && text[end - 1] == '\r') --end;
    return {text + begin, end - begin};
  }
};

// By row of a block: something is true of it.
using RowFlags = std::array<std::uint8_t, columns::kBlockRows>;

// What the threads that read one file share.
struct SharedReading {
  std::mutex mutex;  // of the string pool
  base::StringPool& pool;
  const UnitNames& names;
};

// A date's day number, found by its month.
class MonthTable {
 public:
  // Empty: there is no such day.
  std::optional<std::int32_t> days(const value::CivilDate& date);

 private:
  static constexpr std::size_t kMonths = 64;  // those of five years have a place each
  struct Entry {
    int month = -1;
    int length = 0;
    std::int32_t before_first = 0;
  };
  std::array<Entry, kMonths> months_;
};

// Reads the cells of one column, on one thread.
class PlainColumn {
 public:
  // Construct under the shared mutex.
  PlainColumn(const table::ColumnSchema& column, SharedReading& shared);

  // The cells at a place of the rows; kNoColumn: all are blank. `out` has room for them.
  void read(const CutRows& rows, std::uint32_t place, columns::Column& out, RowFlags& handed);

 private:
  // A cell as it goes into a block: num / 10^decimals of a number, the integer of another plain
  // cell; `value` where that is no integer.
  struct Cell {
    columns::CellState state = columns::CellState::Plain;
    std::uint8_t decimals = 0;
    std::int64_t num = 0;
    value::Value value;
  };
  // The cells to read, and where they go.
  struct Task {
    const CutRows& rows;
    std::size_t place;
    columns::Column& out;
    RowFlags& handed;

    [[nodiscard]] std::string_view text(std::size_t row) const { return rows.cell(row, place); }
  };

  void read_blanks(const Task& task);
  void read_numbers(const Task& task);
  void read_dates(const Task& task);
  void read_words(const Task& task);
  void read_word(const Task& task, std::size_t row, std::string_view text);
  [[nodiscard]] bool read_number(std::string_view text, Cell& cell) const;
  [[nodiscard]] bool is_unread_text(std::string_view text) const;
  // False: the cell breaks a rule.
  bool read_anew(std::string_view text, Cell& cell);
  [[nodiscard]] bool is_inside(std::int64_t num, std::size_t decimals) const {
    return num >= ends_[decimals].low && num <= ends_[decimals].high;
  }
  void put(const Task& task, std::size_t row, const Cell& cell);
  void scale(const Task& task);
  void make_odd(const Task& task, std::size_t row, std::int64_t num);

  const table::ColumnSchema& column_;
  SharedReading& shared_;
  CellReader reader_;
  bool reads_plain_ = false;  // numbers and dates in their plainest spelling
  std::size_t not_applicable_bytes_ = 0;
  struct Ends {
    std::int64_t low = 0;
    std::int64_t high = 0;
  };
  std::array<Ends, columns::kScaleMax + 1> ends_{};  // of the range, by decimals
  TextTable known_;
  std::vector<Cell> known_cells_;
  MonthTable months_;
  std::array<std::uint8_t, columns::kBlockRows> decimals_{};  // of the block at hand
  std::uint8_t most_decimals_ = 0;
};

}  // namespace xize::io
