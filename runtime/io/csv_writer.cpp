#include "runtime/io/csv_writer.h"

#include "runtime/io/name_match.h"

namespace xize::io {

CsvWriter::CsvWriter(std::string& out, CsvStyle style) : out_(out), style_(style) {
  if (style_.byte_order_mark) out_ += "\xEF\xBB\xBF";
}

void CsvWriter::row(std::span<const std::string> cells) {
  bool first = true;
  for (const auto& text : cells) {
    if (!first) out_.push_back(style_.delimiter);
    first = false;
    cell(text);
  }
  // A bare blank line would be no row at all.
  if (cells.size() == 1 && cells.front().empty()) out_ += "\"\"";
  out_ += style_.line_end;
}

void CsvWriter::comment(std::string_view text) {
  out_ += "# ";
  for (const char c : text) out_.push_back(c == '\n' || c == '\r' ? ' ' : c);
  out_ += style_.line_end;
}

void CsvWriter::cell(std::string_view text) {
  const bool special = text.find_first_of("\"\r\n") != std::string_view::npos ||
                       text.find(style_.delimiter) != std::string_view::npos;
  if (!special && trim(text).size() == text.size()) {
    out_ += text;
    return;
  }
  out_.push_back('"');
  for (const char c : text) {
    if (c == '"') out_.push_back('"');
    out_.push_back(c);
  }
  out_.push_back('"');
}

}  // namespace xize::io
