// A report for a terminal or a plain file.
#include "compiler/source/unicode.h"
#include "compiler/versions/report.h"

namespace xize::versions {
namespace {

constexpr const char* kBold = "\033[1m";
constexpr const char* kRed = "\033[31m";
constexpr const char* kGreen = "\033[32m";
constexpr const char* kReset = "\033[0m";

std::string painted(const std::string& text, const char* colour, bool on) {
  return on ? colour + text + kReset : text;
}

std::string line_text(const ReportLine& line, bool colour) {
  const std::string indent(4 + static_cast<std::size_t>(line.depth) * 2, ' ');
  if (line.kind == LineKind::Plain) return indent + (line.depth > 0 ? "  " : "") + line.text;
  const bool before = line.kind == LineKind::Before;
  return indent + painted((before ? "- " : "+ ") + line.text, before ? kRed : kGreen, colour);
}

}  // namespace

std::string report_text(const Report& report, bool colour) {
  std::string out = painted(report.title, kBold, colour) + "\n";
  for (const std::string& line : report.head) out += line + "\n";
  for (const ReportPart& part : report.parts) {
    out += "\n" + painted(part.heading, kBold, colour) + "\n";
    if (part.table) {
      out += results::text_table(part.table->columns, part.table->rows);
      for (const std::string& remark : part.table->remarks) out += remark + "\n";
    }
    for (const ReportEntry& entry : part.entries) {
      out += "  " + entry.head + "\n";
      for (const ReportLine& line : entry.lines) out += line_text(line, colour) + "\n";
    }
  }
  return out;
}

}  // namespace xize::versions
