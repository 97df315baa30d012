#include "tests/differential/random_files.h"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "tests/differential/same_outcome.h"

namespace xize::differential {
namespace {

using ProblemKey = std::tuple<int, int, std::uint64_t, std::uint32_t, std::uint32_t, std::string,
                              std::string, std::string, std::string, std::uint64_t, std::uint64_t>;
ProblemKey key_of(const io::DataProblem& p) {
  return {static_cast<int>(p.kind), static_cast<int>(p.severity), p.line, p.cell, p.column,
          p.column_name, p.unit, p.text, p.nearest, p.other, p.offset};
}

}  // namespace

FileStyle random_style(Random& random) {
  static constexpr std::array<std::size_t, 4> kQuotes = {0, 0, 40, 3000};
  const std::size_t odd_once_in = random.once_in(3) ? 8 : 300;
  const std::size_t quote_once_in = random.pick(kQuotes);
  return {odd_once_in, quote_once_in, random.once_in(3)};
}

std::string odd_cell(Random& random) {
  static constexpr std::array<const char*, 39> kOdd = {
      "", " ", "不涉及", "N/A", "无", "-1", "-0", "007", "1,234", "１２", "3.", ".5", "+4", "85%",
      "1.23E+11", "#REF!", "abc", "2023-02-30", "2023-12-32", "2023-13-01",
      "2024-00-31", "2023/11/3", "20231130", "  12  ", "0.0000000001",
      "99999999999999999999", "9223372036854775807", "12345678901234567.89", "U9", "Ｕ1", "true",
      "优 ", "9999", "100000", "1.5", "\xEF\xBF\xBD", "-12", "100000.0", "1.50"};
  return random.pick(kOdd);
}

std::string written(Random& random, const FileStyle& style, const std::string& cell) {
  const bool quoted = (style.quote_once_in > 0 && random.once_in(style.quote_once_in)) ||
                      cell.find_first_of(",\"\n") != std::string::npos;
  return quoted ? '"' + cell + (random.once_in(9) ? "\n\"\"" : "") + '"' : cell;
}

ReadRow read_row(const table::RowView& view, const base::StringPool& pool) {
  ReadRow row{view.line, view.unit, view.period, {}};
  for (const value::Value& v : view.cells) {
    const auto* text = std::get_if<value::Text>(&v);
    row.cells.push_back(text == nullptr ? value_text(v) : std::string(pool.text(text->id)));
  }
  return row;
}

std::string rows_difference(const std::vector<ReadRow>& a, const std::vector<ReadRow>& b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (a[i] != b[i]) {
      return fmt::format("row {}: line {} [{}], not line {} [{}]", i, b[i].line,
                         fmt::join(b[i].cells, "|"), a[i].line, fmt::join(a[i].cells, "|"));
    }
  }
  return a.size() == b.size() ? "" : fmt::format("{} rows, not {}", b.size(), a.size());
}

std::string problems_difference(const io::ProblemLog& a, const io::ProblemLog& b) {
  if (a.total() != b.total()) return fmt::format("{} problems, not {}", b.total(), a.total());
  for (std::size_t i = 0; i < a.kept().size(); ++i) {
    if (key_of(a.kept()[i]) == key_of(b.kept()[i])) continue;
    return fmt::format("problem {} is {} in line {}, not {} in line {}", i,
                       io::kind_name(b.kept()[i].kind), b.kept()[i].line,
                       io::kind_name(a.kept()[i].kind), a.kept()[i].line);
  }
  return "";
}

}  // namespace xize::differential
