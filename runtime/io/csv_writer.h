// csv_writer: rows of cells to CSV, per RFC 4180.
// In: UTF-8 cells. Out: text appended to the caller's string.
// Must hold: what is written is read back as the same cells.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace xize::io {

// How a file is written. Excel needs the BOM to see UTF-8.
struct CsvStyle {
  char delimiter = ',';
  std::string_view line_end = "\r\n";
  bool byte_order_mark = false;
};

// Appends one cell, quoted where it must be: delimiters, quotes, line ends, blanks at either end.
void append_csv_cell(std::string_view text, char delimiter, std::string& out);

// Writes rows to one text.
class CsvWriter {
 public:
  // `out` outlives the writer; the BOM, if any, is written at once.
  explicit CsvWriter(std::string& out, CsvStyle style = {});

  void row(std::span<const std::string> cells);
  // A `#` line, which the reader skips before the header. Line ends in it become blanks.
  void comment(std::string_view text);

 private:
  std::string& out_;
  CsvStyle style_;
};

}  // namespace xize::io
