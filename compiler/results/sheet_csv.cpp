#include <array>
#include <string_view>
#include <utility>

#include "compiler/results/phrases.h"
#include "compiler/results/row_texts.h"
#include "compiler/results/sheet.h"
#include "compiler/results/sheet_rows.h"
#include "runtime/io/csv_writer.h"

namespace xize::results {
namespace {

// A spreadsheet would read 300/7 as a date, so numbers without an end are given to 10 places.
constexpr int kCsvPlaces = 10;

constexpr char kDelimiter = ',';
constexpr const char* kLineEnd = "\r\n";

std::string cell(const Datum& datum, Language language) {
  if (datum.kind != DatumKind::Number) return print_datum(datum, {language});
  std::string text;
  value::print(datum.number, kCsvPlaces, text);
  return text;
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

std::vector<std::string> cells_of(const RowSelectionSheet& sheet,
                                  const RowSelectionSheet::Taken& taken, Language language) {
  std::vector<std::string> cells = {sheet.name, taken.unit};
  if (sheet.has_classes) cells.push_back(cell(taken.key, language));
  cells.insert(cells.end(), taken.texts.begin(), taken.texts.end());
  if (sheet.has_measure) cells.push_back(cell(taken.measure, language));
  return cells;
}

// Prints rows of one rubric.
class CsvRows {
 public:
  CsvRows(const LongSheet& sheet, std::size_t rubric, Language language)
      : columns_(sheet, rubric), sheet_(sheet.frame().rubrics[rubric]), language_(language) {
    io::append_csv_cell(sheet_.name, kDelimiter, name_);
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (i == kScore) continue;
      words_[i] = kDelimiter + print_mark({static_cast<MarkState>(i), {}}, language, std::nullopt);
    }
  }

  void print(std::span<const std::size_t> unit_rows, std::string& out) const {
    NumberPrinter numbers(kCsvPlaces);
    print_rows(columns_, unit_rows, out,
               [&](const SheetRows& rows, std::size_t i, std::string& text) {
                 print_head(rows, i, numbers, text);
                 print_columns(rows, i, numbers, text);
                 text += kLineEnd;
               });
  }

 private:
  static constexpr auto kScore = static_cast<std::size_t>(MarkState::Score);

  // The cells before those of nodes.
  void print_head(const SheetRows& rows, std::size_t i, NumberPrinter& numbers,
                  std::string& out) const {
    out += name_;
    put(rows.unit(i), out);
    if (sheet_.has_periods) put(rows.period(i), out);
    if (sheet_.has_total) {
      const auto rank = rows.rank(i);
      out += kDelimiter;
      if (rank) out += std::to_string(*rank);
      put(rows.total(i), numbers, out);
    }
    if (sheet_.has_combined) put(rows.combined(i), numbers, out);
    if (sheet_.has_converted) put(rows.converted(i), numbers, out);
    if (sheet_.has_grade) put(rows.grade(i), out);
    if (sheet_.has_selections) put(joined(rows.selections(i), "、"), out);
  }
  void print_columns(const SheetRows& rows, std::size_t i, NumberPrinter& numbers,
                     std::string& out) const {
    const std::size_t nodes = sheet_.columns.size();
    for (std::size_t c = 0; c < nodes; ++c) put(rows.node(i, c), numbers, out);
    for (std::size_t r = 0; r < sheet_.report_names.size(); ++r) {
      const PlainMark& number = rows.report_number(i, r);
      if (number.state == MarkState::Score) {
        put(number, numbers, out);
      } else {
        put(cell(rows.report(i, r), language_), out);
      }
    }
  }

  // Each with the delimiter before it; numbers and states need no quotes.
  static void put(std::string_view text, std::string& out) {
    out += kDelimiter;
    io::append_csv_cell(text, kDelimiter, out);
  }
  void put(const PlainMark& mark, NumberPrinter& numbers, std::string& out) const {
    if (mark.state != MarkState::Score) {
      out += words_[static_cast<std::size_t>(mark.state)];
    } else if (mark.large != nullptr) {
      out += kDelimiter;
      value::print(*mark.large, kCsvPlaces, out);
    } else {
      std::array<char, 1 + NumberPrinter::kTextMax> text;
      text[0] = kDelimiter;
      out.append(text.data(), numbers.print(mark.number, text.data() + 1));
    }
  }

  SheetColumns columns_;
  const RubricSheet& sheet_;
  Language language_;
  std::string name_;
  std::array<std::string, static_cast<std::size_t>(MarkState::Absent) + 1> words_;
};

}  // namespace

// One table after another, an empty line between them, since their columns differ.
void sheet_csv(const LongSheet& sheet, Language language, const TakeText& take) {
  const io::CsvStyle style{.delimiter = kDelimiter, .line_end = kLineEnd};
  const char* between = "";
  const auto begin_table = [&](const auto& table) {
    std::string text = std::exchange(between, kLineEnd);
    io::CsvWriter(text, style).row(head(table, language == Language::Chinese));
    take(text);
  };
  for (std::size_t i = 0; i < sheet.frame().rubrics.size(); ++i) {
    begin_table(sheet.frame().rubrics[i]);
    const CsvRows rows(sheet, i, language);
    take_rows(sheet.order(i), take, [&](auto part, std::string& out) { rows.print(part, out); });
  }
  for (const RowSelectionSheet& selection : sheet.frame().selections) {
    begin_table(selection);
    const std::span taken(selection.taken);
    take_rows(taken, take, [&](auto part, std::string& out) {
      io::CsvWriter writer(out, style);
      for (const auto& entry : part) writer.row(cells_of(selection, entry, language));
    });
  }
}

}  // namespace xize::results
