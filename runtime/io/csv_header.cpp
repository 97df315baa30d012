#include "runtime/io/csv_header.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "runtime/io/csv_scanner.h"
#include "runtime/io/name_match.h"

namespace xize::io {
namespace {

using table::kNoColumn;

constexpr std::uint32_t kAmbiguous = kNoColumn - 1;

std::vector<std::string_view> parts_of(std::string_view name) {
  std::vector<std::string_view> parts;
  for (std::size_t from = 0; from <= name.size();) {
    const auto to = std::min(name.find('.', from), name.size());
    parts.push_back(name.substr(from, to - from));
    from = to + 1;
  }
  return parts;
}

std::string_view last_part(std::string_view name) { return parts_of(name).back(); }

// True if `header` ends like the dotted name `whole` and leaves only steps before that out:
// `附件1.组织协调` and `组织协调` for `附件1.政务服务.组织协调`.
bool is_short_form(std::string_view header, std::string_view whole) {
  const auto given = parts_of(header);
  const auto all = parts_of(whole);
  if (given.size() > all.size() || given.back() != all.back()) return false;
  std::size_t next = 0;
  for (const auto part : all) {
    if (next < given.size() && part == given[next]) ++next;
  }
  return next == given.size();
}

// The columns of a table by the fold of their names, or by a short form that only one of them has.
class ColumnNames {
 public:
  explicit ColumnNames(const table::TableSchema& table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      folds_.push_back(fold_name(table.columns[i].name));
      by_fold_[folds_.back()] = static_cast<std::uint32_t>(i);
    }
  }

  [[nodiscard]] std::uint32_t find(std::string_view header) const {
    const std::string fold = fold_name(header);
    const auto it = by_fold_.find(fold);
    return it == by_fold_.end() ? find_short(fold) : it->second;
  }
  // The columns that a header may mean.
  [[nodiscard]] std::vector<std::uint32_t> meant_by(std::string_view header) const {
    const std::string fold = fold_name(header);
    std::vector<std::uint32_t> found;
    for (std::size_t i = 0; i < folds_.size(); ++i) {
      if (is_short_form(fold, folds_[i])) found.push_back(static_cast<std::uint32_t>(i));
    }
    return found;
  }

 private:
  [[nodiscard]] std::uint32_t find_short(const std::string& fold) const {
    if (fold.empty()) return kNoColumn;
    const auto found = meant_by(fold);
    if (found.empty()) return kNoColumn;
    return found.size() == 1 ? found.front() : kAmbiguous;
  }

  std::vector<std::string> folds_;  // by column
  std::unordered_map<std::string, std::uint32_t> by_fold_;
};

bool may_be_absent(const table::ColumnSchema& column) {
  return column.optional || column.judged || column.default_value.has_value();
}

DataProblem header_problem(ProblemKind kind, std::size_t cell, std::string_view text) {
  DataProblem problem;
  problem.kind = kind;
  problem.cell = static_cast<std::uint32_t>(cell + 1);
  problem.text = shorten(text);
  problem.column_name = problem.text;
  return problem;
}

// Builds one HeaderResult.
class HeaderMatcher {
 public:
  HeaderMatcher(std::span<const std::string_view> cells, const table::TableSchema& table)
      : cells_(cells), table_(table) {
    result_.header.column_of_cell.assign(cells.size(), kNoColumn);
    result_.header.cell_of_column.assign(table.columns.size(), kNoColumn);
    result_.header.in_error.assign(table.columns.size(), false);
    settled_.assign(table.columns.size(), false);
  }

  HeaderResult run() {
    const ColumnNames names(table_);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const std::uint32_t column = names.find(cells_[i]);
      if (column == kAmbiguous) {
        take_ambiguous(i, names);
      } else if (column != kNoColumn) {
        take_column(i, column);
      } else if (!trim(cells_[i]).empty()) {
        unknown_.push_back(i);
      }
    }
    report_missing();
    report_unknown();
    drop_doubled();
    return std::move(result_);
  }

 private:
  void take_column(std::size_t cell, std::uint32_t column) {
    auto& place = result_.header.cell_of_column[column];
    settled_[column] = true;
    if (place == kNoColumn) {
      place = static_cast<std::uint32_t>(cell);
      result_.header.column_of_cell[cell] = column;
      return;
    }
    auto problem = header_problem(ProblemKind::DoubledColumn, cell, cells_[cell]);
    problem.column = column;
    problem.other = place + 1;
    result_.problems.push_back(std::move(problem));
    doubled_.push_back(column);
  }

