// One reading: random CSV files, read row by row and in blocks on all cores; rows, problems, faulty
// units and reports must be the same, and so must what is found in a text with vectors and without.
//   xize_blocks FILES [FIRST_SEED]
// A failure prints its seed and what differs, leaves the file in the current folder, and ends the
// run.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "runtime/columns/block.h"
#include "runtime/io/data_set.h"
#include "runtime/io/text_marks.h"
#include "tests/differential/random_files.h"
#include "tests/differential/unit_tables.h"
#include "tests/support/text.h"

namespace xize::differential {
namespace {

using table::ColumnType;
using value::Rational;
using value::Value;

class Rows final : public table::RowSink {
 public:
  explicit Rows(const base::StringPool& pool) : pool_(pool) {}
  void add(const table::RowView& row) override { rows.push_back(read_row(row, pool_)); }
  std::vector<ReadRow> rows;

 private:
  const base::StringPool& pool_;
};

// Keeps the rows of blocks, and leaves some of them.
class BlockRows final : public columns::BlockSink {
 public:
  explicit BlockRows(std::size_t columns) : wanted_(columns, true) {}
  [[nodiscard]] const std::vector<bool>& wanted() const override { return wanted_; }
  void take(const columns::Block& block, std::vector<std::uint32_t>& left) override {
    const std::lock_guard lock(mutex_);
    for (std::uint32_t r = 0; r < block.size; ++r) {
      if (block.lines[r] % 7 == 0) {
        left.push_back(r);
        continue;
      }
      std::vector<Value> cells;
      const table::RowView view = block.row_view(r, cells);
      kept.push_back({view.unit, view.period, view.line, cells});
      ++in_blocks;
    }
  }
  void take_row(const table::RowView& row) override {
    const std::lock_guard lock(mutex_);
    kept.push_back({row.unit, row.period, row.line, {row.cells.begin(), row.cells.end()}});
  }

  // Once the pool is at rest.
  [[nodiscard]] std::vector<ReadRow> rows(const base::StringPool& pool) const {
    std::vector<ReadRow> out;
    for (const Kept& k : kept) out.push_back(read_row({k.unit, k.period, k.line, k.cells}, pool));
    std::sort(out.begin(), out.end());
    return out;
  }

  struct Kept {
    std::uint32_t unit;
    std::uint32_t period;
    std::uint64_t line;
    std::vector<Value> cells;
  };
  std::vector<Kept> kept;
  std::uint64_t in_blocks = 0;

