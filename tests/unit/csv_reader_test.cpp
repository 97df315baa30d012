#include "runtime/io/csv_reader.h"

#include <random>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "runtime/io/csv_scanner.h"
#include "tests/unit/read_text.h"

namespace xize::io {
namespace {

using table::ColumnType;
using table::NumberKind;

std::string to_gb18030(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open("GB18030", &status);
  const auto units = icu::UnicodeString::fromUTF8(text);
  std::string out(text.size() * 4, '\0');
  const int length = ucnv_fromUChars(converter, out.data(), static_cast<int>(out.size()),
                                     units.getBuffer(), units.length(), &status);
  ucnv_close(converter);
  REQUIRE(U_SUCCESS(status));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

table::TableSchema schema() {
  auto result =
      table_of({table::count_column("件数", "件"), table::number_column("率", NumberKind::Ratio),
                table::typed_column("对接", ColumnType::Bool),
                table::typed_column("办结", ColumnType::Date)});
  result.columns[2].optional = true;
  return result;
}

const DataProblem& only(const ReadResult& result) {
  REQUIRE(result.problems.kept().size() == 1);
  return result.problems.kept().front();
}

TEST_CASE("csv: an ordinary file, in any order of columns") {
  const auto result = read_text(
      "办结,名称,对接,率,件数\r\n2023-11-30,市发改委,是,85%,\"1,200\"\r\n"
      "2023/12/1,“两页”工作办,×,,0\r\n",
      schema());
  CHECK(result.kinds() == "");
  REQUIRE(result.rows.size() == 2);
  CHECK(result.rows[0] ==
        KeptRow{2, "市发改委", {"市发改委", "1200", "0.85", "是", "2023-11-30"}, false});
  CHECK(result.rows[1] ==
        KeptRow{3, "“两页”工作办", {"“两页”工作办", "0", "?", "否", "2023-12-01"}, false});
  CHECK(result.report.complete);
  CHECK(result.report.rows == 2);
  CHECK(result.report.encoding == Encoding::Utf8);
}

const std::string kPlain =
    "名称,件数,率,对接,办结\n甲局,1,50%,是,2023-01-02\n乙局,2,1,否,20230103\n";

TEST_CASE("csv: the same rows from every encoding, delimiter and line end") {
  const auto expected = read_text(kPlain, schema());
  REQUIRE(expected.rows.size() == 2);
  const auto same = [&](const std::string& text) {
    const auto result = read_text(text, schema());
    return result.rows == expected.rows && result.problems.total() == 0;
  };
  const auto replaced = [](char from, std::string_view to) {
    std::string out;
    for (const char c : kPlain) c == from ? out += to : out += c;
    return out;
  };
  CHECK(same("\xEF\xBB\xBF" + kPlain));
  CHECK(same(to_gb18030(kPlain)));
  CHECK(read_text(to_gb18030(kPlain), schema()).report.encoding == Encoding::Gb18030);
  CHECK(same(replaced(',', ";")));
  CHECK(same(replaced(',', "\t")));
  CHECK(same(replaced('\n', "\r\n")));
  CHECK(same(replaced('\n', "\r")));
  CHECK(same(kPlain + "\n\n"));
  CHECK(same(kPlain + ",,,,\n ,　,,,\n"));
  CHECK(same(kPlain.substr(0, kPlain.size() - 1)));
}

TEST_CASE("csv: lines are counted through comments, blank lines and quoted line ends") {
  const auto result = read_text(
      "# 模板\n# "
      "件数：整数\n名称,件数,率,对接,办结\n\n\"甲\n局\",1,1,是,20230101\n乙,x,1,是,20230101\n",
      schema());
  REQUIRE(result.rows.size() == 2);
  CHECK(result.rows[0].line == 5);
  CHECK(result.rows[1].line == 7);
  CHECK(only(result).line == 7);
}

TEST_CASE("csv: sep= names any delimiter") {
  const auto result = read_text("sep=|\n名称|件数|率|对接|办结\n甲|3|1|是|20230101\n", schema());
  CHECK(result.kinds() == "");
  CHECK(result.rows[0].cells[1] == "3");
  CHECK(result.report.delimiter == '|');
}

TEST_CASE("csv: a bad cell is told with its place, unit and text, and reading goes on") {
  const auto result =
      read_text("名称,率,件数,对接,办结\n甲,1,九件,是,20230101\n乙,1,9,是,20230101\n", schema());
  const auto& problem = only(result);
  CHECK(problem.kind == ProblemKind::NotANumber);
  CHECK(problem.severity == Severity::Error);
  CHECK(problem.file == "data.csv");
  CHECK(problem.line == 2);
  CHECK(problem.cell == 3);
  CHECK(problem.table == kUnitTable);
  CHECK(problem.column == 1);
  CHECK(problem.column_name == "件数");
  CHECK(problem.unit == "甲");
  CHECK(problem.text == "九件");
  REQUIRE(result.rows.size() == 2);
  CHECK(result.rows[0].faulty);
  CHECK(result.rows[0].cells == std::vector<std::string>{"甲", "!", "1", "是", "2023-01-01"});
  CHECK_FALSE(result.rows[1].faulty);
  table::DataSchema data;
  data.units = schema();
  CHECK(find_column(data, problem)->number.unit == "件");
  CHECK(find_table(data, problem)->name == "部门");
}

TEST_CASE("csv: all bad cells of all rows are told") {
  const auto result = read_text(
      "名称,件数,率,对接,办结\n甲,-1,85,对,2023-02-30\n乙,1.5,abc,,\n丙,5%,,是,#REF!\n", schema());
  CHECK(result.kinds() ==
        "NegativeNumber NotABool ImpossibleDate NotAnInteger NotANumber BlankCell BlankCell "
        "PercentNotExpected SpreadsheetError");
}

TEST_CASE("csv: a row without a unit") {
  const auto result = read_text("名称,件数,率,对接,办结\n ,1,1,是,20230101\n", schema());
  CHECK(only(result).kind == ProblemKind::BlankUnit);
  CHECK(only(result).cell == 1);
  CHECK(result.rows[0].unit.empty());
}

TEST_CASE("csv: too few and too many cells; blank cells beyond the header are let be") {
  const auto result = read_text(
      "名称,件数,率,对接,办结\n甲,1\n乙,1,1,是,20230101,7\n丙,1,1,是,20230101,, \n", schema());
  CHECK(result.kinds() == "RaggedRow RaggedRow");
  const auto& first = result.problems.kept()[0];
  CHECK(first.expected == 5);
  CHECK(first.found == 2);
  CHECK(first.unit == "甲");
  CHECK(result.rows[0].faulty);
  CHECK(result.rows[0].cells[1] == "!");
  CHECK(result.rows[2].cells[1] == "1");
}

TEST_CASE("csv: data under a blank header are told once") {
  const auto result = read_text(
      "名称,件数,率,对接,办结,\n甲,1,1,是,20230101,\n乙,1,1,是,20230101,x\n丙,1,1,是,20230101,y\n",
      schema());
  CHECK(only(result).kind == ProblemKind::UnnamedColumn);
  CHECK(only(result).line == 3);
  CHECK(only(result).cell == 6);
  CHECK_FALSE(result.rows[1].faulty);
}

TEST_CASE("csv: a header misspelt, missing, doubled") {
  const auto misspelt = read_text("名称,件 数,率,对接,办结\n甲,1,1,是,20230101\n", schema());
  CHECK(only(misspelt).kind == ProblemKind::MissingColumn);
  CHECK(only(misspelt).nearest == "件 数");
  CHECK(only(misspelt).line == 1);
  CHECK(misspelt.rows[0].faulty);
  const auto missing = read_text("名称,率,对接,办结\n甲,1,是,20230101\n", schema());
  CHECK(only(missing).kind == ProblemKind::MissingColumn);
  CHECK(only(missing).column == 1);
  CHECK(missing.rows[0].faulty);
  const auto optional = read_text("名称,件数,对接,办结\n甲,1,是,20230101\n", schema());
  CHECK(only(optional).severity == Severity::Warning);
  CHECK_FALSE(optional.rows[0].faulty);
  CHECK(optional.rows[0].cells[2] == "?");
  const auto doubled = read_text("名称,件数,率,对接,办结,率\n甲,1,1,是,20230101,0\n", schema());
  CHECK(only(doubled).kind == ProblemKind::DoubledColumn);
  CHECK(only(doubled).other == 3);
  CHECK(doubled.rows[0].cells[2] == "!");
  CHECK(doubled.rows[0].faulty);
}

TEST_CASE("csv: a header of several lines puts problems on the line of the cell") {
  const auto result =
      read_text("名称,\"件\n数\",率,对接,办结,额外\n甲,1,1,是,20230101,\n", schema());
  REQUIRE(result.problems.kept().size() == 2);
  CHECK(result.problems.kept()[1].text == "额外");
  CHECK(result.problems.kept()[1].line == 2);
}

TEST_CASE("csv: without a header, or without the unit column, rows mean nothing") {
  const auto none = read_text("甲,1,1,是,20230101\n乙,1,1,是,20230101\n", schema());
  CHECK(only(none).kind == ProblemKind::NoHeader);
  CHECK(only(none).text == "甲, 1, 1, 是, 20230101");
  CHECK(none.rows.empty());
  CHECK_FALSE(none.report.complete);
  const auto unitless = read_text("单位,件数,率,对接,办结\n甲,1,1,是,20230101\n", schema());
  CHECK(unitless.kinds() == "MissingColumn UnknownColumn");
  CHECK(unitless.rows.empty());
  CHECK_FALSE(unitless.report.complete);
}

TEST_CASE("csv: empty files") {
  for (const std::string text : {"", "\n\n", "# nothing\n", "\xEF\xBB\xBF", " \r\n", ",,,\n"}) {
    CAPTURE(text);
    const auto result = read_text(text, schema());
    CHECK(only(result).kind == ProblemKind::EmptyFile);
    CHECK_FALSE(result.report.complete);
  }
}

TEST_CASE("csv: an unclosed quote is told where it opened, the rows before it are read") {
  const auto result = read_text(
      "名称,件数,率,对接,办结\n甲,1,1,是,20230101\n乙,\"2,1,是,20230101\n丙,1,1,是,20230101\n",
      schema());
  CHECK(only(result).kind == ProblemKind::UnclosedQuote);
  CHECK(only(result).line == 3);
  CHECK(only(result).cell == 2);
  CHECK(only(result).column_name == "件数");
  CHECK(result.rows.size() == 1);
  CHECK_FALSE(result.report.complete);
}

TEST_CASE("csv: an unclosed quote in the header") {
  const auto result = read_text("名称,\"件数,率\n甲,1,1\n", schema());
  CHECK(only(result).kind == ProblemKind::UnclosedQuote);
  CHECK(only(result).line == 1);
}

TEST_CASE("csv: a stray quote spoils its cell only") {
  const auto result =
      read_text("名称,件数,率,对接,办结\n甲,\"1\"0,1,是,20230101\n乙,1,1,是,20230101\n", schema());
  CHECK(only(result).kind == ProblemKind::StrayQuote);
  CHECK(only(result).text == "10");
  CHECK(result.rows[0].cells[1] == "!");
  CHECK(result.rows[0].faulty);
}

TEST_CASE("csv: a cell beyond the limit, a row of too many cells") {
  const auto cell =
      read_text("名称,件数,率,对接,办结\n甲," + std::string(kCellBytesMax + 1, '1'), schema());
  CHECK(only(cell).kind == ProblemKind::TooLong);
  CHECK(only(cell).line == 2);
  const auto wide =
      read_text("名称,件数,率,对接,办结\n甲" + std::string(kRowCellsMax, ','), schema());
  CHECK(only(wide).kind == ProblemKind::TooManyColumns);
}

TEST_CASE("csv: damage in the middle is told by byte, line and cell") {
  std::string text = "名称,件数,率,对接,办结\n";
  for (int i = 0; i < 50; ++i) text += "单位" + std::to_string(i) + ",1,1,是,20230101\n";
  const std::size_t place = text.find("单位20,1") + std::string("单位20,").size();
  text[place] = '\xFE';
  const auto result = read_text(text, schema());
  CHECK(only(result).kind == ProblemKind::DamagedText);
  CHECK(only(result).offset == place);
  CHECK(only(result).line == 22);
  CHECK(only(result).cell == 2);
  CHECK(only(result).unit == "单位20");
  CHECK(result.rows[20].faulty);
  CHECK(result.rows.size() == 50);
}

TEST_CASE("csv: damage behind comments and a BOM keeps its offset") {
  std::string text =
      "\xEF\xBB\xBF# 说明\n名称,件数,率,对接,办结\n甲市发改委甲市发改委,1,1,是,20230101\n";
  const std::size_t place = text.find("20230101") + 3;
  text[place] = '\xC0';
  const auto result = read_text(text, schema());
  CHECK(only(result).kind == ProblemKind::DamagedText);
  CHECK(only(result).offset == place);
  CHECK(only(result).line == 3);
}

TEST_CASE("csv: a damaged unit cell names no unit") {
  const auto result = read_text(
      "名称,件数,率,对接,办结\n市发改委\xFF,1,1,是,20230101\n乙,1,1,是,20230101\n", schema());
  CHECK(only(result).kind == ProblemKind::DamagedText);
  CHECK(result.rows[0].unit.empty());
}

TEST_CASE("csv: files that are no text") {
  CHECK(read_text("PK\x03\x04\x14", schema()).kinds() == "IsSpreadsheet");
  CHECK(read_text(std::string("a\0b", 3), schema()).kinds() == "NotText");
  const auto latin = read_text("nom,d\xE9j\xE0,\xE9t\xE9 \xE0\n", schema());
  CHECK(only(latin).kind == ProblemKind::UnknownEncoding);
  CHECK(only(latin).offset != kNoOffset);
}

// A source that fails in its middle.
class BrokenSource final : public ByteSource {
 public:
  BrokenSource(std::string text, ReadFault fault) : text_(std::move(text)), fault_(fault) {}
  std::variant<std::size_t, ReadFault> read(std::span<char> into) override {
    if (done_) return fault_;
    done_ = true;
    std::copy(text_.begin(), text_.end(), into.begin());
    return text_.size();
  }

 private:
  std::string text_;
  ReadFault fault_;
  bool done_ = false;
};

TEST_CASE("csv: a source that fails or changes under the reader") {
  BrokenSource broken(kPlain, {ProblemKind::ReadFailed, "Input/output error"});
  const auto result = read_source(broken, schema());
  CHECK(only(result).kind == ProblemKind::ReadFailed);
  CHECK(only(result).text == "Input/output error");
  CHECK(only(result).other == kPlain.size());
  CHECK_FALSE(result.report.complete);
  BrokenSource changed(kPlain, {ProblemKind::FileChanged, {}});
  CHECK(read_source(changed, schema()).kinds() == "FileChanged");
}

std::string random_file(std::mt19937& random) {
  static const std::vector<std::string> cells = {"1",   "x",        "",           "85%",
                                                 "是",  "20230101", "\"a\nb\"",   "\"",
                                                 "1,2", "不涉及",   "2023-02-30", "市发改委"};
  std::string text = random() % 3 == 0 ? "# 注释\r\n\n" : "";
  text += random() % 4 == 0 ? "名称,件数,率,备注,办结\n" : "名称,件数,率,对接,办结\r\n";
  for (auto rows = random() % 12; rows > 0; --rows) {
    text += "单位" + std::to_string(random() % 5);
    const auto width = random() % 6 == 0 ? 3 : 4;
    for (auto i = width; i > 0; --i) text += "," + cells[random() % cells.size()];
    text += random() % 2 ? "\n" : "\r\n";
  }
  return text;
}

TEST_CASE("csv: rows and problems do not depend on how the bytes were cut") {
  std::mt19937 random(20231130);
  for (int round = 0; round < 400; ++round) {
    std::string bytes = random_file(random);
    if (random() % 3 == 0) bytes = to_gb18030(bytes);
    if (random() % 3 == 0) bytes[random() % bytes.size()] = static_cast<char>(random());
    const auto whole = read_text(bytes, schema());
    const auto cut = read_text(bytes, schema(), 1 + random() % 40);
    CAPTURE(bytes);
    REQUIRE(cut.rows == whole.rows);
    REQUIRE(cut.kinds() == whole.kinds());
    REQUIRE(cut.report.complete == whole.report.complete);
    for (std::size_t i = 0; i < whole.problems.kept().size(); ++i) {
      const auto& a = whole.problems.kept()[i];
      const auto& b = cut.problems.kept()[i];
      REQUIRE(std::tie(a.line, a.cell, a.text) == std::tie(b.line, b.cell, b.text));
      REQUIRE(a.offset == b.offset);
    }
  }
}

}  // namespace
}  // namespace xize::io
