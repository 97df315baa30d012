// Lines of text as they are written: indentation, places where a long line may be broken, and
// comments at the end of a line, one below the other where lines with comments follow each other.
// In: pieces of one logical line after another. Out: the text, each line at most kColumnsMax cells
// wide where it can be broken.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace xize::format {

inline constexpr int kColumnsMax = 100;
inline constexpr int kIndent = 2;
inline constexpr int kContinuation = 4;
// Comments behind lines that are wider than this are not aligned.
inline constexpr int kAlignedCommentMax = 60;

// The open line and everything above it.
class Sheet {
 public:
  // A place in the open line to go back to.
  struct Mark {
    std::size_t text = 0, breaks = 0;
  };

  void put(std::string_view text) { line_ += text; }
  // The line may be broken here; blanks before it vanish with the break.
  void may_break() { breaks_.push_back(line_.size()); }
  // Keeps `text` for the end of the open line.
  void add_comment(std::string_view text);
  // Writes the open line; nothing when it is empty and has no comment.
  void end_line();
  // An empty line, unless the text is empty or ends with one.
  void blank_line();
  void indent() { indent_ += kIndent; }
  void dedent() { indent_ -= kIndent; }

  [[nodiscard]] bool ends_with(std::string_view text) const { return line_.ends_with(text); }
  [[nodiscard]] bool at_line_start() const { return line_.empty(); }
  [[nodiscard]] bool open_line_fits() const;
  [[nodiscard]] Mark mark() const { return {line_.size(), breaks_.size()}; }
  void go_back(Mark mark);
  // The cells written to the open line since then.
  [[nodiscard]] int width_since(Mark mark) const;

  // The whole text; the sheet is empty afterwards.
  std::string take();

 private:
  // A comment behind a line: where it stands in the text, and how wide the line is and how far in
  // it begins.
  struct LineComment {
    std::size_t at = 0;
    int width = 0, indent = 0;
    std::string text;
  };

  int write_pieces();
  // The comments from `first` up to here stand on lines that follow each other, equally far in.
  [[nodiscard]] std::size_t group_end(std::size_t first) const;
  [[nodiscard]] std::string text_with_comments() const;

  std::string text_, line_, comment_;
  std::vector<LineComment> line_comments_;
  std::vector<std::size_t> breaks_;
  int indent_ = 0;
};

// A comment as it is printed: one `#`, a blank before its text, none after it.
std::string comment_text(std::string_view text);

}  // namespace xize::format
