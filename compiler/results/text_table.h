// A table of cells in columns aligned by display width, as people read it in a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xize::results {

enum class Align : std::uint8_t { Left, Right };

// The text and how its column is aligned; a row may have fewer cells than there are columns.
struct TextColumn {
  std::string head;
  Align align = Align::Left;
};

// Lines with two blanks between columns, the head underlined.
std::string text_table(const std::vector<TextColumn>& columns,
                       const std::vector<std::vector<std::string>>& rows);

// One row of a Markdown table, with its line end.
std::string markdown_row(const std::vector<std::string>& cells);

// `text` padded with blanks to `cells` display cells.
std::string pad(std::string_view text, int cells, Align align);
// The width of the table that text_table would print.
int table_width(const std::vector<TextColumn>& columns,
                const std::vector<std::vector<std::string>>& rows);

}  // namespace xize::results
