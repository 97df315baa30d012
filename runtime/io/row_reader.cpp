#include "runtime/io/row_reader.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "runtime/io/cell_text.h"
#include "runtime/io/key_set.h"
#include "runtime/io/name_match.h"
#include "runtime/io/text_decoder.h"

namespace xize::io {
namespace {

using table::kNoColumn;

const value::Value kBadCell = value::Fault{value::FaultKind::BadCell, 0};

bool is_blank(const CsvRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(),
                     [](const CsvCell& cell) { return trim(cell.text).empty(); });
}

std::string shown_text(std::span<const std::string_view> cells) {
  std::string out;
  for (const auto cell : cells) {
    if (out.size() > kShownCodePointsMax * 4) break;
    if (!out.empty()) out += ", ";
    out += trim(cell);
  }
  return shorten(out);
}

}  // namespace

RowReader::RowReader(const std::string& file, const CsvContext& context, TypedRowHandler& handler,
                     FindDamage find_damage)
    : file_(file),
      context_(context),
      handler_(handler),
      find_damage_(std::move(find_damage)),
      cells_(context.table.columns.size()),
      keys_(context.table.keys.size()) {
  for (const auto& column : context.table.columns) readers_.emplace_back(column, context.pool);
}

void RowReader::take(const CsvRow& row) {
  if (!usable_ || is_blank(row)) return;
  if (header_) {
    take_data(row);
  } else {
    take_header(row);
  }
}

void RowReader::report(ProblemKind kind, std::uint64_t line, std::uint32_t cell) {
  unit_.clear();
  auto& problem = add_problem(kind, line, cell);
  if (cell > 0 && cell <= header_names_.size()) problem.column_name = header_names_[cell - 1];
  log_problems();
}

void RowReader::take_header(const CsvRow& row) {
  std::vector<std::string_view> texts;
  for (const auto& cell : row.cells) texts.push_back(cell.text);
  header_ = CsvHeader{};
  if (count_known(texts, context_.table) == 0) {
    usable_ = false;
    add_problem(ProblemKind::NoHeader, row.line, 0).text = shown_text(texts);
    log_problems();
    return;
  }
  auto result = match_header(texts, context_.table);
  header_ = std::move(result.header);
  header_cells_ = row.cells.size();
  unnamed_reported_.assign(header_cells_, false);
  for (const auto text : texts) header_names_.push_back(shorten(normalize(text)));
  check_form(row);
  for (auto& problem : result.problems) {
    problem.line = problem.cell == 0 ? row.line : row.cells[problem.cell - 1].line;
    problem.file = file_;
    problem.table = context_.table_number;
    problems_.push_back(std::move(problem));
  }
  log_problems();
  usable_ = header_->cell_of_column[context_.table.unit_column] != kNoColumn;
}

void RowReader::take_data(const CsvRow& row) {
  ++row_count_;
  std::fill(cells_.begin(), cells_.end(), kBadCell);
  faulty_ = false;
  ragged_ = false;
  read_unit(row);
  check_form(row);
  if (!ragged_) read_cells(row);
  make_keys(row);
  log_problems();
  handler_.take(TypedRow{row.line, unit_, cells_, keys_, faulty_, ragged_});
}

// What is wrong with a row whatever its columns are.
void RowReader::check_form(const CsvRow& row) {
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const auto& cell = row.cells[i];
    if (cell.stray_quote) add_cell_problem(ProblemKind::StrayQuote, cell, i);
    if (cell.text.find(kReplacement) == std::string_view::npos) continue;
    auto& problem = add_cell_problem(ProblemKind::DamagedText, cell, i);
    problem.offset = find_damage_(cell.text_begin, cell.text_end).value_or(kNoOffset);
  }
  for (std::size_t i = 0; i < std::min(row.cells.size(), header_cells_); ++i) {
    check_extra_cell(row.cells[i], i);
  }
  const bool extra_is_blank =
      std::all_of(row.cells.begin() + std::min(row.cells.size(), header_cells_), row.cells.end(),
                  [](const CsvCell& cell) { return trim(cell.text).empty(); });
  if (row.cells.size() >= header_cells_ && extra_is_blank) return;
  auto& problem = add_problem(ProblemKind::RaggedRow, row.line, 0);
  problem.expected = header_cells_;
  problem.found = row.cells.size();
  ragged_ = true;
  faulty_ = true;
}

// Data under a blank header belong to nothing; said once for each such place.
void RowReader::check_extra_cell(const CsvCell& cell, std::size_t index) {
  if (!header_names_[index].empty() || trim(cell.text).empty() || unnamed_reported_[index]) return;
  unnamed_reported_[index] = true;
  add_cell_problem(ProblemKind::UnnamedColumn, cell, index).severity = Severity::Error;
}

