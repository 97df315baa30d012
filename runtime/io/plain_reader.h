// plain_reader: the text of a file behind its header, in pieces that are read at once.
// In: text in order. Out: rows of plain lines through PlainRows, all others through the scanner,
// each piece finished in the order of the file.
// Rows with a quote, or with a lone CR, are cut out by a scanner that only looks where they end.
// A file whose bytes can be read anywhere is read in pieces at once, too, as long as all is plain.
// Memory: a few pieces of kPieceBytes for each core.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/io/byte_source.h"
#include "runtime/io/csv_scanner.h"
#include "runtime/io/plain_rows.h"
#include "runtime/io/row_reader.h"

namespace xize::io {

inline constexpr std::size_t kPieceBytes = 1 << 17;

// Reads one file; the scanner stands behind the header.
class PlainReader {
 public:
  struct File {
    PlainRows& plain;
    CsvScanner& scanner;
    RowReader& rows;
    TypedRowHandler& handler;
    char delimiter = ',';
  };

  explicit PlainReader(const File& file);
  ~PlainReader();
  PlainReader(const PlainReader&) = delete;
  PlainReader& operator=(const PlainReader&) = delete;
  PlainReader(PlainReader&&) = delete;
  PlainReader& operator=(PlainReader&&) = delete;

  // A fault is the scanner's; after it nothing more may be taken.
  std::optional<CsvFault> take(std::string_view text);
  // Text that was taken and is in no piece yet: it begins with a row.
  [[nodiscard]] std::string_view waiting() const;
  // Reads the file from `offset` on, where that text begins, instead of it; gives how far it was
  // plain. What follows is to be taken again.
  struct Far {
    const ByteSource& file;
    std::uint64_t offset = 0;
    bool ascii_only = false;
  };
  std::uint64_t take_far(const Far& far);
  [[nodiscard]] bool can_take_far() const { return !only_scanner_ && !fault_; }
  // The end of the text: the scanner has been fed what no line end closes.
  std::optional<CsvFault> finish();
  // No more text will come, though it has not ended: finishes the whole rows at hand.
  std::optional<CsvFault> stop();

 private:
  struct Piece;

  std::optional<CsvFault> cut(bool at_end);
  // Where the rows that begin at `begin` and hold something odd end; empty: not in this text.
  std::optional<std::size_t> end_of_odd_rows(std::size_t begin, std::size_t end);
  std::unique_ptr<Piece> new_piece();
  std::unique_ptr<Piece> look_at(const Far& far, std::uint64_t begin);
  void start(std::string_view text, std::uint64_t lines, bool is_plain);
  void start(std::unique_ptr<Piece> piece);
  std::optional<CsvFault> feed_rest();
  void drain();
  void finish_piece(Piece& piece);

  File file_;
  std::string text_;              // not yet in a piece
  std::size_t text_begin_ = 0;
  std::uint64_t line_ = 0;        // on which it begins
  std::uint64_t odd_end_line_ = 0;
  bool only_scanner_ = false;     // what comes is no longer looked at here
  std::size_t pieces_max_ = 0;
  std::deque<std::unique_ptr<Piece>> pieces_;        // being read
  std::vector<std::unique_ptr<Piece>> free_pieces_;  // whose memory is free again
  std::optional<CsvFault> fault_;
};

}  // namespace xize::io
