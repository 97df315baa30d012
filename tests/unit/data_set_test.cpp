#include "runtime/io/data_set.h"

#include <unistd.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "runtime/io/cell_text.h"
#include "tests/support/text.h"

namespace xize::io {
namespace {

namespace fs = std::filesystem;
using table::ColumnType;
using value::Rational;
using value::Value;

// Units with a month each, if `monthly`; one records table 办件 keyed by 流水号.
table::DataSchema make_schema(bool monthly = false) {
  table::DataSchema schema;
  schema.units.name = "部门";
  schema.units.is_unit_table = true;
  schema.units.columns = {table::unit_column("名称"), table::count_column("事项总数")};
  schema.units.unit_column = 0;
  if (monthly) {
    schema.units.columns.push_back(table::typed_column("月份", ColumnType::Month));
    schema.units.period_column = 2;
  }
  table::TableSchema cases;
  cases.name = "办件";
  cases.columns = {table::unit_column("部门"), table::typed_column("流水号", ColumnType::Text),
                   table::typed_column("超期", ColumnType::Bool)};
  cases.unit_column = 0;
  cases.keys = {{1}};
  if (monthly) {
    cases.columns.push_back(table::typed_column("办结", ColumnType::Date));
    cases.period_column = 3;
  }
  schema.records = {cases};
  return schema;
}

// A folder with data files, and one reading of it.
struct Fixture {
  support::TemporaryFolder folder;
  base::StringPool pool;
  table::DataSchema schema = make_schema();
  std::vector<std::pair<std::string, std::string>> aliases;
  DataSet data;

