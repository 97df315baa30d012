// sheet_rows: some rows of a long sheet, read column by column. The rows of a sheet stand in the
// order of their totals, so all over the unit table: read one after the other, each value would
// have to wait for memory.
// In: a LongSheet, rows of the unit table. Out: what stands in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/results/plain_mark.h"
#include "compiler/results/sheet.h"

namespace xize::results {

// The columns of one rubric. The sheet outlives them; several threads may read.
class SheetColumns {
 public:
  // `rubric` by its place in the frame.
  SheetColumns(const LongSheet& sheet, std::size_t rubric);

  [[nodiscard]] const LongSheet& sheet() const { return sheet_; }
  [[nodiscard]] const RubricSheet& frame() const { return frame_; }
  [[nodiscard]] const program::Rubric& rubric() const { return rubric_; }
  // Rank, total, combined, converted and grade, then nodes, then the numbers of reports.
  [[nodiscard]] const std::vector<MarkColumn>& marks() const { return marks_; }
  // Any report.
  [[nodiscard]] Datum report(std::size_t report, std::size_t unit_row) const;

 private:
  const LongSheet& sheet_;
  const RubricSheet& frame_;
  const program::Rubric& rubric_;
  std::vector<MarkColumn> marks_;
};

// The places of rows in a list of them, ascending by row.
std::vector<std::uint32_t> ascending(std::span<const std::size_t> rows);

// Some rows, by their place among those that were asked for. The columns and the rows outlive it.
class SheetRows {
 public:
  // Calls f with a few rows at a time, which stay in the processor's cache.
  template <class F>
  static void each_part(std::span<const std::size_t> rows, F f) {
    constexpr std::size_t kRows = 64;
    for (; rows.size() > kRows; rows = rows.subspan(kRows)) f(rows.first(kRows));
    f(rows);
  }

  SheetRows(const SheetColumns& columns, std::span<const std::size_t> rows);

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] std::string_view unit(std::size_t i) const { return units_[i]; }
  [[nodiscard]] const std::string& period(std::size_t i) const;
  [[nodiscard]] bool reference(std::size_t i) const;
  [[nodiscard]] std::optional<std::int64_t> rank(std::size_t i) const { return at(i, 0).whole(); }
  [[nodiscard]] const PlainMark& total(std::size_t i) const { return at(i, 1); }
  [[nodiscard]] const PlainMark& combined(std::size_t i) const { return at(i, 2); }
  [[nodiscard]] const PlainMark& converted(std::size_t i) const { return at(i, 3); }
  [[nodiscard]] const std::string& grade(std::size_t i) const;  // blank: none
  [[nodiscard]] std::vector<std::string> selections(std::size_t i) const;
  [[nodiscard]] const PlainMark& node(std::size_t i, std::size_t column) const {
    return at(i, kGrade + 1 + column);
  }
  // A score if the report is a number; for anything else see `report`.
  [[nodiscard]] const PlainMark& report_number(std::size_t i, std::size_t report) const {
    return node(i, columns_.frame().columns.size() + report);
  }
  [[nodiscard]] Datum report(std::size_t i, std::size_t report) const {
    return columns_.report(report, rows_[i]);
  }
  // All of it.
  [[nodiscard]] SheetRow row(std::size_t i) const;

 private:
  static constexpr std::size_t kGrade = 4;

  [[nodiscard]] const PlainMark& at(std::size_t i, std::size_t column) const {
    return marks_[i * columns_.marks().size() + column];
  }

  const SheetColumns& columns_;
  std::span<const std::size_t> rows_;
  std::vector<std::string_view> units_;
  std::vector<PlainMark> marks_;  // row after row
};

// Appends the text of rows, one after the other; `print(rows, i, text)` appends that of one. They
// are read in the order of the unit table, so that what is near in memory is read together.
template <class Print>
void print_rows(const SheetColumns& columns, std::span<const std::size_t> rows, std::string& out,
                const Print& print) {
  const std::vector<std::uint32_t> order = ascending(rows);
  std::vector<std::size_t> ordered(rows.size());
  for (std::size_t k = 0; k < rows.size(); ++k) ordered[k] = rows[order[k]];
  static thread_local std::string texts;  // its memory is worth keeping
  texts.clear();
  std::vector<std::string_view> text_of(rows.size());
  std::vector<std::size_t> ends;
  ends.reserve(rows.size());
  SheetRows::each_part(ordered, [&](std::span<const std::size_t> part) {
    const SheetRows some(columns, part);
    for (std::size_t i = 0; i < some.size(); ++i) {
      print(some, i, texts);
      ends.push_back(texts.size());
    }
  });
  std::size_t begin = 0;
  for (std::size_t k = 0; k < rows.size(); begin = ends[k++]) {
    text_of[order[k]] = std::string_view(texts).substr(begin, ends[k] - begin);
  }
  out.reserve(out.size() + texts.size());
  for (const std::string_view text : text_of) out += text;
}

}  // namespace xize::results
