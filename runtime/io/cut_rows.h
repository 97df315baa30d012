// cut_rows: the cells of some rows of a text, by place.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/columns/block.h"
#include "runtime/io/short_cell.h"

namespace xize::io {

// The cells at one place of rows.
struct CellTexts {
  const char* text = nullptr;
  const std::uint32_t* ends = nullptr;
  const std::uint32_t* first_cells = nullptr;
  std::uint32_t place = 0;
  std::uint32_t step = 0;  // from each row's first cell to the next one's; 0: they differ
  bool is_last = false;  // in its row, where a CR may stand behind it

  [[nodiscard]] std::string_view operator[](std::size_t row) const {
    const std::uint32_t number = first_cells[row] + place;
    const std::uint32_t begin = ends[number - 1] + 1;
    std::uint32_t end = ends[number];
    if (is_last && end > begin && text[end - 1] == '\r') --end;
    return {text + begin, end - begin};
  }
};

// Rows of a text, at most kBlockRows, that have as many cells each; kShortCellSlack bytes behind
// the text can be read.
struct CutRows {
  const char* text = nullptr;
  const std::uint32_t* ends = nullptr;  // of TextMarks
  std::size_t width = 0;
  std::size_t count = 0;
  bool are_neighbours = false;  // nothing stands between them
  std::array<std::uint32_t, columns::kBlockRows> first_cells;  // by row: the number of its first

  [[nodiscard]] CellTexts cells(std::size_t place) const {
    return {text, ends, first_cells.data(), static_cast<std::uint32_t>(place),
            are_neighbours ? static_cast<std::uint32_t>(width) : 0, place + 1 == width};
  }
};

// Some rows of a block, ascending.
struct RowList {
  std::array<std::uint32_t, columns::kBlockRows> rows;
  std::size_t count = 0;

  // Adds the row if it is wanted. Without a branch: nobody foresees which one is.
  void add_if(bool wanted, std::size_t row) {
    rows[count] = static_cast<std::uint32_t>(row);
    count += wanted ? 1 : 0;
  }
};

}  // namespace xize::io
