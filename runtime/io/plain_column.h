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
#include "runtime/io/certain_text.h"
#include "runtime/io/cut_rows.h"
#include "runtime/io/short_dates.h"
#include "runtime/io/text_table.h"
#include "runtime/io/unit_names.h"

namespace xize::io {

// By row of a block: something is true of it.
using RowFlags = std::array<std::uint8_t, columns::kBlockRows>;

// What the threads that read one file share.
struct SharedReading {
  std::mutex mutex;  // of the string pool
  base::StringPool& pool;
  const UnitNames& names;
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
  // cell.
  struct Cell {
    std::int64_t num = 0;
    columns::CellState state = columns::CellState::Plain;
    std::uint8_t decimals = 0;
  };
  // The cells to read, and where they go.
  struct Task {
    const CutRows& rows;
    CellTexts texts;
    columns::Column& out;
    RowFlags& handed;
  };

  // The plainest cells of the column, in a loop of their own; all others are listed.
  void read_numbers(const Task& task);
  void read_decimals(const Task& task);
  void read_words(const Task& task);
  void read_some_words(const Task& task);
  void read_unread_texts(const Task& task);
  // Those that were listed.
  void read_others(const Task& task);
  void read_word(const Task& task, std::size_t row, std::string_view text);
  void read_new_word(const Task& task, std::size_t row, std::string_view text);
  void note(const Cell& known);
  // Empty: it is for the cell reader.
  [[nodiscard]] std::optional<Cell> read_number(std::string_view text) const;
  // Empty: the cell breaks a rule.
  std::optional<value::Value> read_anew(std::string_view text);
  [[nodiscard]] Cell cell_of(const value::Value& v) const;
  [[nodiscard]] bool is_inside(std::int64_t num, std::size_t decimals) const {
    return num >= ends_[decimals].low && num <= ends_[decimals].high;
  }
  void put(const Task& task, std::size_t row, const Cell& cell);
  void put_odd(const Task& task, std::size_t row, value::Value v);
  void scale(const Task& task);
  [[nodiscard]] bool has_few_numbers() const;

  const table::ColumnSchema& column_;
  SharedReading& shared_;
  CellReader reader_;
  bool reads_plain_ = false;   // numbers and dates in their plainest spelling
  bool leaves_texts_ = false;  // nobody wants to know what they say
  bool has_decimals_ = false;  // most numbers were not whole in the last block
  CertainText is_certain_;
  struct Ends {
    std::int64_t low = 0;
    std::int64_t high = 0;
  };
  std::array<Ends, columns::kScaleMax + 1> ends_{};  // of the range, by decimals
  TextTable known_;
  std::vector<Cell> known_cells_;       // of these, by number
  std::uint8_t known_decimals_ = 0;
  bool knows_plain_ = true;             // all of these are plain, with so many decimals
  bool knows_odd_ = false;              // one of them is odd
  std::vector<value::Value> odd_cells_;  // what Odd ones among them are; `num` says which
  MonthTable months_;

  // Of the block at hand.
  std::array<std::uint8_t, columns::kBlockRows> decimals_{};
  std::array<std::uint32_t, columns::kBlockRows> numbers_{};  // of known texts
  RowList others_;  // whose cells are not so plain
};

}  // namespace xize::io
