// plain_cells: cells in their plainest spelling to integers, and all others by the cell reader.
// In: the text of a cell without quotes. Out: the cell, or nothing where it breaks a rule of its
// column: then the whole row is for the row reader, which says what is wrong.
// Must hold: what is given is what the cell reader gives. `12`, `-3.50`, `2023-11-30` are read
// here; of a column of few different texts each is read once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/columns/block.h"
#include "runtime/io/cell_reader.h"
#include "runtime/io/unit_names.h"

namespace xize::io {

// A cell as it goes into a block: num / 10^decimals of a plain number, the integer of another
// plain cell; `value` where the cell reader read it.
struct PlainCell {
  columns::CellState state = columns::CellState::Plain;
  std::int64_t num = 0;
  int decimals = 0;
  const value::Value* value = nullptr;
};

// Texts that were read before; at most kTextsMax of them.
class TextTable {
 public:
  struct Entry {
    std::string text;
    value::Value value;
    PlainCell cell;
    std::uint64_t hash = 0;
  };

  // Null if it is not there.
  [[nodiscard]] const Entry* find(std::string_view text) const;
  // Null if there is no room. Entries stay where they are.
  const Entry* add(std::string_view text, value::Value v, table::ColumnType type);

 private:
  static constexpr std::size_t kTextsMax = 1 << 14;
  [[nodiscard]] static std::uint64_t hash_of(std::string_view text);

  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(kTextsMax * 2, 0);  // entry + 1
  std::vector<std::unique_ptr<Entry>> entries_;
};

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

  // Empty: the row is for the row reader. The result lives until the next call.
  std::optional<PlainCell> read(std::string_view text);

 private:
  [[nodiscard]] std::optional<PlainCell> read_number(std::string_view text) const;
  [[nodiscard]] std::optional<PlainCell> read_date(std::string_view text) const;
  [[nodiscard]] bool is_unread_text(std::string_view text) const;
  std::optional<PlainCell> read_any(std::string_view text);

  const table::ColumnSchema& column_;
  SharedReading& shared_;
  CellReader reader_;
  bool reads_plain_ = false;             // numbers and dates in their plainest spelling
  std::size_t not_applicable_bytes_ = 0;
  struct Ends {
    std::int64_t low = 0;
    std::int64_t high = 0;
  };
  std::array<Ends, columns::kScaleMax + 1> ends_{};  // of the range, by decimals
  TextTable known_;
  value::Value last_;
};

// Puts a cell into a column of the row that is being filled.
void put(columns::Column& column, std::size_t row, const PlainCell& cell);

// The cell as a value of a column of this type.
value::Value value_of(const PlainCell& cell, table::ColumnType type);

}  // namespace xize::io
