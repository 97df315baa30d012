#include "compiler/results/text_table.h"

#include <algorithm>

#include "compiler/source/unicode.h"

namespace xize::results {
namespace {

constexpr int kGap = 2;

std::vector<int> widths_of(const std::vector<TextColumn>& columns,
                           const std::vector<std::vector<std::string>>& rows) {
  std::vector<int> widths;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    int width = source::display_width(columns[i].head);
    for (const auto& row : rows) {
      if (i < row.size()) width = std::max(width, source::display_width(row[i]));
    }
    widths.push_back(width);
  }
  return widths;
}

void trim_end(std::string& line) {
  while (line.ends_with(' ')) line.pop_back();
}

}  // namespace

std::string pad(std::string_view text, int cells, Align align) {
  const int missing = std::max(0, cells - source::display_width(text));
  const std::string blanks(static_cast<std::size_t>(missing), ' ');
  return align == Align::Left ? std::string(text) + blanks : blanks + std::string(text);
}

int table_width(const std::vector<TextColumn>& columns,
                const std::vector<std::vector<std::string>>& rows) {
  int width = 0;
  for (const int column : widths_of(columns, rows)) width += column + kGap;
  return std::max(0, width - kGap);
}

std::string text_table(const std::vector<TextColumn>& columns,
                       const std::vector<std::vector<std::string>>& rows) {
  const std::vector<int> widths = widths_of(columns, rows);
  std::string out, line;
  const auto end_line = [&] {
    trim_end(line);
    out += line + '\n';
    line.clear();
  };
  const auto add_cell = [&](std::size_t i, std::string_view text) {
    line += pad(text, widths[i] + (columns[i].align == Align::Left ? kGap : 0), columns[i].align);
    if (columns[i].align == Align::Right) line += std::string(kGap, ' ');
  };
  for (std::size_t i = 0; i < columns.size(); ++i) add_cell(i, columns[i].head);
  end_line();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (int k = 0; k < widths[i]; ++k) line += "─";
    line += std::string(kGap, ' ');
  }
  end_line();
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size() && i < columns.size(); ++i) add_cell(i, row[i]);
    end_line();
  }
  return out;
}

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) {
    line += ' ';
    for (const char c : cell) line += c == '|' ? std::string("\\|") : std::string(1, c);
    line += " |";
  }
  return line + "\n";
}

}  // namespace xize::results
