#include "runtime/io/plain_lines.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <string_view>

#include "runtime/base/per_machine.h"
#include "runtime/io/text_decoder.h"

namespace xize::io {
namespace {

// By row, behind the first one, and before: the number of its last cell.
XIZE_PER_MACHINE bool are_whole(std::span<const std::uint32_t> last_cells, std::size_t width) {
  std::uint32_t wrong = 0;
  for (std::size_t row = 1; row < last_cells.size(); ++row) {
    wrong |= (last_cells[row] - last_cells[row - 1]) ^ static_cast<std::uint32_t>(width);
  }
  return wrong == 0;
}

}  // namespace

PlainLines::PlainLines(const FileForm& form, const table::TableSchema& table,
                       SharedReading& shared)
    : form_(form) {
  cut_.width = form.header.column_of_cell.size();
  for (const table::ColumnSchema& column : table.columns) {
    columns_.push_back(std::make_unique<PlainColumn>(column, shared));
  }
  for (std::size_t place = 0; place < cut_.width; ++place) {
    if (form.header_names[place].empty()) unnamed_.push_back(place);
  }
}

void PlainLines::begin(PlainPiece& piece) {
  piece_ = &piece;
  find_marks(piece.text, form_.delimiter, marks_);
  cut_.text = piece.text.data();
  cut_.ends = marks_.ends.data();
  // Damaged bytes are the row reader's business wherever they stand.
  damage_ = piece.text.find(kReplacement);
  line_ = 0;
}

bool PlainLines::next() {
  cut_.count = 0;
  cut_.are_neighbours = cut_whole_rows();
  if (!cut_.are_neighbours) cut_rows();
  std::fill_n(handed_.begin(), cut_.count, std::uint8_t{0});
  if (cut_.count == 0) end();
  return cut_.count > 0;
}

// The plainest case: nobody needs to look at each line.
bool PlainLines::cut_whole_rows() {
  const std::size_t count = std::min(columns::kBlockRows, marks_.row_count - line_);
  const std::uint32_t* const last_cells = marks_.last_cells.data() + line_;
  if (may_be_blank() || damage_ != std::string_view::npos) return false;
  if (!are_whole(std::span(last_cells, count + 1), cut_.width)) return false;
  std::iota(lines_.begin(), lines_.begin() + count, static_cast<std::uint32_t>(line_));
  std::transform(last_cells, last_cells + count, cut_.first_cells.begin(),
                 [](std::uint32_t last_cell) { return last_cell + 1; });
  cut_.count = count;
  line_ += count;
  return true;
}

// Blank lines are no rows; those that do not have the header's cells are for the row reader.
void PlainLines::cut_rows() {
  for (; line_ < marks_.row_count && cut_.count < columns::kBlockRows; ++line_) {
    const std::uint32_t before = marks_.last_cells[line_];
    const bool is_whole = marks_.last_cells[line_ + 1] - before == cut_.width;
    if ((!is_whole || may_be_blank()) && is_blank(line_)) continue;
    if (!is_whole || (damage_ != std::string_view::npos && is_damaged(line_))) {
      hand(line_);
      continue;
    }
    lines_[cut_.count] = static_cast<std::uint32_t>(line_);
    cut_.first_cells[cut_.count++] = before + 1;
  }
}

void PlainLines::check_unnamed() {
  for (const std::size_t place : unnamed_) {
    const CellTexts texts = cut_.cells(place);
    for (std::size_t r = 0; r < cut_.count; ++r) {
      if (!texts[r].empty()) handed_[r] = 1;
    }
  }
}

bool PlainLines::is_blank(std::size_t line) const {
  const std::size_t bytes = end_of(line) - begin_of(line);
  return bytes == 1 || (bytes == 2 && piece_->text[begin_of(line)] == '\r');
}

bool PlainLines::is_damaged(std::size_t line) {
  const std::size_t end = end_of(line);
  if (damage_ >= end) return false;
  damage_ = piece_->text.find(kReplacement, end);
  return true;
}

void PlainLines::hand(std::size_t line) {
  piece_->handed.push_back({begin_of(line), end_of(line), piece_->first_line + line});
}

void PlainLines::end() {
  std::sort(piece_->handed.begin(), piece_->handed.end(),
            [](const HandedLine& a, const HandedLine& b) { return a.begin < b.begin; });
}

}  // namespace xize::io