  void take_ambiguous(std::size_t cell, const ColumnNames& names) {
    auto problem = header_problem(ProblemKind::AmbiguousColumn, cell, cells_[cell]);
    for (const std::uint32_t column : names.meant_by(cells_[cell])) {
      if (problem.nearest.empty()) problem.nearest = table_.columns[column].name;
      if (!settled_[column]) result_.header.in_error[column] = true;
      settled_[column] = true;
    }
    result_.problems.push_back(std::move(problem));
  }

  void report_missing() {
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      if (settled_[i]) continue;
      const auto& column = table_.columns[i];
      DataProblem problem;
      problem.kind = ProblemKind::MissingColumn;
      problem.column = static_cast<std::uint32_t>(i);
      problem.column_name = column.name;
      if (const auto misspelt = take_nearest_unknown(column)) {
        problem.cell = static_cast<std::uint32_t>(*misspelt + 1);
        problem.nearest = shorten(cells_[*misspelt]);
        // Half of a two-character name may differ by chance (备案, 备注).
        const bool sure = code_point_count(column.name) > 2;
        if (may_be_absent(column) && !sure) problem.severity = Severity::Warning;
      } else if (may_be_absent(column)) {
        problem.severity = Severity::Warning;
      }
      result_.header.in_error[i] = problem.severity == Severity::Error;
      result_.problems.push_back(std::move(problem));
    }
  }

  // The unknown header nearest to one of the column's names, which is then spoken for.
  std::optional<std::size_t> take_nearest_unknown(const table::ColumnSchema& column) {
    std::vector<std::string> headers;
    for (const std::size_t cell : unknown_) headers.push_back(fold_name(cells_[cell]));
    std::string_view nearest = nearest_name(fold_name(column.name), headers);
    if (nearest.empty()) nearest = nearest_name(fold_name(last_part(column.name)), headers);
    if (nearest.empty()) return std::nullopt;
    const auto at = std::find(headers.begin(), headers.end(), nearest) - headers.begin();
    const std::size_t cell = unknown_[static_cast<std::size_t>(at)];
    unknown_.erase(unknown_.begin() + at);
    return cell;
  }

  void report_unknown() {
    std::vector<std::string> names;
    for (const auto& column : table_.columns) names.push_back(column.name);
    for (const std::size_t cell : unknown_) {
      auto problem = header_problem(ProblemKind::UnknownColumn, cell, cells_[cell]);
      problem.severity = Severity::Warning;
      problem.nearest = nearest_name(fold_name(cells_[cell]), names);
      result_.problems.push_back(std::move(problem));
    }
  }

  // Which of the two would be meant cannot be known, so neither is read.
  void drop_doubled() {
    for (const std::uint32_t column : doubled_) {
      auto& place = result_.header.cell_of_column[column];
      if (place != kNoColumn) result_.header.column_of_cell[place] = kNoColumn;
      place = kNoColumn;
      result_.header.in_error[column] = true;
    }
  }

  std::span<const std::string_view> cells_;
  const table::TableSchema& table_;
  HeaderResult result_;
  std::vector<bool> settled_;  // found, or spoken of already
  std::vector<std::size_t> unknown_;
  std::vector<std::uint32_t> doubled_;
};

}  // namespace

HeaderResult match_header(std::span<const std::string_view> cells,
                          const table::TableSchema& table) {
  return HeaderMatcher(cells, table).run();
}

std::size_t count_known(std::span<const std::string_view> cells, const table::TableSchema& table) {
  const ColumnNames names(table);
  return static_cast<std::size_t>(
      std::count_if(cells.begin(), cells.end(),
                    [&](std::string_view cell) { return names.find(cell) != kNoColumn; }));
}

char find_delimiter(std::string_view header_row, const table::TableSchema& table) {
  char best = ',';
  std::pair<std::size_t, std::size_t> best_score{0, 1};  // one cell of no column says nothing
  for (const char delimiter : {',', ';', '\t'}) {
    std::pair<std::size_t, std::size_t> score{0, 0};
    CsvScanner scanner(delimiter, 1, [&](const CsvRow& row) {
      std::vector<std::string_view> cells;
      for (const auto& cell : row.cells) cells.push_back(cell.text);
      score = std::max(score, std::pair{count_known(cells, table), cells.size()});
    });
    if (!scanner.feed(header_row)) scanner.finish();
    if (score > best_score) {
      best = delimiter;
      best_score = score;
    }
  }
  return best;
}

}  // namespace xize::io
