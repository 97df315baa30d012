#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/io/csv_header.h"
#include "runtime/io/csv_preamble.h"
#include "runtime/io/csv_scanner.h"
#include "runtime/io/csv_writer.h"
#include "runtime/io/key_set.h"
#include "tests/unit/read_text.h"

namespace xize::io {
namespace {

using Row = std::vector<std::string>;

struct Scanned {
  std::vector<Row> rows;
  std::vector<std::vector<std::uint64_t>> lines;  // of each cell
  std::vector<std::string> stray;
  std::optional<CsvFault> fault;
};

Scanned scan(std::string_view text, std::size_t chunk = 1 << 20, char delimiter = ',') {
  Scanned result;
  CsvScanner scanner(delimiter, 1, [&](const CsvRow& row) {
    Row cells;
    std::vector<std::uint64_t> lines;
    for (const auto& cell : row.cells) {
      cells.emplace_back(cell.text);
      lines.push_back(cell.line);
      if (cell.stray_quote) result.stray.emplace_back(cell.text);
      CHECK(cell.text_end >= cell.text_begin);
      if (!cell.quoted && !cell.stray_quote) {
        CHECK(text.substr(cell.text_begin, cell.text_end - cell.text_begin) == cell.text);
      }
    }
    result.rows.push_back(std::move(cells));
    result.lines.push_back(std::move(lines));
  });
  for (std::size_t at = 0; at < text.size() && !result.fault; at += chunk) {
    result.fault = scanner.feed(text.substr(at, chunk));
  }
  if (!result.fault) result.fault = scanner.finish();
  return result;
}

std::vector<Row> rows_of(std::string_view text) { return scan(text).rows; }

// The seven definitions of section 2 of RFC 4180, with its own examples.
TEST_CASE("rfc 4180: each record on its line, the last with or without a line end") {
  const std::vector<Row> expected = {{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}};
  CHECK(rows_of("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n") == expected);
  CHECK(rows_of("aaa,bbb,ccc\r\nzzz,yyy,xxx") == expected);
}

TEST_CASE("rfc 4180: blanks belong to a field") {
  CHECK(rows_of(" a , b") == std::vector<Row>{{" a ", " b"}});
}

TEST_CASE("rfc 4180: quoted fields, line breaks and delimiters inside, doubled quotes") {
  CHECK(rows_of("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx") ==
        std::vector<Row>{{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}});
  CHECK(rows_of("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx") ==
        std::vector<Row>{{"aaa", "b\r\nbb", "ccc"}, {"zzz", "yyy", "xxx"}});
  CHECK(rows_of("\"aaa\",\"b\"\"bb\",\"c,c\"") == std::vector<Row>{{"aaa", "b\"bb", "c,c"}});
  CHECK(rows_of("\"\",\"\"\"\"") == std::vector<Row>{{"", "\""}});
}

TEST_CASE("scanner: LF, CR and mixed line ends; blank lines are no rows") {
  const std::vector<Row> expected = {{"a", "b"}, {"c", "d"}};
  CHECK(rows_of("a,b\nc,d\n") == expected);
  CHECK(rows_of("a,b\rc,d\r") == expected);
  CHECK(rows_of("a,b\r\n\n\r\rc,d\n\n") == expected);
  CHECK(rows_of("").empty());
  CHECK(rows_of("\r\n\r\n").empty());
  CHECK(rows_of("\"\"\n") == std::vector<Row>{{""}});
  CHECK(rows_of(",\n") == std::vector<Row>{{"", ""}});
}

TEST_CASE("scanner: a cell knows its physical line, in quotes of several lines too") {
  const auto result = scan("a,b\r\n\r\n\"x\ny\r\nz\",w\rlast,\"l\"\n");
  REQUIRE(result.lines.size() == 3);
  CHECK(result.lines[0] == std::vector<std::uint64_t>{1, 1});
  CHECK(result.lines[1] == std::vector<std::uint64_t>{3, 5});
  CHECK(result.lines[2] == std::vector<std::uint64_t>{6, 6});
}

TEST_CASE("scanner: other delimiters; a full-width comma is text") {
  CHECK(scan("a;b,c", 99, ';').rows == std::vector<Row>{{"a", "b,c"}});
  CHECK(scan("a\tb", 99, '\t').rows == std::vector<Row>{{"a", "b"}});
  CHECK(rows_of("甲，乙,丙") == std::vector<Row>{{"甲，乙", "丙"}});
}

TEST_CASE("scanner: stray quotes are kept and marked") {
  const auto inside = scan("5\" disk,b");
  CHECK(inside.rows == std::vector<Row>{{"5\" disk", "b"}});
  CHECK(inside.stray == std::vector<std::string>{"5\" disk"});
  const auto behind = scan("\"ab\"c,d\n\"e\" ,f");
  CHECK(behind.rows == std::vector<Row>{{"abc", "d"}, {"e ", "f"}});
  CHECK(behind.stray == std::vector<std::string>{"abc", "e "});
}

TEST_CASE("scanner: an unclosed quote is placed where it opened") {
  const auto result = scan("a,b\nc,\"d\ne,f\n");
  REQUIRE(result.fault.has_value());
  CHECK(result.fault->kind == CsvFault::Kind::UnclosedQuote);
  CHECK(result.fault->line == 2);
  CHECK(result.fault->cell == 2);
  CHECK(result.rows == std::vector<Row>{{"a", "b"}});
}

TEST_CASE("scanner: cells, rows and numbers of cells are limited") {
  const auto cell = scan("a," + std::string(kCellBytesMax + 1, 'x'));
  REQUIRE(cell.fault.has_value());
  CHECK(cell.fault->kind == CsvFault::Kind::TooLong);
  CHECK(cell.fault->cell == 2);
  CHECK_FALSE(scan(std::string(kCellBytesMax, 'x')).fault.has_value());
  const auto runaway = scan("a\n\"b\n" + std::string(kCellBytesMax, 'x') + "\n");
  REQUIRE(runaway.fault.has_value());
  CHECK(runaway.fault->kind == CsvFault::Kind::UnclosedQuote);
  CHECK(runaway.fault->line == 2);
  const auto wide = scan(std::string(kRowCellsMax, ','));
  REQUIRE(wide.fault.has_value());
  CHECK(wide.fault->kind == CsvFault::Kind::TooManyCells);
  CHECK_FALSE(scan(std::string(kRowCellsMax - 1, ',')).fault.has_value());
  std::string row;
  for (int i = 0; i < 9; ++i) row += std::string(kCellBytesMax - 1, 'x') + ",";
  CHECK(scan(row).fault.has_value());
}

std::string random_csv(std::mt19937& random) {
  static const std::vector<std::string> pieces = {"a",    "1,2", "\"", "\"\"", "\n",
                                                  "\r\n", "\r",  ",",  "部门", "\"x\ny\"",
                                                  ";",    "#",   " ",  ",,",   "\"q\","};
  std::string text;
  for (auto i = random() % 60; i > 0; --i) text += pieces[random() % pieces.size()];
  return text;
}

TEST_CASE("scanner: rows do not depend on how the text was cut") {
  std::mt19937 random(4180);
  for (int round = 0; round < 2000; ++round) {
    const std::string text = random_csv(random);
    const auto whole = scan(text);
    const auto cut = scan(text, 1 + random() % 7);
    CAPTURE(text);
    REQUIRE(cut.rows == whole.rows);
    REQUIRE(cut.lines == whole.lines);
    REQUIRE(cut.stray == whole.stray);
    REQUIRE(cut.fault.has_value() == whole.fault.has_value());
  }
}

TEST_CASE("writer: what is written is read back") {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {"a", "\"",   ",", "\r\n", "\n",
                                           " ", "部门", ";", "\t",   "，"};
  for (int round = 0; round < 500; ++round) {
    std::vector<Row> rows;
    const std::size_t width = 1 + random() % 4;
    for (auto i = random() % 6; i > 0; --i) {
      Row row(width);
      for (auto& cell : row) {
        for (auto k = random() % 5; k > 0; --k) cell += pieces[random() % pieces.size()];
      }
      rows.push_back(row);
    }
    const char delimiter = ",;\t"[random() % 3];
    std::string text;
    CsvWriter writer(text, {.delimiter = delimiter, .line_end = random() % 2 ? "\n" : "\r\n"});
    for (const auto& row : rows) writer.row(row);
    const auto result = scan(text, 5, delimiter);
    CAPTURE(text);
    REQUIRE(result.rows == rows);
    REQUIRE(result.stray.empty());
  }
}

TEST_CASE("writer: quotes only where it must, with the BOM if asked") {
  std::string text;
  CsvWriter writer(text, {.line_end = "\n", .byte_order_mark = true});
  writer.comment("部门: 单位\n一行一个");
  writer.row(Row{"名称", "a,b", " c", "d\"e", ""});
  CHECK(text == "\xEF\xBB\xBF# 部门: 单位 一行一个\n名称,\"a,b\",\" c\",\"d\"\"e\",\n");
}

TEST_CASE("preamble: comments, blank lines and sep= stand before the header") {
  const auto find = [](std::string_view text) { return find_preamble(text, true); };
  CHECK(find("名称,N\n")->begin == 0);
  CHECK(find("名称,N")->line == 1);
  const std::string text = "# 说明, \"未闭合\r\n\n  \t\r＃ 第二条\n名称,N\r\n甲,1\n";
  const auto found = find(text);
  REQUIRE(found.has_value());
  CHECK(text.substr(found->begin, found->end - found->begin) == "名称,N");
  CHECK(found->line == 5);
  CHECK(find("sep=;\r\n名称;N\n")->delimiter == ';');
  CHECK(find("sep=\t\n名称\tN\n")->delimiter == '\t');
  CHECK(find("sep=;\r\n名称;N\n")->line == 2);
  // As a spreadsheet writes a comment back that holds a comma or a line end.
  CHECK(find("\"# 一, 二\n三\",,\n名称,N\n")->line == 3);
  CHECK_FALSE(find("").has_value());
  CHECK_FALSE(find("# only\n\n").has_value());
  CHECK_FALSE(find_preamble("名称,N", false).has_value());
  CHECK_FALSE(find_preamble("名称,N\r", false).has_value());
  CHECK(find_preamble("名称,\"两\n行\",N\n", false)->end ==
        std::string("名称,\"两\n行\",N").size());
}

table::TableSchema four_columns() {
  auto schema = table_of({table::count_column("事项总数"), table::count_column("即办程度.N"),
                          table::number_column("窗口服务.K"), table::number_column("完成率")});
  schema.columns[4].optional = true;
  return schema;
}

TEST_CASE("delimiter: the one that makes columns of the header, whatever else is in it") {
  const auto schema = four_columns();
  CHECK(find_delimiter("名称,事项总数,N", schema) == ',');
  CHECK(find_delimiter("名称;事项总数;N", schema) == ';');
  CHECK(find_delimiter("名称\t事项总数\tN", schema) == '\t');
  CHECK(find_delimiter("名称;\"事项,a,b,c,d\";事项总数", schema) == ';');
  CHECK(find_delimiter("名称;备注,x,y,z,u,v;事项总数", schema) == ';');
  CHECK(find_delimiter("甲;乙;丙", schema) == ';');
  CHECK(find_delimiter("甲，乙", schema) == ',');
  CHECK(find_delimiter("名称", schema) == ',');
}

std::string header_problems(const std::vector<std::string_view>& cells,
                            const table::TableSchema& schema) {
  std::string out;
  for (const auto& problem : match_header(cells, schema).problems) {
    if (!out.empty()) out += "; ";
    out += kind_name(problem.kind);
    out += problem.severity == Severity::Error ? "!" : "?";
    out += " " + std::to_string(problem.cell) + " " + problem.column_name;
    if (!problem.nearest.empty()) out += " ~" + problem.nearest;
  }
  return out;
}

TEST_CASE("header: any order, short forms, full width, line ends") {
  const auto schema = four_columns();
  const std::vector<std::string_view> cells = {"完成率", " Ｎ ", "窗口服务．K", "事项总数", "名称"};
  const auto result = match_header(cells, schema);
  CHECK(result.problems.empty());
  CHECK(result.header.cell_of_column == std::vector<std::uint32_t>{4, 3, 1, 2, 0});
}

TEST_CASE("header: unknown, missing, doubled, ambiguous") {
  const auto schema = four_columns();
  CHECK(header_problems({"名称", "事项总数", "N", "窗口服务.K"}, schema) ==
        "MissingColumn? 0 完成率");
  CHECK(header_problems({"名称", "N", "窗口服务.K", "完成率", "备注"}, schema) ==
        "MissingColumn! 0 事项总数; UnknownColumn? 5 备注");
  // One slip is one problem, an error even where the column is optional.
  CHECK(header_problems({"名称", "事项总数量", "N", "窗口服务.K", "完成率率"}, schema) ==
        "MissingColumn! 2 事项总数 ~事项总数量; MissingColumn! 5 完成率 ~完成率率");
  CHECK(header_problems({"名称", "事项总数", "N", "窗口服务.K", "完成率", "即办程度.N"}, schema) ==
        "DoubledColumn! 6 即办程度.N");
  CHECK(header_problems({"名称", "事项总数", "N", "窗口服务.K", "完成率", "完成率2"}, schema) ==
        "UnknownColumn? 6 完成率2 ~完成率");
  auto ambiguous = schema;
  ambiguous.columns[3].name = "窗口服务.N";
  CHECK(header_problems({"名称", "事项总数", "N", "完成率"}, ambiguous) ==
        "AmbiguousColumn! 3 N ~即办程度.N");
  ambiguous.columns[3].name = "附件1.即办程度.N";
  CHECK(header_problems({"名称", "事项总数", "即办程度.N", "附件1.N", "完成率"}, ambiguous).empty());
}

TEST_CASE("keys: the first line of a key is told, among very many") {
  KeySet keys;
  for (std::uint64_t i = 1; i <= 100'000; ++i) {
    REQUIRE_FALSE(keys.add("HA" + std::to_string(i), i).has_value());
  }
  CHECK(keys.size() == 100'000);
  CHECK(keys.add("HA777", 200'000) == 777);
  CHECK(keys.size() == 100'000);
  CHECK_FALSE(keys.add("", 5).has_value());
  CHECK_FALSE(keys.add(std::string_view("\0", 1), 6).has_value());
  CHECK(keys.add("", 7) == 5);
}

}  // namespace
}  // namespace xize::io
