// A table as the text of a CSV file: UTF-8, comma, line feed.
// In: a header and rows of cells. Out: the file. Cells that need quotes get them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace xize::generate {

// A file of data and what stands in it.
struct DataFile {
  std::string name;
  std::string text;
};

class CsvText {
 public:
  explicit CsvText(std::vector<std::string> header);
  // Begins a row; its cells follow. A row must be as long as the header.
  CsvText& row();
  CsvText& cell(std::string_view text);
  CsvText& cell(const char* text) { return cell(std::string_view(text)); }
  CsvText& cell(int number);
  CsvText& cell(bool yes) = delete;
  CsvText& yes_no(bool yes);
  CsvText& not_applicable();
  [[nodiscard]] DataFile file(std::string name) const;

 private:
  std::size_t width_ = 0;
  std::size_t filled_ = 0;  // cells of the row at hand
  std::string text_;
};

// Tenths as a decimal: 785 is 78.5, 780 is 78.
std::string tenths(int value);

}  // namespace xize::generate