void RowReader::read_unit(const CsvRow& row) {
  unit_.clear();
  const std::uint32_t place = header_->cell_of_column[context_.table.unit_column];
  if (place >= row.cells.size()) return;
  const auto& cell = row.cells[place];
  if (trim(cell.text).empty()) {
    add_cell_problem(ProblemKind::BlankUnit, cell, place).column = context_.table.unit_column;
    faulty_ = true;
    return;
  }
  const auto result = readers_[context_.table.unit_column].read(cell.text);
  const auto* named = std::get_if<value::Value>(&result);
  if (named == nullptr || std::holds_alternative<value::NotApplicable>(*named)) {
    const auto kind = named == nullptr ? std::get<CellFault>(result).kind
                                       : ProblemKind::NotApplicableNotExpected;
    add_cell_problem(kind, cell, place).column = context_.table.unit_column;
    faulty_ = true;
    return;
  }
  faulty_ = cell.stray_quote || cell.text.find(kReplacement) != std::string_view::npos;
  if (!faulty_) name_unit(cell.text);
}

void RowReader::name_unit(std::string_view text) {
  if (text != named_) {
    named_ = text;
    name_ = context_.names.resolve(text);
  }
  unit_ = name_;
}

void RowReader::read_cells(const CsvRow& row) {
  for (std::uint32_t column = 0; column < readers_.size(); ++column) {
    const std::uint32_t place = header_->cell_of_column[column];
    if (place != kNoColumn) {
      if (column == context_.table.unit_column && unit_.empty()) continue;
      read_cell(row.cells[place], column);
      continue;
    }
    // The header lacks the column, which has been reported once: each cell is as if blank.
    const auto result = readers_[column].read({});
    const auto* v = std::get_if<value::Value>(&result);
    const bool sound = v != nullptr && !header_->in_error[column];
    if (sound) cells_[column] = *v;
    faulty_ = faulty_ || !sound;
  }
}

void RowReader::read_cell(const CsvCell& cell, std::uint32_t column) {
  const auto& schema = context_.table.columns[column];
  const std::uint32_t place = header_->cell_of_column[column];
  if (cell.stray_quote || cell.text.find(kReplacement) != std::string_view::npos) {
    faulty_ = true;
    return;
  }
  auto result = readers_[column].read(cell.text);
  if (auto* fault = std::get_if<CellFault>(&result)) {
    add_cell_problem(fault->kind, cell, place).nearest = std::move(fault->nearest);
    faulty_ = true;
    return;
  }
  cells_[column] = std::move(std::get<value::Value>(result));
  const bool names_unit = schema.type == table::ColumnType::Unit &&
                          !std::holds_alternative<value::NotApplicable>(cells_[column]);
  if (!names_unit || !schema.needed) return;
  cells_[column] = value::Text{context_.pool.intern(context_.names.resolve(cell.text))};
}

void RowReader::make_keys(const CsvRow& row) {
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const auto& columns = context_.table.keys[i];
    keys_[i].clear();
    const bool sound = std::none_of(columns.begin(), columns.end(), [&](std::uint32_t column) {
      return is_bad(cells_[column]) || header_->cell_of_column[column] == kNoColumn;
    });
    if (!sound) continue;
    for (const std::uint32_t column : columns) {
      if (!keys_[i].empty()) keys_[i].push_back(kKeySeparator);
      keys_[i] += key_part(row, column);
    }
  }
}

// Equal values give equal parts, however they were written.
std::string RowReader::key_part(const CsvRow& row, std::uint32_t column) const {
  const auto& v = cells_[column];
  const std::string_view text = row.cells[header_->cell_of_column[column]].text;
  if (const auto* number = std::get_if<value::Rational>(&v)) return number->to_string();
  if (const auto* date = std::get_if<value::Date>(&v)) return to_string(*date);
  if (const auto* month = std::get_if<value::Month>(&v)) return to_string(*month);
  if (context_.table.columns[column].type == table::ColumnType::Unit) {
    return column == context_.table.unit_column ? unit_ : context_.names.resolve(text);
  }
  return normalize(text);
}

DataProblem& RowReader::add_problem(ProblemKind kind, std::uint64_t line, std::size_t cell) {
  DataProblem problem;
  problem.kind = kind;
  problem.file = file_;
  problem.line = line;
  problem.cell = static_cast<std::uint32_t>(cell);
  problem.table = context_.table_number;
  return problems_.emplace_back(std::move(problem));
}

DataProblem& RowReader::add_cell_problem(ProblemKind kind, const CsvCell& cell, std::size_t index) {
  auto& problem = add_problem(kind, cell.line, index + 1);
  problem.text = shorten(trim(cell.text));
  if (index < header_names_.size()) problem.column_name = header_names_[index];
  if (index < header_->column_of_cell.size()) {
    problem.column = header_->column_of_cell[index];
  }
  // Flaws of a cell that nobody reads do not spoil a score.
  if (problem.column == kNoColumn) problem.severity = Severity::Warning;
  return problem;
}

void RowReader::log_problems() {
  for (auto& problem : problems_) {
    problem.unit = unit_;
    context_.problems.add(std::move(problem));
  }
  problems_.clear();
}

}  // namespace xize::io
