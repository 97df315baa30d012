#include "runtime/io/csv_preamble.h"

#include "runtime/io/name_match.h"

namespace xize::io {
namespace {

constexpr std::string_view kSeparatorLine = "sep=";

// A line of text: its end, where the next begins, and how many line ends lie in between.
struct Line {
  std::size_t end = 0;
  std::size_t next = 0;
  std::uint64_t line_ends = 0;
  bool whole = false;  // its line end was seen
};

// The line that begins at `begin`; with `quotes`, line ends between quotes belong to it.
Line find_line(std::string_view text, std::size_t begin, bool quotes) {
  bool quoted = false;
  Line line;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    quoted = quoted != (quotes && c == '"');
    if (c != '\n' && c != '\r') continue;
    const bool crlf = c == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    ++line.line_ends;
    if (!quoted) {
      // A CR at the very end may be half of a CRLF that is still to come.
      line.whole = c == '\n' || i + 1 < text.size();
      line.end = i;
      line.next = i + (crlf ? 2 : 1);
      return line;
    }
    i += crlf ? 1 : 0;
  }
  line.end = text.size();
  line.next = text.size();
  return line;
}

bool is_comment(std::string_view line) {
  line = trim(line);
  if (line.starts_with('"')) line = trim(line.substr(1));
  return line.starts_with('#') || line.starts_with("＃");
}

std::optional<char> separator_of(std::string_view line) {
  const bool says = line.size() == kSeparatorLine.size() + 1 && line.starts_with(kSeparatorLine);
  return says ? std::optional(line.back()) : std::nullopt;
}

}  // namespace

std::optional<Preamble> find_preamble(std::string_view text, bool at_end) {
  Preamble found;
  std::size_t at = 0;
  while (at < text.size()) {
    const bool in_quotes = trim(text.substr(at, 16)).starts_with('"');
    const Line line = find_line(text, at, in_quotes);
    const std::string_view content = text.substr(at, line.end - at);
    if (!line.whole && !at_end) return std::nullopt;
    const auto separator = found.line == 1 ? separator_of(content) : std::nullopt;
    if (separator) found.delimiter = separator;
    if (!separator && !trim(content).empty() && !is_comment(content)) {
      const Line header = find_line(text, at, true);
      if (!header.whole && !at_end) return std::nullopt;
      found.begin = at;
      found.end = header.end;
      return found;
    }
    at = line.next;
    found.line += line.line_ends;
  }
  return std::nullopt;
}

}  // namespace xize::io
