// plain_lines: the lines of a piece as rows, and their cells by column.
// In: pieces, one after another. Out: some rows at a time, at most a block's; lines that are no
// such rows, and rows that a reader flags, are handed to the row reader.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/columns/block.h"
#include "runtime/io/csv_reader.h"
#include "runtime/io/cut_rows.h"
#include "runtime/io/plain_column.h"
#include "runtime/io/plain_piece.h"
#include "runtime/io/text_marks.h"

namespace xize::io {

// One thread's way through its pieces.
class PlainLines {
 public:
  // Construct under the shared mutex.
  PlainLines(const FileForm& form, const table::TableSchema& table, SharedReading& shared);

  void begin(PlainPiece& piece);
  // Cuts the next rows; false, and the piece is read, where there are none.
  bool next();

  // Of the rows at hand.
  [[nodiscard]] std::size_t count() const { return cut_.count; }
  [[nodiscard]] std::uint64_t line(std::size_t row) const {
    return piece_->first_line + lines_[row];
  }
  [[nodiscard]] CellTexts cells(std::uint32_t column) const { return cut_.cells(place_of(column)); }
  [[nodiscard]] std::uint32_t place_of(std::uint32_t column) const {
    return form_.header.cell_of_column[column];
  }
  // Those that are for the row reader; whoever finds one flags it.
  [[nodiscard]] RowFlags& handed() { return handed_; }
  [[nodiscard]] bool hands_some() const {
    const auto end = handed_.begin() + static_cast<std::ptrdiff_t>(cut_.count);
    return std::find(handed_.begin(), end, 1) != end;
  }
  // Reads the cells of a column.
  void read(std::uint32_t column, columns::Column& out) {
    columns_[column]->read(cut_, place_of(column), out, handed_);
  }
  // Flags rows with data under a blank header.
  void check_unnamed();
  // Hands a flagged row to the row reader.
  void hand_row(std::size_t row) { hand(lines_[row]); }

 private:
  [[nodiscard]] std::size_t begin_of(std::size_t line) const {
    return marks_.ends[marks_.last_cells[line]] + 1;
  }
  [[nodiscard]] std::size_t end_of(std::size_t line) const { return begin_of(line + 1); }
  // A whole row of three cells has more bytes than a blank line.
  [[nodiscard]] bool may_be_blank() const { return cut_.width < 3; }
  bool cut_whole_rows();
  void cut_rows();
  [[nodiscard]] bool is_blank(std::size_t line) const;
  bool is_damaged(std::size_t line);
  void hand(std::size_t line);
  void end();

  const FileForm& form_;
  std::vector<std::unique_ptr<PlainColumn>> columns_;
  std::vector<std::size_t> unnamed_;  // places without a name in the header
  PlainPiece* piece_ = nullptr;
  TextMarks marks_;
  std::size_t line_ = 0;    // the next one, in the piece
  std::size_t damage_ = 0;  // where the next damage stands
  CutRows cut_;
  std::array<std::uint32_t, columns::kBlockRows> lines_{};  // of the cut rows, in the piece
  RowFlags handed_{};
};

}  // namespace xize::io
