#include "compiler/results/sheet.h"
#include "compiler/results/text_table.h"

namespace xize::results {

std::string sheet_markdown(const ScoreSheet& sheet, Language language) {
  const bool chinese = language == Language::Chinese;
  std::string out;
  for (const RubricSheet& rubric : sheet.rubrics) {
    if (!out.empty()) out += '\n';
    out += "## " + rubric.name + (rubric.title.empty() ? "" : " " + rubric.title) + "\n\n";
    std::vector<std::string> head = {chinese ? "名次" : "rank", chinese ? "单位" : "unit"};
    std::vector<std::string> rule = {"---:", "---"};
    const auto add = [&](std::string name, bool number) {
      head.push_back(std::move(name));
      rule.emplace_back(number ? "---:" : "---");
    };
    for (const NodeColumn& column : rubric.columns) {
      if (column.depth == 0) add(column.name, true);
    }
    if (rubric.has_total) add(chinese ? "总分" : "total", true);
    if (rubric.has_combined) add(chinese ? "合并得分" : "combined", true);
    if (rubric.has_converted) add(chinese ? "换算得分" : "converted", true);
    if (rubric.has_grade) add(chinese ? "等次" : "grade", false);
    for (const std::string& name : rubric.report_names) add(name, true);
    out += markdown_row(head) + markdown_row(rule);
    for (const SheetRow& row : rubric.rows) {
      std::vector<std::string> cells = {
          row.rank ? std::to_string(*row.rank) : "",
          row.period.empty() ? row.unit : row.unit + " " + row.period};
      for (std::size_t i = 0; i < rubric.columns.size(); ++i) {
        if (rubric.columns[i].depth == 0)
          cells.push_back(print_mark(row.nodes[i], language, kMarkPlaces));
      }
      if (rubric.has_total) cells.push_back(print_mark(row.total, language, kMarkPlaces));
      if (rubric.has_combined) cells.push_back(print_mark(row.combined, language, kMarkPlaces));
      if (rubric.has_converted) cells.push_back(print_mark(row.converted, language, kMarkPlaces));
      if (rubric.has_grade) cells.push_back(row.grade);
      for (const Datum& report : row.reports) cells.push_back(print_datum(report, {language}));
      out += markdown_row(cells);
    }
  }
  return out;
}

}  // namespace xize::results
