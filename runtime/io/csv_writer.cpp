#include "runtime/io/csv_writer.h"

#include <algorithm>

#include "runtime/io/name_match.h"

namespace xize::io {

void append_csv_cell(std::string_view text, char delimiter, std::string& out) {
  const bool special = std::any_of(text.begin(), text.end(), [delimiter](char c) {
    return c == delimiter || c == '"' || c == '\r' || c == '\n';
  });
  if (!special && trim(text).size() == text.size()) {
    out += text;
    return;
  }
  out.push_back('"');
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

CsvWriter::CsvWriter(std::string& out, CsvStyle style) : out_(out), style_(style) {
  if (style_.byte_order_mark) out_ += "\xEF\xBB\xBF";
}

void CsvWriter::row(std::span<const std::string> cells) {
  bool first = true;
  for (const auto& text : cells) {
    if (!first) out_.push_back(style_.delimiter);
    first = false;
    append_csv_cell(text, style_.delimiter, out_);
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

}  // namespace xize::io
