#include "compiler/diagnostics/snippet.h"

#include <algorithm>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "compiler/source/unicode.h"

namespace xize::diagnostics {
namespace {

constexpr int kTabCells = 4;
constexpr int kLineCellsMax = 160;
// How much of a cut line stands before its first mark.
constexpr int kCellsBeforeMark = 40;

// A part of a label that lies on one line, in cells of that line.
struct Mark {
  int begin = 0;
  int end = 0;
  bool primary = false;
  std::string text;
};

// Controls and direction marks would move the cursor or reorder the line.
bool is_drawable(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool direction =
      (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  return !control && !direction;
}

// The cell after a character that is drawn at `cell`.
int cell_after(int cell, char32_t c) {
  if (c == U'\t') return (cell / kTabCells + 1) * kTabCells;
  return cell + (is_drawable(c) ? source::cell_width(c) : 1);
}

int cell_at(std::string_view line, std::size_t byte) {
  int cell = 0;
  for (const char32_t c : source::to_code_points(line.substr(0, byte))) cell = cell_after(cell, c);
  return cell;
}

// The cells [from, to) of a line, tabs as blanks, with `…` where it was cut.
std::string visible(std::string_view line, int from, int to) {
  std::string out = from > 0 ? "…" : "";
  int cell = 0;
  for (const char32_t c : source::to_code_points(line)) {
    const int next = cell_after(cell, c);
    if (next > to) return out + "…";
    if (cell >= from) {
      if (c == U'\t') {
        out.append(static_cast<std::size_t>(next - cell), ' ');
      } else {
        source::append_utf8(out, is_drawable(c) ? c : U'\uFFFD');
      }
    } else if (next > from) {
      out.append(static_cast<std::size_t>(next - from), ' ');  // half of a wide character
    }
    cell = next;
  }
  return out;
}

using MarksByLine = std::map<std::uint32_t, std::vector<Mark>>;

// A label on several lines is marked on its first line and on its last.
void add_marks(MarksByLine& marks, const source::File& file, const Label& label) {
  const auto first = file.line_column(label.span.begin).line;
  const auto end_byte = std::max(label.span.end, label.span.begin);
  // The end of a span that closes with a line end belongs to the line before.
  const auto last_byte = end_byte > label.span.begin ? end_byte - 1 : end_byte;
  const auto last = file.line_column(last_byte).line;
  const auto offset_in = [&](std::uint32_t line, std::uint32_t byte) {
    return std::min<std::size_t>(byte - file.line_begin(line), file.line(line).size());
  };
  const auto first_text = file.line(first);
  const int begin = cell_at(first_text, offset_in(first, label.span.begin));
  if (first == last) {
    const int end = cell_at(first_text, offset_in(first, end_byte));
    marks[first].push_back({begin, std::max(end, begin + 1), label.primary, label.text});
    return;
  }
  const int line_end = cell_at(first_text, first_text.size());
  marks[first].push_back({begin, std::max(line_end, begin + 1), label.primary, {}});
  const auto last_text = file.line(last);
  const auto indent = std::min(last_text.find_first_not_of(" \t"), last_text.size());
  const int last_begin = cell_at(last_text, indent);
  const int last_end = cell_at(last_text, offset_in(last, end_byte));
  marks[last].push_back(
      {last_begin, std::max(last_end, last_begin + 1), label.primary, label.text});
}

// Draws one line and its marks.
class LineDrawer {
 public:
  LineDrawer(const Frame& frame, std::string& out) : frame_(frame), out_(out) {}

  void line(std::uint32_t number, std::string_view text, const std::vector<Mark>& marks) {
    const int whole = cell_at(text, text.size());
    int from = 0;
    if (whole > kLineCellsMax && !marks.empty()) {
      from = std::max(0, marks.front().begin - kCellsBeforeMark);
    }
    const int to = whole > kLineCellsMax ? from + kLineCellsMax : whole;
    const auto head = fmt::format("{:>{}} |", number, frame_.gutter_width);
    const auto shown = visible(text, from, to);
    out_ += frame_.paint.frame(head);
    if (!shown.empty()) out_ += " " + shown;
    out_ += '\n';
    for (const auto& mark : marks) underline(mark, from, to);
  }

  void gap() { out_ += frame_.paint.frame("...") + "\n"; }

 private:
  void underline(const Mark& mark, int from, int to) {
    const int shift = from > 0 ? from - 1 : 0;  // the `…` takes a cell
    const int begin = std::max(mark.begin - shift, 0);
    const int end = std::max(std::min(mark.end, to + 1) - shift, begin + 1);
    const std::string blanks(static_cast<std::size_t>(begin), ' ');
    std::string line(static_cast<std::size_t>(end - begin), mark.primary ? '^' : '-');
    if (!mark.text.empty()) line += " " + mark.text;
    const auto head = fmt::format("{:>{}} |", "", frame_.gutter_width);
    const auto& paint = frame_.paint;
    out_ += paint.frame(head) + " " + blanks +
            (mark.primary ? paint.severity(frame_.severity, line) : paint.frame(line)) + "\n";
  }

  const Frame& frame_;
  std::string& out_;
};

}  // namespace

int gutter_width(const source::File& file, const std::vector<Label>& labels) {
  std::uint32_t last = 1;
  for (const auto& label : labels) {
    last = std::max(last, file.line_column(std::max(label.span.begin, label.span.end)).line);
  }
  return static_cast<int>(fmt::formatted_size("{}", last));
}

std::string draw_snippet(const source::File& file, const std::vector<Label>& labels,
                         const Frame& frame) {
  MarksByLine marks;
  for (const auto& label : labels) add_marks(marks, file, label);
  std::string out;
  LineDrawer drawer(frame, out);
  std::uint32_t previous = 0;
  for (auto& [number, on_line] : marks) {
    // One line left out takes as much room as the gap that would say so.
    if (previous != 0 && number == previous + 2) {
      drawer.line(previous + 1, file.line(previous + 1), {});
    } else if (previous != 0 && number > previous + 2) {
      drawer.gap();
    }
    std::ranges::stable_sort(on_line, {}, &Mark::begin);
    drawer.line(number, file.line(number), on_line);
    previous = number;
  }
  return out;
}

}  // namespace xize::diagnostics
