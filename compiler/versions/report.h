// report: a comparison as people read it.
// In: a Comparison, the language, and, where data were scored, the effect. Out: headings, tables
// and entries that a printer turns into text or Markdown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/results/text_table.h"
#include "compiler/versions/comparison.h"
#include "compiler/versions/effect.h"
#include "compiler/versions/words.h"

namespace xize::versions {

// One line: as it was, as it is, or the same in both.
enum class LineKind : std::uint8_t { Plain, Before, After };
struct ReportLine {
  LineKind kind = LineKind::Plain;
  int depth = 0;
  std::string text;
};
// A thing and what differs in it.
struct ReportEntry {
  std::string head;
  std::vector<ReportLine> lines;
};
struct ReportTable {
  std::vector<results::TextColumn> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> remarks;
};
// A heading with what stands below it.
struct ReportPart {
  std::string heading;
  std::optional<ReportTable> table;
  std::vector<ReportEntry> entries;
};
struct Report {
  std::string title;
  std::vector<std::string> head;
  std::vector<ReportPart> parts;
};

Report make_report(const Comparison& comparison, const Effect* effect, Language language);

// `a → b`; one name where both are the same.
std::string arrow(const std::string& before, const std::string& after);
// `+16`, `-10`, `0`.
std::string signed_text(const value::Rational& number);
// The names of old and new things, `甲、乙 → 丙`.
std::string names_text(const Comparison& comparison, const std::vector<int>& olds,
                       const std::vector<int>& news);
// The lines that differ between two texts, with those around them where they are of one block.
std::vector<ReportLine> line_difference(const std::string& before, const std::string& after);
// Two sentences without what both begin and end with, but for some characters.
std::pair<std::string, std::string> shortened(const std::string& before, const std::string& after);
// What the effect adds to a report.
void add_effect(const Comparison& comparison, const Effect& effect, Language language,
                Report& report);

std::string report_text(const Report& report, bool colour);
std::string report_markdown(const Report& report);
std::string comparison_json(const Comparison& comparison, const Effect* effect);

}  // namespace xize::versions
