// block: some rows of one table, column by column, as machine integers.
// In: readers and `BlockBuilder` fill it. Out: engines compute over it.
// A number is cell / 10^scale with one scale for the column of the block; a Bool is 0 or 1, a Date
// its days, a Month its months, a Text (also a Choice or Unit) its number in the pool. What a cell
// lacks to be such an integer is its state; an Odd cell (no decimal, or beyond 64 bits) stands
// apart as a value. What is to be kept, or goes to another thread, is a packed copy of a block: its
// cells take no more bytes than they need.
// Must hold: every cell lies in [least, most], also where its state is not Plain (there it is 0).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "runtime/base/cells.h"
#include "runtime/table/schema.h"
#include "runtime/table/table.h"
#include "runtime/value/value.h"

namespace xize::columns {

// How many rows a block holds: few enough for a score of columns to stay in the nearest caches.
inline constexpr std::size_t kBlockRows = 1024;
// The most decimals a column's scale has.
inline constexpr int kScaleMax = 18;

inline constexpr std::array<std::int64_t, kScaleMax + 1> kPowersOfTen = [] {
  std::array<std::int64_t, kScaleMax + 1> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

// What a cell is, if it is not plain: Bad is `Fault{BadCell}`.
enum class CellState : std::uint8_t { Plain, Missing, NotApplicable, Pending, Bad, Odd };

// The cells of one column. A column that nobody wants has none, and reads as Missing.
struct Column {
  table::ColumnType type = table::ColumnType::Number;
  bool wanted = false;
  int scale = 0;
  CellState most_state = CellState::Plain;  // the last enumerator among them
  std::int64_t least = 0;  // unless packed at most 0; then `most` is at least 0
  std::int64_t most = 0;
  std::vector<std::int64_t> cells;  // kBlockRows of them, unless packed
  std::vector<std::byte> packed;
  base::Element element = base::Element::Signed64;  // of the packed ones
  std::vector<CellState> states;    // none if packed and all are plain
  std::vector<std::pair<std::uint32_t, value::Value>> odd;  // by row, ascending

  [[nodiscard]] bool all_plain() const { return most_state == CellState::Plain; }
  [[nodiscard]] base::Cells view() const {
    if (packed.empty()) return {cells.data(), base::Element::Signed64};
    return {packed.data(), element};
  }

  // Notes a cell of the row; the caller has seen to its scale.
  void set(std::size_t row, std::int64_t cell) {
    cells[row] = cell;
    states[row] = CellState::Plain;
    least = cell < least ? cell : least;
    most = cell > most ? cell : most;
  }
  void set_state(std::size_t row, CellState state) {
    cells[row] = 0;
    states[row] = state;
    most_state = std::max(most_state, state);
  }
  // Gives it room for a block's cells.
  void allocate() {
    cells.resize(kBlockRows);
    states.resize(kBlockRows);
  }
  // Forgets the cells; the scale of a column without odd cells stays.
  void clear();
  // Becomes the first `size` cells of another column, packed, and knows their exact range. No cell
  // is written any more.
  void pack(const Column& wide, std::size_t size);
  // Keeps these rows, ascending, and moves them together.
  void keep(std::span<const std::uint32_t> rows);
  // The cell of a row as a value; Missing where nobody wants it.
  [[nodiscard]] value::Value value(std::size_t row) const;
};

// Rows of one table; `lines` says where each stood.
struct Block {
  Block() = default;  // to be packed
  Block(const table::TableSchema& schema, const std::vector<bool>& wanted);

  void clear();
  // Becomes the rows of another block, packed: no cell is written any more.
  void pack(const Block& wide);
  [[nodiscard]] std::uint32_t period(std::size_t row) const {
    return periods.empty() ? table::kNoPeriod : periods[row];
  }
  // The row as readers hand it on; the cells are written to `cells`, which must outlive it.
  table::RowView row_view(std::size_t row, std::vector<value::Value>& cells) const;

  std::size_t size = 0;
  std::vector<std::uint32_t> units;
  std::vector<std::uint32_t> periods;  // none if packed and no row has one
  std::vector<std::uint64_t> lines;
  std::vector<Column> columns;
};

// Takes the rows of one table in blocks.
class BlockSink {
 public:
  virtual ~BlockSink() = default;
  // By column of the schema: does it read it.
  [[nodiscard]] virtual const std::vector<bool>& wanted() const = 0;
  // Takes a block; several threads may call at once, in any order. The rows that it leaves are
  // added to `left`, ascending; they must be given to `take_row`.
  virtual void take(const Block& block, std::vector<std::uint32_t>& left) = 0;
  // Takes a row by itself; never two at once. Cells that nobody wants need not be there.
  virtual void take_row(const table::RowView& row) = 0;
};

}  // namespace xize::columns
