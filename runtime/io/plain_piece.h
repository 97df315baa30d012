// plain_piece: some whole lines of a file, and what is read of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/columns/block.h"
#include "runtime/io/byte_source.h"
#include "runtime/io/unit_names.h"
#include "runtime/value/value.h"

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

// Rows of a unit table, and what each calls its unit; units and periods are not numbered yet.
struct NamedRows {
  columns::Block rows;  // packed
  CellNames names;
};

// Behind every line of a piece.
inline constexpr std::uint64_t kAllLines = UINT64_MAX;

// Whole lines, and what was read of them; everything in the order of lines.
struct PlainPiece {
  // Takes a copy of the lines.
  void set_text(std::string_view lines);
  // Takes the lines that begin in the part [begin, end) of the file, which begins with a line if
  // `at_line`; `text_begin` says where in the file they begin. False: there are none, or not all
  // of it is plain: UTF-8 (or ASCII alone) without NULs, quotes, lone CRs and very long lines.
  struct Part {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    bool at_line = false;
    bool ascii_only = false;
  };
  bool read_text(const ByteSource& file, const Part& part);
  // Forgets what was read; the memory stays.
  void clear();

  std::string_view text;          // kShortCellSlack bytes behind it can be read
  std::uint64_t text_begin = 0;
  std::uint64_t line_ends = 0;
  std::uint64_t first_line = 0;

  std::vector<HandedLine> handed;
  std::vector<LeftRow> left;
  std::vector<KeyedRow> keyed;  // only if the table has keys
  std::string key_bytes;
  std::vector<std::size_t> key_ends;
  std::vector<std::shared_ptr<NamedRows>> named;  // of a unit table
  std::uint64_t rows = 0;       // read here
  std::uint64_t late_rows = 0;  // of these: after the cutoff

  std::size_t left_taken = 0;   // how far `take_plain` is
  std::size_t keyed_taken = 0;
  std::size_t named_taken = 0;
  std::size_t named_rows_taken = 0;  // of the next of them

 private:
  bool read_bytes(const ByteSource& file, std::uint64_t from, std::uint64_t count);
  bool read_to_line_end(const ByteSource& file, std::uint64_t from);

  std::string bytes_;
  std::size_t size_ = 0;  // of the bytes that were read
};

// Where the first line begins that is long enough to break a limit of the scanner; npos: nowhere.
std::size_t find_long_line(std::string_view text);

}  // namespace xize::io