  void put(const std::string& name, const std::string& text) const {
    std::ofstream(folder.path() / name, std::ios::binary) << text;
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder.path() / name).string();
  }
  void open(std::vector<std::string> paths = {}) {
    if (paths.empty()) paths = {folder.path().string()};
    data = open_data_set({std::move(paths), aliases}, schema, pool);
  }
  table::Table collect() { return collect_records(data, 0); }
  [[nodiscard]] std::string kinds() const {
    std::string out;
    for (const auto& problem : data.problems.kept()) {
      if (!out.empty()) out += ' ';
      out += kind_name(problem.kind);
    }
    return out;
  }
  [[nodiscard]] const DataProblem& only() const {
    INFO(kinds());
    REQUIRE(data.problems.kept().size() == 1);
    return data.problems.kept().front();
  }
  [[nodiscard]] std::string text(const Value& v) const { return cell_text(v, pool); }
};

const std::string kUnits = "名称,事项总数\n甲局,10\n乙局,20\n";
const std::string kCases = "流水号,部门,超期\nA1,乙局,是\nA2,甲局,否\nA3,乙局,否\n";

TEST_CASE("data set: a folder with a file for each table") {
  Fixture f;
  f.put("部门.csv", kUnits);
  f.put("办件.csv", kCases);
  f.open();
  CHECK(f.kinds() == "");
  CHECK(f.data.units_complete);
  REQUIRE(f.data.units.unit_count() == 2);
  CHECK(f.data.units.period_count() == 1);
  CHECK(f.data.units.unit_name(1) == "乙局");
  CHECK(f.data.units.at(1, 0, 1) == Value(Rational(20)));
  const auto cases = f.collect();
  REQUIRE(cases.row_count() == 3);
  CHECK(cases.unit(0) == 1);
  CHECK(cases.unit(1) == 0);
  CHECK(cases.period(0) == 0);
  CHECK(cases.line(2) == 4);
  CHECK(f.text(cases.at(0, 1)) == "A1");
  CHECK(cases.at(0, 2) == Value(true));
  CHECK(f.data.reports.size() == 2);
  CHECK_FALSE(f.data.problems.has_errors());
}

// Counts overdue cases, as an engine folds records without keeping them.
class OverdueCounter final : public table::RowSink {
 public:
  void add(const table::RowView& row) override {
    if (row.cells[2] == Value(true)) ++counts[row.unit];
  }
  std::map<std::uint32_t, int> counts;
};

TEST_CASE("data set: records are folded as they are read") {
  Fixture f;
  f.put("部门.csv", kUnits);
  std::string cases = "流水号,部门,超期\n";
  for (int i = 0; i < 30'000; ++i) {
    cases +=
        "S" + std::to_string(i) + (i % 3 == 0 ? ",甲局," : ",乙局,") + (i % 2 ? "是\n" : "否\n");
  }
  f.put("办件.csv", cases);
  f.schema.records[0].columns[1].needed = false;
  f.open();
  const auto texts_before = f.pool.size();
  OverdueCounter counter;
  read_records(f.data, 0, &counter);
  CHECK(f.kinds() == "");
  CHECK(counter.counts[0] == 5'000);
  CHECK(counter.counts[1] == 10'000);
  // Texts that nobody needs are not kept, though their keys are checked.
  CHECK(f.pool.size() == texts_before);
}

TEST_CASE("data set: files by name, and a single file for the units") {
  Fixture f;
  f.put("部门.CSV", kUnits);
  f.put("别名.csv", kUnits);
  f.put("办件.tsv", "流水号\t部门\t超期\nA1\t乙局\t是\n");
  f.open({f.path("部门.CSV"), f.path("办件.tsv")});
  CHECK(f.kinds() == "");
  CHECK(f.collect().row_count() == 1);
  f.open({f.path("别名.csv"), f.path("办件.tsv")});
  CHECK(f.kinds() == "");
  CHECK(f.data.units.unit_count() == 2);
  f.schema.records[0].file_optional = true;
  f.open({f.path("别名.csv")});
  CHECK(f.kinds() == "");
  CHECK(f.collect().row_count() == 0);
}

TEST_CASE("data set: missing, unknown and doubled files") {
  Fixture f;
  f.put("部门.csv", kUnits);
  f.put("办件表.csv", kCases);
  f.put(".隐藏.csv", "x");
  f.put("~$部门.xlsx", "x");
  f.put("说明.md", "x");
  f.open();
  CHECK(f.kinds() == "UnknownFile MissingFile");
  CHECK(f.data.problems.kept()[0].severity == Severity::Note);
  CHECK(f.data.problems.kept()[0].nearest == "办件");
  CHECK(f.data.problems.kept()[1].severity == Severity::Error);
  CHECK(f.data.problems.kept()[1].table == 1);
  CHECK(f.data.problems.kept()[1].nearest == "办件表");
  f.put("办件.csv", kCases);
  fs::create_directory(f.path("另一处"));
  f.put("另一处/部门.csv", kUnits);
  f.open({f.folder.path().string(), f.path("另一处"), f.path("部门.csv")});
  CHECK(f.kinds() == "UnknownFile DoubledFile");
  CHECK(f.data.problems.kept()[1].text == f.path("部门.csv"));
  f.open({f.path("部门.csv"), f.path("办件.csv"), f.path("没有.csv")});
  CHECK(f.only().kind == ProblemKind::NotFound);
  CHECK(f.only().severity == Severity::Error);
  f.open({f.path("部门.csv"), f.path("办件.csv"), f.path("办件表.csv")});
  CHECK(f.only().kind == ProblemKind::UnknownFile);
  CHECK(f.only().severity == Severity::Error);
}

TEST_CASE("data set: a spreadsheet beside a table without a file") {
  Fixture f;
  f.put("部门.csv", kUnits);
  f.put("办件.xlsx", "PK\x03\x04");
  f.open();
  CHECK(f.kinds() == "IsSpreadsheet MissingFile");
  CHECK(f.data.problems.kept()[0].severity == Severity::Note);
  CHECK(f.data.problems.kept()[0].table == 1);
}

TEST_CASE("data set: paths that are no readable file") {
  Fixture f;
  f.put("办件.csv", kCases);
  f.open({f.path("没有"), f.path("办件.csv")});
  CHECK(f.only().kind == ProblemKind::NotFound);
  CHECK(f.data.units.unit_count() == 0);
  // Without units, records cannot be blamed for naming them.
  CHECK(f.collect().row_count() == 0);
  CHECK(f.only().kind == ProblemKind::NotFound);
  fs::create_directory(f.path("部门.csv"));
  f.open();
  CHECK(f.only().kind == ProblemKind::IsFolder);
  fs::remove(f.path("部门.csv"));
  REQUIRE(::mkfifo(f.path("部门.csv").c_str(), 0600) == 0);
  f.open();
  CHECK(f.only().kind == ProblemKind::NotRegularFile);
  f.open({"/dev/null", f.path("办件.csv")});
  CHECK(f.only().kind == ProblemKind::NotRegularFile);
  fs::remove(f.path("部门.csv"));
  fs::create_symlink("没有", f.path("部门.csv"));
  f.open();
  CHECK(f.only().kind == ProblemKind::NotFound);
}

// Acts as nobody, since root may read everything.
class AsNobody {
 public:
  AsNobody() : was_root_(::geteuid() == 0) {
    if (was_root_) active_ = ::seteuid(65534) == 0;
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  ~AsNobody() {
    if (active_) CHECK(::seteuid(0) == 0);
  }

 private:
  bool was_root_;
  bool active_ = false;
};

TEST_CASE("data set: files and folders without permission") {
  Fixture f;
  f.put("部门.csv", kUnits);
  f.put("办件.csv", kCases);
  REQUIRE(::chmod(f.folder.path().c_str(), 0755) == 0);
  REQUIRE(::chmod(f.path("部门.csv").c_str(), 0) == 0);
  {
    const AsNobody nobody;
    f.open();
  }
  CHECK(f.only().kind == ProblemKind::NoPermission);
  REQUIRE(::chmod(f.folder.path().c_str(), 0) == 0);
  {
    const AsNobody nobody;
    f.open();
  }
  REQUIRE(::chmod(f.folder.path().c_str(), 0755) == 0);
  CHECK(f.data.problems.count(ProblemKind::NoPermission) == 1);
}

TEST_CASE("data set: a file that shrinks, grows or is replaced while it is read") {
  Fixture f;
  std::vector<char> chunk(8);
  const auto read_after = [&](auto change) {
    f.put("部门.csv", kUnits);
    auto opened = open_file(f.path("部门.csv"));
    auto& source = *std::get<std::unique_ptr<ByteSource>>(opened);
    CHECK(std::holds_alternative<std::size_t>(source.read(chunk)));
    change();
    for (;;) {
      const auto got = source.read(chunk);
      if (const auto* fault = std::get_if<ReadFault>(&got)) return fault->kind;
      if (std::get<std::size_t>(got) == 0) return ProblemKind::EmptyFile;
    }
  };
  CHECK(read_after([] {}) == ProblemKind::EmptyFile);
  CHECK(read_after([&] { fs::resize_file(f.path("部门.csv"), 9); }) == ProblemKind::FileChanged);
  CHECK(read_after([&] { std::ofstream(f.path("部门.csv"), std::ios::app) << "丙局,3\n"; }) ==
        ProblemKind::FileChanged);
  // A file that is removed stays whole for who has it open.
  CHECK(read_after([&] { fs::remove(f.path("部门.csv")); }) == ProblemKind::EmptyFile);
}

TEST_CASE("data set: aliases and full-width spellings name the same unit") {
  Fixture f;
  f.aliases = {{"农委", "农业农村委"}, {"发改", "市发改委（物价局）"}};
  f.put("部门.csv", "名称,事项总数\n农业农村委,1\n市发改委（物价局）,2\n");
  f.put("办件.csv", "流水号,部门,超期\n1,农委,是\n2,市发改委(物价局),是\n3, 发改 ,是\n");
  f.open();
  const auto cases = f.collect();
  CHECK(f.kinds() == "");
  REQUIRE(cases.row_count() == 3);
  CHECK(cases.unit(0) == 0);
  CHECK(cases.unit(1) == 1);
  CHECK(cases.unit(2) == 1);
  CHECK(f.text(cases.at(0, 0)) == "农业农村委");
  f.put("部门.csv", "名称,事项总数\n农委,1\n农业农村委,2\n市发改委（物价局）,2\n");
  f.open();
  CHECK(f.only().kind == ProblemKind::DoubledUnit);
  CHECK(f.data.units.unit_name(0) == "农业农村委");
}

TEST_CASE("data set: doubled, unknown and blank units") {
  Fixture f;
  f.put("部门.csv", "名称,事项总数\n甲局,10\n乙局,20\n甲局,30\n,5\n");
  f.put("办件.csv", "流水号,部门,超期\nA1,乙局局,是\nA2,甲局,否\nA3,,否\n");
  f.open();
  CHECK(f.kinds() == "DoubledUnit BlankUnit");
  CHECK(f.data.problems.kept()[0].line == 4);
  CHECK(f.data.problems.kept()[0].other == 2);
  CHECK(f.data.problems.kept()[0].unit == "甲局");
  CHECK(f.data.units.is_faulty(0, 0));
  CHECK_FALSE(f.data.units.is_faulty(1, 0));
  CHECK(f.data.units.at(0, 0, 1) == Value(Rational(10)));
  CHECK(f.collect().row_count() == 1);
  CHECK(f.kinds() == "DoubledUnit BlankUnit UnknownUnit BlankUnit");
  CHECK(f.data.problems.kept()[2].nearest == "乙局");
  CHECK(f.data.problems.kept()[2].table == 1);
}

TEST_CASE("data set: a bad record makes its unit faulty and still reaches the sink") {
  Fixture f;
  f.put("部门.csv", kUnits);
  f.put("办件.csv", "流水号,部门,超期\nA1,乙局,也许\nA2,甲局,否\nA3,甲局\n");
  f.open();
  const auto cases = f.collect();
  CHECK(f.kinds() == "NotABool RaggedRow");
  CHECK(f.data.units.is_faulty(1, 0));
  CHECK(f.data.units.is_faulty(0, 0));
  REQUIRE(cases.row_count() == 3);
  CHECK(cases.at(0, 2) == Value(value::Fault{value::FaultKind::BadCell, 0}));
}

TEST_CASE("data set: keys that stand twice") {
  Fixture f;
  f.put("部门.csv", kUnits);
  f.put("办件.csv", "流水号,部门,超期\nA1,乙局,是\nA2,甲局,否\n A1,甲局,否\n");
  f.open();
  f.collect();
  CHECK(f.only().kind == ProblemKind::DoubledKey);
  CHECK(f.only().line == 4);
  CHECK(f.only().other == 2);
  CHECK(f.only().text == "A1");
  CHECK(f.only().column_name == "流水号");
  CHECK(f.data.units.is_faulty(0, 0));
  f.schema.records[0].keys = {{0, 1}};
  f.open();
  f.collect();
  CHECK(f.kinds() == "");
}

TEST_CASE("data set: units and months") {
  Fixture f;
  f.schema = make_schema(true);
  f.put("部门.csv",
        "名称,月份,事项总数\n甲局,2023-11,1\n乙局,2023-11,2\n甲局,2023-10,3\n乙局,2023年10月,4\n");
  f.put("办件.csv", "流水号,部门,超期,办结\nA1,乙局,是,2023-10-31\nA2,甲局,否,2023-11-01\n");
  f.open();
  CHECK(f.kinds() == "");
  REQUIRE(f.data.units.period_count() == 2);
  CHECK(f.text(f.data.units.period_value(0)) == "2023-10");
  CHECK(f.data.units.at(0, 0, 1) == Value(Rational(3)));
  CHECK(f.data.units.at(1, 1, 1) == Value(Rational(2)));
  const auto cases = f.collect();
  REQUIRE(cases.row_count() == 2);
  CHECK(cases.period(0) == 0);
  CHECK(cases.period(1) == 1);
}

TEST_CASE("data set: a period that is missing, doubled, unknown or unreadable") {
  Fixture f;
  f.schema = make_schema(true);
  f.put("部门.csv",
        "名称,月份,事项总数\n甲局,2023-10,1\n甲局,2023-11,1\n乙局,2023-10,2\n甲局,2023-10,9\n丙局,"
        "十月,1\n");
  f.put("办件.csv",
        "流水号,部门,超期,办结\nA1,甲局,是,2022-10-31\nA2,乙局,否,2023-11-01\nA3,乙局,否,昨天\n");
  f.open();
  CHECK(f.kinds() == "DoubledUnit NotAMonth MissingPeriod");
  CHECK(f.data.problems.kept()[0].text == "2023-10");
  CHECK(f.data.problems.kept()[2].unit == "乙局");
  CHECK(f.data.problems.kept()[2].text == "2023-11");
  CHECK(f.data.units.is_faulty(0, 0));
  CHECK_FALSE(f.data.units.is_faulty(0, 1));
  CHECK(f.data.units.is_faulty(2, 0));
  CHECK_FALSE(f.data.units.is_faulty(1, 0));
  CHECK(f.collect().row_count() == 0);
  CHECK(f.kinds() == "DoubledUnit NotAMonth MissingPeriod UnknownPeriod NotADate");
  CHECK(f.data.problems.kept()[3].text == "2022-10-31");
  CHECK(f.data.units.is_faulty(1, 0));
}

TEST_CASE("data set: quarters hold the dates of their months; labels order periods by rank") {
  Fixture f;
  f.schema = make_schema(true);
  f.schema.units.columns[2].months_each = 3;
  f.put("部门.csv", "名称,月份,事项总数\n甲局,2023年第二季度,1\n甲局,2023Q1,1\n");
  f.put("办件.csv", "流水号,部门,超期,办结\nA1,甲局,是,2023-06-30\nA2,甲局,否,2023-01-01\n");
  f.open();
  const auto cases = f.collect();
  CHECK(f.kinds() == "");
  CHECK(cases.period(0) == 1);
  CHECK(cases.period(1) == 0);
  f.schema = make_schema();
  f.schema.units.columns.push_back(table::choice_column("期", {"上旬", "中旬", "下旬"}));
  f.schema.units.period_column = 2;
  f.put("部门.csv", "名称,期,事项总数\n甲局,下旬,1\n甲局,上旬,1\n甲局,不涉及,1\n");
  f.open();
  CHECK(f.kinds() == "UnknownPeriod");
  CHECK(f.text(f.data.units.period_value(0)) == "上旬");
  CHECK(f.text(f.data.units.period_value(1)) == "下旬");
  // Records without a period of their own belong to none in particular.
  f.put("办件.csv", kCases);
  f.open();
  CHECK(f.collect().period(0) == table::kNoPeriod);
}

TEST_CASE("data set: a unit table without units") {
  Fixture f;
  f.schema.records.clear();
  f.put("部门.csv", "名称,事项总数\n");
  f.open();
  CHECK(f.only().kind == ProblemKind::NoRows);
  f.put("部门.csv", "");
  f.open();
  CHECK(f.only().kind == ProblemKind::EmptyFile);
}

TEST_CASE("data set: units cut off by an unclosed quote are not missed in the records") {
  Fixture f;
  f.put("部门.csv", "名称,事项总数\n甲局,10\n\"乙局,20\n丙局,30\n");
  f.put("办件.csv", kCases);
  f.open();
  CHECK_FALSE(f.data.units_complete);
  CHECK(f.collect().row_count() == 1);
  CHECK(f.only().kind == ProblemKind::UnclosedQuote);
}

}  // namespace
}  // namespace xize::io