 private:
  std::vector<bool> wanted_;
  std::mutex mutex_;
};

table::DataSchema make_schema(Random& random) {
  table::DataSchema schema;
  const bool monthly = random.once_in(2);
  schema.units.name = "部门";
  schema.units.is_unit_table = true;
  schema.units.columns = {table::unit_column("名称")};
  schema.units.unit_column = 0;
  if (monthly) {
    schema.units.columns.push_back(table::typed_column("月份", ColumnType::Month));
    schema.units.period_column = 1;
  }
  table::TableSchema t;
  t.name = "办件";
  t.columns = {table::unit_column("部门"),
               table::typed_column("流水号", ColumnType::Text),
               table::count_column("件数"),
               table::number_column("评分", table::NumberKind::Plain),
               table::number_column("占比", table::NumberKind::Ratio),
               table::typed_column("超期", ColumnType::Bool),
               table::choice_column("等级", {"优", "良", "差"}),
               table::typed_column("办结", ColumnType::Date),
               table::typed_column("备注", ColumnType::Text)};
  t.unit_column = 0;
  t.columns[2].range.high = table::Bound{Rational(100'000), random.once_in(2)};
  t.columns[3].optional = true;
  t.columns[3].not_applicable = {random.once_in(2) ? "无" : "-1"};
  t.columns[3].range.low = table::Bound{Rational(-10), false};
  t.columns[4].range.high = table::Bound{Rational(3, 2), true};
  t.columns[7].range.low = table::Bound{value::Date{19'600}, true};
  t.columns[8].needed = random.once_in(2);
  t.columns[8].optional = true;
  if (random.once_in(2)) t.keys = {{1}};
  if (random.once_in(4)) t.keys.push_back({0, 7, 3});
  if (monthly && random.once_in(2)) t.period_column = 7;
  t.cutoff_column = 7;
  if (random.once_in(2)) t.cutoff = value::Date{19'700};
  schema.records = {t};
  return schema;
}

std::string date_text(Random& random) {
  return to_string(value::Date{19'595 + static_cast<std::int32_t>(random.below(125))});
}

std::string plain_cell(Random& random, std::size_t column, std::uint64_t row) {
  static constexpr std::array<const char*, 4> kBools = {"是", "否", "1", "0"};
  static constexpr std::array<const char*, 3> kGrades = {"优", "良", "差"};
  switch (column) {
    case 0: return "U" + std::to_string(random.below(5));
    case 1: return fmt::format("SL{:09}", row);
    case 2: return std::to_string(random.below(5000));
    case 3: return fmt::format("{}.{}", random.below(100), random.below(1000));
    case 4: return fmt::format("{}.{}%", random.below(100), random.below(10));
    case 5: return random.pick(kBools);
    case 6: return random.pick(kGrades);
    case 7: return date_text(random);
    default: return random.once_in(2) ? "" : "说明文字";
  }
}

std::string file_text(Random& random, const FileStyle& style, std::size_t rows) {
  std::string out = "部门,流水号,件数,评分,占比,超期,等级,办结,备注,多余\n";
  const std::string line_end = style.crlf ? "\r\n" : "\n";
  for (std::size_t r = 0; r < rows; ++r) {
    const std::uint64_t number = random.once_in(300) ? 1 : r;  // a doubled key
    for (std::size_t column = 0; column < 9; ++column) {
      const std::string cell = random.once_in(style.odd_once_in)
                                   ? odd_cell(random)
                                   : plain_cell(random, column, number);
      out += written(random, style, cell) + ',';
    }
    out += random.once_in(5) ? "x" : "";
    if (random.once_in(style.odd_once_in * 4)) out += ",,extra";
    if (random.once_in(style.odd_once_in * 9)) out += '\r';
    out += line_end;
    if (random.once_in(500)) out += line_end;
  }
  if (random.once_in(3)) out += "U1,SL1,3";
  if (style.quote_once_in > 0 && random.once_in(12)) out += "\nU1,\"never closed\n";
  return out;
}

std::string data_difference(const io::DataSet& a, const io::DataSet& b) {
  for (std::uint32_t u = 0; u < a.units.unit_count(); ++u) {
    for (std::uint32_t p = 0; p < a.units.period_count(); ++p) {
      if (a.units.is_faulty(u, p) != b.units.is_faulty(u, p)) {
        return fmt::format("unit {} period {}: faulty differs", u, p);
      }
    }
  }
  const io::FileReport& x = a.reports.back();
  const io::FileReport& y = b.reports.back();
  if (x.rows != y.rows || x.late_rows != y.late_rows || x.complete != y.complete) {
    return fmt::format("{} rows, {} late, complete {}; not {}, {}, {}", y.rows, y.late_rows,
                       y.complete, x.rows, x.late_rows, x.complete);
  }
  return problems_difference(a.problems, b.problems);
}

std::string marks_difference(std::string_view text) {
  const io::TextSurvey fast = io::survey(text);
  const io::TextSurvey slow = io::survey(text, io::Vectors::None);
  if (fast.bytes != slow.bytes || fast.line_ends != slow.line_ends) return "surveys differ";
  io::TextMarks a;
  io::TextMarks b;
  io::find_marks(text, ',', a);
  io::find_marks(text, ',', b, io::Vectors::None);
  const auto same = [](const auto& x, const auto& y, std::size_t last) {
    return std::equal(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(last) + 1, y.begin());
  };
  const bool are_same = a.cell_count == b.cell_count && a.row_count == b.row_count &&
                        same(a.ends, b.ends, a.cell_count) &&
                        same(a.last_cells, b.last_cells, a.row_count);
  return are_same ? "" : "marks differ";
}

struct Counts {
  std::uint64_t files = 0;
  std::uint64_t rows = 0;
  std::uint64_t in_blocks = 0;
  std::uint64_t units = 0;
};

std::string run_case(std::uint64_t seed, Counts& counts) {
  Random random(seed);
  const table::DataSchema schema = make_schema(random);
  const FileStyle style = random_style(random);
  const std::size_t rows = random.once_in(10) ? 60'000 : random.below(1500);
  const std::string text = file_text(random, style, rows);
  if (auto said = marks_difference(text); !said.empty()) return said;

  const support::TemporaryFolder folder;
  std::string units = schema.units.period_column == table::kNoColumn ? "名称\n" : "名称,月份\n";
  for (int u = 0; u < 5; ++u) {
    if (schema.units.period_column == table::kNoColumn) {
      units += fmt::format("U{}\n", u);
      continue;
    }
    for (int month = 8; month <= 11; ++month) {
      if (u + month != 12) units += fmt::format("U{},2023-{:02}\n", u, month);
    }
  }
  std::ofstream(folder.path() / "部门.csv", std::ios::binary) << units;
  std::ofstream(folder.path() / "办件.csv", std::ios::binary) << text;

  // Now and then a second file, which says of its rows what the first leaves open.
  const auto more = folder.path() / ".更多.csv";
  const bool has_more = random.once_in(3);
  std::ofstream(more, std::ios::binary) << file_text(random, style, random.below(300));
  const auto open = [&](base::StringPool& pool) {
    auto data = io::open_data_set({{folder.path().string()}, {}}, schema, pool);
    if (has_more) data.files.records[0].push_back({more.string(), data.units.period_count() - 1});
    return data;
  };

  base::StringPool pool;
  io::DataSet expected = open(pool);
  Rows expected_rows(pool);
  io::read_records(expected, 0, &expected_rows);
  base::StringPool other_pool;
  io::DataSet found = open(other_pool);
  BlockRows found_rows(schema.records[0].columns.size());
  io::read_record_blocks(found, 0, found_rows);
  ++counts.files;
  counts.rows += expected_rows.rows.size();
  counts.in_blocks += found_rows.in_blocks;
  std::sort(expected_rows.rows.begin(), expected_rows.rows.end());
  auto said = rows_difference(expected_rows.rows, found_rows.rows(other_pool));
  if (said.empty()) said = data_difference(expected, found);
  if (!said.empty()) std::ofstream("办件.csv", std::ios::binary) << text;
  return said;
}

int run(std::uint64_t cases, std::uint64_t first_seed) {
  Counts counts;
  for (std::uint64_t seed = first_seed; seed < first_seed + cases; ++seed) {
    std::string said = run_case(seed, counts);
    if (said.empty()) said = unit_tables_difference(seed, counts.units);
    if (said.empty()) continue;
    fmt::print("seed {}: {}\n", seed, said);
    return EXIT_FAILURE;
  }
  fmt::print("readings agree: {} files, {} rows, {} of them in blocks; {} units\n", counts.files,
             counts.rows, counts.in_blocks, counts.units);
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace xize::differential

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: xize_blocks FILES [FIRST_SEED]\n", stderr);
    return 2;
  }
  const std::uint64_t first = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  return xize::differential::run(std::strtoull(argv[1], nullptr, 10), first);
}
