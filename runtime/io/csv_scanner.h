// csv_scanner: text to rows of cells, per RFC 4180.
// In: UTF-8 in chunks of any size. Out: each row as soon as its line end is seen.
// It is our own because nothing in Debian fits: what there is for C++ is absent (csv-parser,
// fast-cpp-csv-parser are not packaged), reads numbers through doubles, or says neither where a
// quote opened nor which physical line a cell stands on. The whole state machine is five states.
// Line ends are CRLF, LF or CR, also mixed and inside quotes. Blank lines are no rows. Departures
// from the RFC are marked on the cell and not repaired: a quote inside a bare cell stands for
// itself, text behind a closing quote is kept.
// Must hold: rows do not depend on how the text was cut; memory is one row, at most kRowBytesMax.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xize::io {

inline constexpr std::size_t kCellBytesMax = 1 << 20;
inline constexpr std::size_t kRowBytesMax = 8 << 20;
inline constexpr std::size_t kRowCellsMax = 16384;

// One cell of the row at hand; the view lives during the call.
struct CsvCell {
  std::string_view text;         // quotes undone
  std::uint64_t line = 0;        // physical line on which it begins
  std::uint64_t text_begin = 0;  // its bytes [begin, end) in the text, quotes included
  std::uint64_t text_end = 0;
  bool quoted = false;
  bool stray_quote = false;  // not RFC 4180, see above
};

// One row; `line` is where it begins.
struct CsvRow {
  std::uint64_t line = 0;
  std::span<const CsvCell> cells;
};

// Why scanning ended early: a quote that never closes, or a cell or row beyond the limits. The
// place is that of the cell.
struct CsvFault {
  enum class Kind : std::uint8_t { UnclosedQuote, TooLong, TooManyCells } kind = Kind::TooLong;
  std::uint64_t line = 0;
  std::uint32_t cell = 0;  // 1-based
};

// Cuts one text into rows.
class CsvScanner {
 public:
  using RowHandler = std::function<void(const CsvRow&)>;

  // `first_line` is the physical number of the line the text begins with.
  CsvScanner(char delimiter, std::uint64_t first_line, RowHandler on_row);

  // Both give a fault at most once; after it nothing more may be fed.
  std::optional<CsvFault> feed(std::string_view text);
  std::optional<CsvFault> finish();

  // Between two rows: nothing of the next one has been fed.
  [[nodiscard]] bool at_row_start() const {
    return state_ == State::CellStart && extents_.empty() && !after_cr_;
  }
  // The physical line of the next character.
  [[nodiscard]] std::uint64_t line() const { return line_; }
  // Between two rows: moves on over whole lines that somebody else has read.
  void pass(std::uint64_t bytes, std::uint64_t lines);

 private:
  enum class State : std::uint8_t { CellStart, Bare, Quoted, QuoteInQuoted, Behind };
  struct Extent {
    std::size_t begin;
    std::size_t end;
  };

  std::size_t take_plain(std::string_view text, std::size_t at);
  void take_special(char c);
  void take_in_quotes(char c);
  void take_line_end(char c);
  void open_cell();
  void close_cell();
  void close_row();
  [[nodiscard]] std::optional<CsvFault> over_limit() const;
  [[nodiscard]] CsvFault fault_here(CsvFault::Kind kind) const;

  char delimiter_;
  RowHandler on_row_;
  State state_ = State::CellStart;
  bool after_cr_ = false;
  std::uint64_t line_;
  std::uint64_t row_line_ = 0;
  std::uint64_t text_offset_ = 0;  // of the character at hand
  std::string bytes_;              // the cells of the row, one after another
  std::vector<Extent> extents_;
  std::vector<CsvCell> cells_;
  CsvCell open_;                // the cell being read
  std::size_t open_begin_ = 0;  // where it begins in bytes_
};

}  // namespace xize::io
