#include "compiler/format/sheet.h"

#include <algorithm>
#include <utility>

#include "compiler/source/unicode.h"

namespace xize::format {
namespace {

std::string_view without_trailing_blanks(std::string_view text) {
  const auto last = text.find_last_not_of(" \t\r");
  return last == std::string_view::npos ? std::string_view{} : text.substr(0, last + 1);
}

}  // namespace

std::string comment_text(std::string_view text) {
  text = without_trailing_blanks(text);
  if (text.empty()) return "#";
  return (text.front() == ' ' || text.front() == '\t' ? "#" : "# ") + std::string(text);
}

void Sheet::add_comment(std::string_view text) {
  if (!comment_.empty()) comment_ += ' ';
  comment_ += comment_text(text);
}

void Sheet::end_line() {
  if (!line_.empty()) {
    const int width = write_pieces();
    if (!comment_.empty()) {
      line_comments_.push_back({text_.size(), width, indent_, std::move(comment_)});
    }
    text_ += '\n';
  } else if (!comment_.empty()) {
    text_.append(static_cast<std::size_t>(indent_), ' ').append(comment_) += '\n';
  }
  line_.clear();
  breaks_.clear();
  comment_.clear();
}

void Sheet::blank_line() {
  if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
}

bool Sheet::open_line_fits() const {
  const auto newline = line_.rfind('\n');
  const std::string_view last =
      newline == std::string::npos ? line_ : std::string_view(line_).substr(newline + 1);
  return newline == std::string::npos && indent_ + source::display_width(last) <= kColumnsMax;
}

void Sheet::go_back(Mark mark) {
  line_.resize(mark.text);
  breaks_.resize(mark.breaks);
}

int Sheet::width_since(Mark mark) const {
  return source::display_width(std::string_view(line_).substr(mark.text));
}

// Greedy: a piece goes to the next line where it would pass the last column. How wide the last line
// is.
int Sheet::write_pieces() {
  text_.append(static_cast<std::size_t>(indent_), ' ');
  int column = indent_;
  bool is_first = true;
  for (std::size_t i = 0; i <= breaks_.size(); ++i) {
    const std::size_t from = i == 0 ? 0 : breaks_[i - 1];
    const std::size_t to = i == breaks_.size() ? line_.size() : breaks_[i];
    const std::string_view piece = std::string_view(line_).substr(from, to - from);
    const int width = source::display_width(without_trailing_blanks(piece));
    if (!is_first && column + width > kColumnsMax) {
      text_.resize(without_trailing_blanks(text_).size());
      text_ += '\n';
      column = indent_ + kContinuation;
      text_.append(static_cast<std::size_t>(column), ' ');
    }
    text_ += piece;
    column += source::display_width(piece);
    is_first = false;
  }
  const std::size_t written = without_trailing_blanks(text_).size();
  column -= static_cast<int>(text_.size() - written);
  text_.resize(written);
  return column;
}

std::size_t Sheet::group_end(std::size_t first) const {
  std::size_t i = first + 1;
  for (; i < line_comments_.size(); ++i) {
    const LineComment &above = line_comments_[i - 1], &here = line_comments_[i];
    if (here.indent != above.indent || text_.find('\n', above.at + 1) < here.at) break;
  }
  return i;
}

std::string Sheet::text_with_comments() const {
  std::string text;
  std::size_t copied = 0;
  for (std::size_t first = 0; first < line_comments_.size();) {
    const std::size_t end = group_end(first);
    int widest = 0;
    for (std::size_t i = first; i < end; ++i) {
      const int width = line_comments_[i].width;
      if (width <= kAlignedCommentMax) widest = std::max(widest, width);
    }
    for (; first < end; ++first) {
      const LineComment& comment = line_comments_[first];
      text.append(text_, copied, comment.at - copied);
      text.append(static_cast<std::size_t>(std::max(0, widest - comment.width) + 2), ' ');
      text += comment.text;
      copied = comment.at;
    }
  }
  return text.append(text_, copied);
}

std::string Sheet::take() {
  end_line();
  while (text_.ends_with("\n\n")) text_.pop_back();
  std::string text = text_with_comments();
  text_.clear();
  line_comments_.clear();
  return text;
}

}  // namespace xize::format
