#include "tests/differential/unit_tables.h"

#include <fstream>
#include <memory>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "runtime/io/byte_source.h"
#include "runtime/io/csv_reader.h"
#include "runtime/io/unit_rows.h"
#include "tests/differential/random_files.h"
#include "tests/support/text.h"

namespace xize::differential {
namespace {

using table::ColumnType;

enum class Period : std::uint8_t { None, Month, Quarter };

table::TableSchema make_schema(Random& random, Period period) {
  table::TableSchema t;
  t.name = "单位表";
  t.is_unit_table = true;
  t.columns = {table::unit_column("名称"),
               table::count_column("件数"),
               table::number_column("评分", table::NumberKind::Plain),
               table::typed_column("达标", ColumnType::Bool),
               table::choice_column("等级", {"优", "良", "差"}),
               table::typed_column("成立", ColumnType::Date),
               table::typed_column("备注", ColumnType::Text)};
  t.unit_column = 0;
  t.columns[0].needed = random.once_in(3);
  t.columns[2].optional = true;
  t.columns[2].not_applicable = {"无"};
  t.columns[6].needed = random.once_in(2);
  t.columns[6].optional = true;
  if (period != Period::None) {
    t.period_column = static_cast<std::uint32_t>(t.columns.size());
    const bool by_month = period == Period::Month;
    t.columns.push_back(by_month ? table::typed_column("月份", ColumnType::Month)
                                 : table::choice_column("季度", {"一", "二", "三"}));
  }
  if (random.once_in(6)) t.keys = {{1, 2}};
  return t;
}

// Two spellings of each third unit are the same unit; some have a blank in them, some an alias.
std::string unit_name(Random& random, std::size_t row) {
  const bool wide = random.once_in(2);
  switch (row % 5) {
    case 0: return fmt::format("单位{}{}{}", wide ? "（" : "(", row, wide ? "）" : ")");
    case 1: return fmt::format("Unit {}", row);
    case 2: return fmt::format("局{}", row % 1000);
    default: return fmt::format("某某单位{:06}", row);
  }
}

std::string plain_unit_cell(Random& random, std::size_t column, std::size_t row) {
  static constexpr std::array<const char*, 4> kBools = {"是", "否", "1", "0"};
  static constexpr std::array<const char*, 3> kGrades = {"优", "良", "差"};
  switch (column) {
    case 0: return unit_name(random, random.once_in(100) ? random.below(row + 1) : row);
    case 1: return std::to_string(random.below(5000));
    case 2: return fmt::format("{}.{}", random.below(100), random.below(row < 900 ? 10 : 1000));
    case 3: return random.pick(kBools);
    case 4: return random.pick(kGrades);
    case 5: return to_string(value::Date{19'595 + static_cast<std::int32_t>(random.below(125))});
    default: return random.once_in(2) ? "" : "说明文字";
  }
}

std::string period_cell(Random& random, Period period) {
  static constexpr std::array<const char*, 3> kQuarters = {"二", "一", "三"};
  return period == Period::Month ? fmt::format("2023-{:02}", 3 + random.below(3))
                                 : random.pick(kQuarters);
}

std::string file_text(Random& random, Period period) {
  const FileStyle style = random_style(random);
  const std::size_t rows = random.once_in(10) ? 15'000 : random.below(3000);
  std::string out = "名称,件数,评分,达标,等级,成立,备注";
  if (period != Period::None) out += period == Period::Month ? ",月份" : ",季度";
  out += '\n';
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t column = 0; column < 7; ++column) {
      const std::string cell =
          random.once_in(style.odd_once_in) ? odd_cell(random) : plain_unit_cell(random, column, r);
      out += (column == 0 ? "" : ",") + written(random, style, cell);
    }
    if (period != Period::None) {
      const bool odd = random.once_in(style.odd_once_in * 4);
      out += ',' + (odd ? odd_cell(random) : period_cell(random, period));
    }
    if (random.once_in(style.odd_once_in * 4)) out += ",extra";
    out += style.crlf ? "\r\n" : "\n";
    if (random.once_in(500)) out += '\n';
  }
  if (random.once_in(3)) out += "最后,3";
  return out;
}

// Hides that units can be read in pieces.
class OneByOne final : public io::TypedRowHandler {
 public:
  explicit OneByOne(io::UnitRows& rows) : rows_(rows) {}
  void take(const io::TypedRow& row) override { rows_.take(row); }

 private:
  io::UnitRows& rows_;
};

// A reading.
struct Reading {
  base::StringPool pool;
  io::UnitNames names{std::vector<std::pair<std::string, std::string>>{
      {"局7", "某某单位000003"}, {"单位(10)", "第十"}, {"某某单位000009", "局12"}}};
  io::ProblemLog problems;
  io::FileReport report;
  table::UnitTable units;

  void read(const std::string& file, const table::TableSchema& schema, bool one_by_one) {
    auto opened = io::open_file(file);
    const io::CsvContext context{schema, io::kUnitTable, pool, names, problems};
    io::UnitRows rows(file, context, names);
    OneByOne slow(rows);
    io::TypedRowHandler& handler = one_by_one ? static_cast<io::TypedRowHandler&>(slow) : rows;
    report = io::read_csv(*std::get<std::unique_ptr<io::ByteSource>>(opened), file, context,
                          handler);
    units = rows.finish();
  }

  [[nodiscard]] std::vector<ReadRow> rows() const {
    std::vector<ReadRow> out;
    std::vector<value::Value> cells(units.rows().column_count());
    for (std::size_t r = 0; r < units.rows().row_count(); ++r) {
      const table::Table& table = units.rows();
      for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = table.at(r, i);
      out.push_back(read_row({table.unit(r), table.period(r), table.line(r), cells}, pool));
    }
    return out;
  }
};

std::string units_difference(const table::UnitTable& a, const table::UnitTable& b) {
  if (a.unit_count() != b.unit_count() || a.period_count() != b.period_count()) {
    return fmt::format("{} units in {} periods, not {} in {}", b.unit_count(), b.period_count(),
                       a.unit_count(), a.period_count());
  }
  for (std::uint32_t u = 0; u < a.unit_count(); ++u) {
    if (a.unit_name(u) != b.unit_name(u)) {
      return fmt::format("unit {} is {}, not {}", u, b.unit_name(u), a.unit_name(u));
    }
    for (std::uint32_t p = 0; p < a.period_count(); ++p) {
      if (a.is_faulty(u, p) != b.is_faulty(u, p) || a.find_row(u, p) != b.find_row(u, p)) {
        return fmt::format("unit {} period {} differs", a.unit_name(u), p);
      }
    }
  }
  return "";
}

}  // namespace

std::string unit_tables_difference(std::uint64_t seed, std::uint64_t& units) {
  Random random(seed);
  const auto period = static_cast<Period>(random.below(3));
  const table::TableSchema schema = make_schema(random, period);
  const std::string text = file_text(random, period);
  const support::TemporaryFolder folder;
  const std::string file = (folder.path() / "单位表.csv").string();
  std::ofstream(file, std::ios::binary) << text;
  Reading expected;
  expected.read(file, schema, true);
  Reading found;
  found.read(file, schema, false);
  units += expected.units.unit_count();
  auto said = units_difference(expected.units, found.units);
  if (said.empty()) said = rows_difference(expected.rows(), found.rows());
  if (said.empty()) said = problems_difference(expected.problems, found.problems);
  if (said.empty() && expected.report.rows != found.report.rows) said = "rows differ";
  if (!said.empty()) std::ofstream("单位表.csv", std::ios::binary) << text;
  return said;
}

}  // namespace xize::differential
