#include <utility>

#include "compiler/results/sheet.h"
#include "runtime/io/csv_writer.h"

namespace xize::results {
namespace {

// A spreadsheet would read 300/7 as a date, so numbers without an end are given to 10 places.
constexpr int kPlaces = 10;

std::string cell(const Mark& mark, Language language) {
  if (mark.state == MarkState::Score) {
    const value::Rational rounded = value::round(mark.value, kPlaces, value::Rounding::HalfUp);
    return rounded.to_string();
  }
  return print_mark(mark, language, std::nullopt);
}

std::string cell(const Datum& datum, Language language) {
  if (datum.kind == DatumKind::Number) return cell({MarkState::Score, datum.number}, language);
  return print_datum(datum, {language});
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : "、") + name;
  return all;
}

std::vector<std::string> head(const RubricSheet& sheet, bool chinese) {
  std::vector<std::string> cells = {chinese ? "评分表" : "rubric", chinese ? "单位" : "unit"};
  if (sheet.has_periods) cells.push_back(chinese ? "周期" : "period");
  if (sheet.has_total) {
    cells.push_back(chinese ? "名次" : "rank");
    cells.push_back(chinese ? "总分" : "total");
  }
  if (sheet.has_combined) cells.push_back(chinese ? "合并得分" : "combined");
  if (sheet.has_converted) cells.push_back(chinese ? "换算得分" : "converted");
  if (sheet.has_grade) cells.push_back(chinese ? "等次" : "grade");
  if (sheet.has_selections) cells.push_back(chinese ? "评选" : "selected");
  for (const NodeColumn& column : sheet.columns) cells.push_back(column.path);
  for (const std::string& name : sheet.report_names) cells.push_back(name);
  return cells;
}

std::vector<std::string> head(const RowSelectionSheet& sheet, bool chinese) {
  std::vector<std::string> cells = {chinese ? "评选" : "selected", chinese ? "单位" : "unit"};
  if (sheet.has_classes) cells.push_back(chinese ? "类别" : "class");
  cells.insert(cells.end(), sheet.text_names.begin(), sheet.text_names.end());
  if (sheet.has_measure) cells.push_back(chinese ? "依据值" : "measure");
  return cells;
}

std::vector<std::string> cells_of(const RubricSheet& sheet, const SheetRow& row,
                                  Language language) {
  std::vector<std::string> cells = {sheet.name, row.unit};
  if (sheet.has_periods) cells.push_back(row.period);
  if (sheet.has_total) {
    cells.push_back(row.rank ? std::to_string(*row.rank) : "");
    cells.push_back(cell(row.total, language));
  }
  if (sheet.has_combined) cells.push_back(cell(row.combined, language));
  if (sheet.has_converted) cells.push_back(cell(row.converted, language));
  if (sheet.has_grade) cells.push_back(row.grade);
  if (sheet.has_selections) cells.push_back(joined(row.selections));
  for (const Mark& mark : row.nodes) cells.push_back(cell(mark, language));
  for (const Datum& report : row.reports) cells.push_back(cell(report, language));
  return cells;
}

}  // namespace

// One table after another, an empty line between them, since their columns differ.
void sheet_csv(const LongSheet& sheet, Language language, const TakeText& take) {
  constexpr std::size_t kPieceBytes = 1 << 16;
  std::string out;
  io::CsvWriter writer(out);
  const char* between = "";
  const auto begin_table = [&](const auto& table) {
    out += std::exchange(between, "\r\n");
    writer.row(head(table, language == Language::Chinese));
  };
  for (std::size_t i = 0; i < sheet.frame().rubrics.size(); ++i) {
    const RubricSheet& rubric = sheet.frame().rubrics[i];
    begin_table(rubric);
    for (const std::size_t row : sheet.order(i)) {
      writer.row(cells_of(rubric, sheet.row(i, row), language));
      if (out.size() < kPieceBytes) continue;
      take(out);
      out.clear();
    }
  }
  for (const RowSelectionSheet& selection : sheet.frame().selections) {
    begin_table(selection);
    for (const auto& taken : selection.taken) {
      std::vector<std::string> cells = {selection.name, taken.unit};
      if (selection.has_classes) cells.push_back(cell(taken.key, language));
      cells.insert(cells.end(), taken.texts.begin(), taken.texts.end());
      if (selection.has_measure) cells.push_back(cell(taken.measure, language));
      writer.row(cells);
    }
  }
  take(out);
}

}  // namespace xize::results
