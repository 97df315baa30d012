// A report for a document that others read on.
#include "compiler/versions/report.h"

namespace xize::versions {
namespace {

std::string table_text(const ReportTable& table) {
  std::vector<std::string> head, rule;
  for (const auto& column : table.columns) {
    head.push_back(column.head);
    rule.emplace_back(column.align == results::Align::Right ? "---:" : "---");
  }
  std::string out = results::markdown_row(head) + results::markdown_row(rule);
  for (const auto& row : table.rows) out += results::markdown_row(row);
  for (const auto& remark : table.remarks) out += "\n" + remark + "\n";
  return out;
}

// Lines that came or went stand in a block of their own, in which a viewer colours them.
std::string entry_text(const ReportEntry& entry) {
  std::string out = "**" + entry.head + "**\n\n";
  bool block = false;
  for (std::size_t i = 0; i < entry.lines.size(); ++i) {
    const ReportLine& line = entry.lines[i];
    const bool in_block = line.depth > 0 || line.kind != LineKind::Plain;
    if (in_block != block) out += in_block ? "\n```diff\n" : "```\n\n";
    block = in_block;
    if (!in_block) {
      out += "- " + line.text + "\n";
    } else {
      const char* mark = line.kind == LineKind::Before  ? "- "
                         : line.kind == LineKind::After ? "+ "
                                                        : "  ";
      out += mark + line.text + "\n";
    }
  }
  return out + (block ? "```\n\n" : "\n");
}

}  // namespace

std::string report_markdown(const Report& report) {
  std::string out = "# " + report.title + "\n\n";
  for (const std::string& line : report.head) out += "- " + line + "\n";
  for (const ReportPart& part : report.parts) {
    out += "\n## " + part.heading + "\n\n";
    if (part.table) out += table_text(*part.table) + "\n";
    for (const ReportEntry& entry : part.entries) out += entry_text(entry);
    while (out.ends_with("\n\n")) out.pop_back();
  }
  return out;
}

}  // namespace xize::versions
