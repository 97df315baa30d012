#include "runtime/io/cell_reader.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/io/cell_text.h"
#include "runtime/io/name_match.h"

namespace xize::io {
namespace {

using table::ColumnSchema;
using table::ColumnType;
using table::NumberKind;
using value::Rational;
using value::Value;

// What a cell reads as, in words: its text, `missing`, `pending`, or the kind of problem.
std::string read(const ColumnSchema& column, std::string_view text) {
  base::StringPool pool;
  CellReader reader(column, pool);
  const auto result = reader.read(text);
  const auto* fault = std::get_if<CellFault>(&result);
  if (fault != nullptr) return std::string(kind_name(fault->kind));
  const auto& v = std::get<Value>(result);
  if (std::holds_alternative<value::Missing>(v)) return "missing";
  if (std::holds_alternative<value::Pending>(v)) return "pending";
  return cell_text(v, pool);
}

ColumnSchema ratio() { return table::number_column("率", NumberKind::Ratio); }
ColumnSchema plain() { return table::number_column("数"); }
ColumnSchema of(ColumnType type) { return table::typed_column("列", type); }

TEST_CASE("cell: numbers are exact however they are written") {
  CHECK(read(plain(), "12.50") == "12.5");
  CHECK(read(plain(), " 1,234,567.089 ") == "1234567.089");
  CHECK(read(plain(), "１，２３４．５") == "1234.5");
  CHECK(read(plain(), "-0.1") == "-0.1");
  CHECK(read(plain(), "−3") == "-3");
  CHECK(read(plain(), "\t42") == "42");
  CHECK(read(plain(), "\u300042\u00a0") == "42");
  // No double has this value.
  CHECK(read(plain(), "0.10000000000000000555111512312578270") ==
        "0.1000000000000000055511151231257827");
  CHECK(read(plain(), "0.1000000000000000055511151231257827021181583404541015625") ==
        "TooManyDigits");
  CHECK(read(plain(), "9007199254740993") == "9007199254740993");
}

TEST_CASE("cell: what is no number, and why") {
  CHECK(read(plain(), "abc") == "NotANumber");
  CHECK(read(plain(), "1 2") == "NotANumber");
  CHECK(read(plain(), "2023-11-30") == "NotANumber");
  CHECK(read(plain(), "1/2") == "NotANumber");
  CHECK(read(plain(), "NaN") == "NotANumber");
  CHECK(read(plain(), "inf") == "NotANumber");
  CHECK(read(plain(), "0x10") == "UnitNotExpected");
  CHECK(read(plain(), "1,23") == "BadGrouping");
  CHECK(read(plain(), "1.23E+11") == "ScientificNumber");
  CHECK(read(plain(), std::string(10'001, '7')) == "TooManyDigits");
  CHECK(read(plain(), "") == "BlankCell");
  CHECK(read(plain(), " \u3000 ") == "BlankCell");
}

TEST_CASE("cell: percents belong to ratios only") {
  CHECK(read(ratio(), "85%") == "0.85");
  CHECK(read(ratio(), "85％") == "0.85");
  CHECK(read(ratio(), "0.85") == "0.85");
  CHECK(read(ratio(), "33.3 %") == "0.333");
  CHECK(read(plain(), "85%") == "PercentNotExpected");
  CHECK(read(table::count_column("件数"), "85%") == "PercentNotExpected");
}

TEST_CASE("cell: counts are whole and not negative") {
  const auto count = table::count_column("件数", "件");
  CHECK(read(count, "1,200") == "1200");
  CHECK(read(count, "3.0") == "3");
  CHECK(read(count, "3.5") == "NotAnInteger");
  CHECK(read(count, "-3") == "NegativeNumber");
}

TEST_CASE("cell: a unit of measure behind a number must be one of the column's") {
  auto money = table::number_column("金额", NumberKind::Money);
  money.number.spellings = {{"元", 1}, {"万元", 10'000}};
  CHECK(read(money, "1.5万元") == "15000");
  CHECK(read(money, "12.3 元") == "12.3");
  CHECK(read(money, "￥1,234.5") == "1234.5");
  CHECK(read(money, "¥7") == "7");
  CHECK(read(money, "7美元") == "UnitNotExpected");
  CHECK(read(money, "85%元") == "NotANumber");
  CHECK(read(plain(), "¥7") == "NotANumber");
  CHECK(read(plain(), "3天") == "UnitNotExpected");
  CHECK(read(plain(), "12 ms") == "UnitNotExpected");
}

TEST_CASE("cell: steps and ranges") {
  auto mark = plain();
  mark.number.step = Rational(1, 2);
  mark.range = {table::Bound{Rational(0), true}, table::Bound{Rational(10), false}};
  CHECK(read(mark, "9.5") == "9.5");
  CHECK(read(mark, "0") == "0");
  CHECK(read(mark, "9.4") == "OffStep");
  CHECK(read(mark, "10") == "OutOfRange");
  CHECK(read(mark, "-0.5") == "OutOfRange");
  auto day = of(ColumnType::Date);
  day.range.low = table::Bound{*value::make_date(2023, 1, 1), true};
  CHECK(read(day, "2022-12-31") == "OutOfRange");
  CHECK(read(day, "2023/1/1") == "2023-01-01");
}

TEST_CASE("cell: a level's name stands for its mark") {
  auto mark = plain();
  mark.judged = true;
  mark.number.labels = {{"好", 10}, {"一般", Rational(13, 2)}};
  mark.range.high = table::Bound{Rational(10), true};
  CHECK(read(mark, " 好 ") == "10");
  CHECK(read(mark, "一般") == "6.5");
  CHECK(read(mark, "8") == "8");
  CHECK(read(mark, "差") == "NotANumber");
  CHECK(read(mark, "") == "pending");
}

TEST_CASE("cell: the spellings of yes and no") {
  for (const std::string_view yes :
       {"是", "true", "TRUE", "1", "１", "√", "有", "Y", "yes", "✓", "✔"}) {
    CAPTURE(yes);
    CHECK(read(of(ColumnType::Bool), yes) == "是");
  }
  for (const std::string_view no : {"否", "False", "0", "×", "无", "n", "Ｎ", "NO", "✗", "✘"}) {
    CAPTURE(no);
    CHECK(read(of(ColumnType::Bool), no) == "否");
  }
  for (const std::string_view other : {"2", "对", "是的", "x", "1.0", "t", "-"}) {
    CAPTURE(other);
    CHECK(read(of(ColumnType::Bool), other) == "NotABool");
  }
}

TEST_CASE("cell: dates in the usual spellings, never an ambiguous one") {
  for (const std::string_view text : {"2023-11-03", "2023/11/3", "2023.11.3", "2023年11月3日",
                                      "20231103", "２０２３－１１－０３", "2023/11/3 0:00:00"}) {
    CAPTURE(text);
    CHECK(read(of(ColumnType::Date), text) == "2023-11-03");
  }
  CHECK(read(of(ColumnType::Date), "11/3/2023") == "NotADate");
  CHECK(read(of(ColumnType::Date), "23-11-03") == "NotADate");
  CHECK(read(of(ColumnType::Date), "45233") == "NotADate");
  CHECK(read(of(ColumnType::Date), "2023-02-30") == "ImpossibleDate");
}

TEST_CASE("cell: months, and periods of several months") {
  auto column = of(ColumnType::Month);
  CHECK(read(column, "2023-11") == "2023-11");
  CHECK(read(column, "2023年1月") == "2023-01");
  CHECK(read(column, "2023-13") == "ImpossibleDate");
  CHECK(read(column, "11月") == "NotAMonth");
  column.months_each = 3;
  for (const std::string_view text :
       {"2023Q4", "2023-Q4", "2023年第四季度", "2023年4季度", "2023 q4"}) {
    CAPTURE(text);
    CHECK(read(column, text) == "2023-10");
  }
  CHECK(read(column, "2023-10") == "NotAMonth");
  CHECK(read(column, "2023Q5") == "NotAMonth");
  column.months_each = 6;
  CHECK(read(column, "2023年上半年") == "2023-01");
  CHECK(read(column, "2023H2") == "2023-07");
  CHECK(read(column, "2023") == "NotAMonth");
  column.months_each = 12;
  CHECK(read(column, "2023") == "2023-01");
  CHECK(read(column, "２０２３年") == "2023-01");
  CHECK(read(column, "2023-01") == "NotAMonth");
  CHECK(read(column, "二三年") == "NotAMonth");
}

TEST_CASE("cell: choices by their labels, the nearest for a slip") {
  const auto grade = table::choice_column("档", {"优秀", "良好", "一般（合格）"});
  CHECK(read(grade, " 优秀 ") == "优秀");
  CHECK(read(grade, "一般(合格)") == "一般（合格）");
  CHECK(read(grade, "差") == "NotAChoice");
  base::StringPool pool;
  CellReader reader(grade, pool);
  const auto result = reader.read("一般（不合格）");
  REQUIRE(std::holds_alternative<CellFault>(result));
  CHECK(std::get<CellFault>(result).nearest == "一般（合格）");
}

TEST_CASE("cell: a blank is missing, default, pending or an error, by its column") {
  auto column = plain();
  CHECK(read(column, "") == "BlankCell");
  column.optional = true;
  CHECK(read(column, " ") == "missing");
  column.default_value = Rational(3);
  CHECK(read(column, "") == "3");
  auto mark = plain();
  mark.judged = true;
  CHECK(read(mark, "") == "pending");
  CHECK(read(mark, "0") == "0");
}

TEST_CASE("cell: not applicable, in the standard spellings and the column's own") {
  auto column = plain();
  for (const std::string_view text : {"不涉及", "n/a", "N/A", "Ｎ／Ａ", " 不涉及 "}) {
    CAPTURE(text);
    CHECK(read(column, text) == "不涉及");
  }
  CHECK(read(column, "－") == "NotANumber");
  CHECK(read(column, "/") == "NotANumber");
  column.not_applicable = {"－", "/"};
  CHECK(read(column, "-") == "不涉及");
  CHECK(read(column, "／") == "不涉及");
  CHECK(read(column, "-1") == "-1");
  column.accepts_not_applicable = false;
  CHECK(read(column, "不涉及") == "NotApplicableNotExpected");
  CHECK(read(of(ColumnType::Text), "不涉及") == "不涉及");
}

TEST_CASE("cell: errors that a spreadsheet left are errors in every column") {
  for (const std::string_view text : {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "####"}) {
    CAPTURE(text);
    CHECK(read(plain(), text) == "SpreadsheetError");
    CHECK(read(of(ColumnType::Text), text) == "SpreadsheetError");
  }
  CHECK(read(of(ColumnType::Text), "#1 窗口") == "#1 窗口");
}

TEST_CASE("cell: text is trimmed and in NFC, and interned only where it is needed") {
  base::StringPool pool;
  auto column = of(ColumnType::Text);
  CellReader reader(column, pool);
  const auto composed = std::get<Value>(reader.read("  caf\u00e9 "));
  const auto combining = std::get<Value>(reader.read("cafe\u0301"));
  CHECK(composed == combining);
  CHECK(pool.size() == 1);
  column.needed = false;
  CHECK(std::holds_alternative<value::Missing>(std::get<Value>(reader.read("流水号 0001"))));
  CHECK(pool.size() == 1);
}

TEST_CASE("names: folds join full width and half width, blanks and line ends") {
  CHECK(fold_name(" 事项　总数（个）\n") == "事项 总数(个)");
  CHECK(fold_name("Ｎ１") == "N1");
  CHECK(fold_name("\ufeff名称\u200b") == "名称");
  CHECK(fold_name("cafe\u0301") == "caf\u00e9");
  CHECK(trim("\u3000\u00a0\t甲 乙\r\n") == "甲 乙");
  CHECK(trim("\u3000").empty());
}

TEST_CASE("names: edit distance counts code points, swaps as one") {
  CHECK(edit_distance("", "事项") == 2);
  CHECK(edit_distance("事项总数", "事项总数") == 0);
  CHECK(edit_distance("事项总数", "事总项数") == 1);
  CHECK(edit_distance("事项总数", "事项数") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("names: the nearest is a slip away, or there is none") {
  const std::vector<std::string> names = {"事项总数", "即办件", "N1"};
  CHECK(nearest_name("事项总数量", names) == "事项总数");
  CHECK(nearest_name("即办件数", names) == "即办件");
  CHECK(nearest_name("备注", names).empty());
  CHECK(nearest_name("N", names) == "N1");
  CHECK(nearest_name("M", names).empty());
  CHECK(nearest_name("", names).empty());
  CHECK(nearest_name(std::string(1000, 'x'), names).empty());
}

TEST_CASE("problems: shown texts are short and on one line") {
  CHECK(shorten("一\n二\t三") == "一 二 三");
  std::string text;
  for (int i = 0; i < 50; ++i) text += "长";
  CHECK(code_point_count(shorten(text)) == kShownCodePointsMax + 1);
  CHECK(shorten(text).ends_with("长…"));
}

TEST_CASE("problems: all are counted, the first thousand kept") {
  ProblemLog log;
  for (int i = 0; i < 1500; ++i) log.add({ProblemKind::BlankCell, Severity::Error, "a.csv"});
  log.add({ProblemKind::UnknownColumn, Severity::Warning, "a.csv"});
  CHECK(log.kept().size() == ProblemLog::kKeptMax);
  CHECK(log.count(ProblemKind::BlankCell) == 1500);
  CHECK(log.count(Severity::Warning) == 1);
  CHECK(log.total() == 1501);
  CHECK(log.has_errors());
}

TEST_CASE("problems: every kind has its own name") {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kProblemKindCount; ++i) {
    names.push_back(kind_name(static_cast<ProblemKind>(i)));
  }
  CHECK(names.front() == "NotFound");
  CHECK(names.back() == "DoubledKey");
  CHECK(kind_name(ProblemKind::TooManyColumns) == "TooManyColumns");
  CHECK(kind_name(ProblemKind::NotAChoice) == "NotAChoice");
  std::sort(names.begin(), names.end());
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

}  // namespace
}  // namespace xize::io
