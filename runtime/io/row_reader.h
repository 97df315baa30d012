// row_reader: the rows of one file, header first, to TypedRows.
// In: rows of the scanner. Out: typed rows to the handler, problems to the log.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/io/cell_reader.h"
#include "runtime/io/csv_header.h"
#include "runtime/io/csv_reader.h"
#include "runtime/io/csv_scanner.h"

namespace xize::io {

// Reads the header from the first row that is not blank, then types row after row.
class RowReader {
 public:
  // Tells which byte of the file was damaged, for a cell's bytes [begin, end) of the text.
  using FindDamage = std::function<std::optional<std::uint64_t>(std::uint64_t, std::uint64_t)>;

  RowReader(const std::string& file, const CsvContext& context, TypedRowHandler& handler,
            FindDamage find_damage);

  void take(const CsvRow& row);
  // A problem with the file's name in it; line and cell as far as known.
  void report(ProblemKind kind, std::uint64_t line, std::uint32_t cell);

  [[nodiscard]] bool has_header() const { return header_.has_value(); }
  // False once rows cannot be told apart: no header, or no unit column in it.
  [[nodiscard]] bool usable() const { return usable_; }
  [[nodiscard]] std::uint64_t row_count() const { return row_count_; }
  // Once it is there, for those who read rows by themselves; they say how many they read.
  [[nodiscard]] const CsvHeader& header() const { return *header_; }
  [[nodiscard]] std::span<const std::string> header_names() const { return header_names_; }
  void pass(std::uint64_t rows) { row_count_ += rows; }

 private:
  void take_header(const CsvRow& row);
  void take_data(const CsvRow& row);
  void check_form(const CsvRow& row);
  void check_extra_cell(const CsvCell& cell, std::size_t index);
  void read_cells(const CsvRow& row);
  void read_cell(const CsvCell& cell, std::uint32_t column);
  void read_unit(const CsvRow& row);
  void name_unit(std::string_view text);
  void make_keys(const CsvRow& row);
  [[nodiscard]] std::string key_part(const CsvRow& row, std::uint32_t column) const;
  DataProblem& add_problem(ProblemKind kind, std::uint64_t line, std::size_t cell);
  DataProblem& add_cell_problem(ProblemKind kind, const CsvCell& cell, std::size_t index);
  void log_problems();

  const std::string& file_;
  const CsvContext& context_;
  TypedRowHandler& handler_;
  FindDamage find_damage_;
  std::vector<CellReader> readers_;  // by column
  std::optional<CsvHeader> header_;
  std::size_t header_cells_ = 0;
  std::vector<std::string> header_names_;
  std::vector<bool> unnamed_reported_;
  bool usable_ = true;
  std::uint64_t row_count_ = 0;

  // Of the row at hand.
  std::vector<value::Value> cells_;
  std::vector<std::string> keys_;
  std::vector<DataProblem> problems_;
  std::string unit_;
  std::string named_, name_;  // the last unit as it was written, and its name: rows come in runs
  bool faulty_ = false;
  bool ragged_ = false;
};

}  // namespace xize::io
