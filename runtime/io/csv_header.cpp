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

// The columns of a table by the fold of their names and aliases.
class ColumnNames {
 public:
  explicit ColumnNames(const table::TableSchema& table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      by_fold_[fold_name(table.columns[i].name)] = static_cast<std::uint32_t>(i);
    }
    std::unordered_map<std::string, std::uint32_t> aliases;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      for (const auto& alias : table.columns[i].aliases) {
        const auto [it, is_new] = aliases.emplace(fold_name(alias), static_cast<std::uint32_t>(i));
        if (!is_new && it->second != i) it->second = kAmbiguous;
      }
    }
    by_fold_.insert(aliases.begin(), aliases.end());
  }

  [[nodiscard]] std::uint32_t find(std::string_view header) const {
    const auto it = by_fold_.find(fold_name(header));
    return it == by_fold_.end() ? kNoColumn : it->second;
  }

 private:
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
        take_ambiguous(i);
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

  void take_ambiguous(std::size_t cell) {
    const std::string fold = fold_name(cells_[cell]);
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const auto& aliases = table_.columns[i].aliases;
      const bool meant = std::any_of(aliases.begin(), aliases.end(),
                                     [&](const auto& alias) { return fold_name(alias) == fold; });
      if (meant && !settled_[i]) result_.header.in_error[i] = true;
      settled_[i] = settled_[i] || meant;
    }
    result_.problems.push_back(header_problem(ProblemKind::AmbiguousColumn, cell, cells_[cell]));
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
    for (const auto& alias : column.aliases) {
      if (nearest.empty()) nearest = nearest_name(fold_name(alias), headers);
    }
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
