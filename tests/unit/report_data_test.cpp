// compiler/driver: problems of data files and of output, worded as diagnostics.
#include "compiler/diagnostics/kinds/data.h"
#include "compiler/driver/report_data.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "compiler/diagnostics/render.h"

namespace {

using namespace xize;
namespace kinds = diagnostics::kinds;
using diagnostics::Language;
using io::DataProblem;
using io::ProblemKind;

// 部门: a unit, a count, a ratio in [0, 1] with a step, a choice.
table::DataSchema schema() {
  table::DataSchema all;
  all.units.name = "部门";
  all.units.is_unit_table = true;
  auto ratio = table::number_column("办结率", table::NumberKind::Ratio);
  ratio.range = {table::Bound{value::Rational(0), true}, table::Bound{value::Rational(1), true}};
  ratio.number.step = value::Rational(1, 100);
  all.units.columns = {table::unit_column("名称"), table::count_column("事项数"), ratio,
                       table::choice_column("评价", {"好", "差"})};
  all.units.unit_column = 0;
  return all;
}

DataProblem problem(ProblemKind kind, std::uint32_t column = table::kNoColumn) {
  DataProblem p;
  p.kind = kind;
  p.file = "data/部门.csv";
  p.line = 3;
  p.cell = 2;
  p.table = io::kUnitTable;
  p.column = column;
  p.column_name = column == table::kNoColumn ? "" : schema().units.columns[column].name;
  p.unit = "甲局";
  p.text = "x";
  return p;
}

diagnostics::Diagnostic reported(DataProblem p) {
  diagnostics::Sink sink;
  io::ProblemLog log;
  log.add(std::move(p));
  driver::report_data_problems(sink, log, schema());
  REQUIRE(sink.findings().size() == 1);
  return sink.findings().front();
}

std::string text(const diagnostics::Diagnostic& d, Language language = Language::English) {
  return diagnostics::render_text(d, {language, false});
}

}  // namespace

TEST_CASE("report_data: every kind of problem has words of its own") {
  for (std::size_t i = 0; i < io::kProblemKindCount; ++i) {
    const auto kind = static_cast<ProblemKind>(i);
    CAPTURE(io::kind_name(kind));
    const auto d = reported(problem(kind, 1));
    const bool of_access = kind <= ProblemKind::ReadFailed;
    CHECK((d.kind == kinds::DataUnreadable) == (of_access && kind != ProblemKind::NotFound));
    CHECK(!text(d).empty());
    CHECK(!text(d, Language::Chinese).empty());
  }
}

TEST_CASE("report_data: a bad cell says its place and what its column wants") {
  CHECK(text(reported(problem(ProblemKind::NotANumber, 1))) ==
        "error[XZ4040]: found `x`, expected a whole number, 0 or more\n"
        " --> data/部门.csv:3, column 2 `事项数`, unit `甲局`\n"
        "  = help: correct the cell\n\n");
  CHECK(text(reported(problem(ProblemKind::OutOfRange, 2)), Language::Chinese)
            .find("此处应为`[0, 1]` 内的值") != std::string::npos);
  CHECK(text(reported(problem(ProblemKind::OffStep, 2))).find("multiple of 0.01") !=
        std::string::npos);
  CHECK(text(reported(problem(ProblemKind::NotAChoice, 3))).find("one of `好`, `差`") !=
        std::string::npos);
}

TEST_CASE("report_data: the severity is that of the problem") {
  auto stray = problem(ProblemKind::UnknownFile);
  stray.severity = io::Severity::Note;
  CHECK(reported(stray).severity == diagnostics::Severity::Advice);
  auto absent = problem(ProblemKind::MissingColumn, 1);
  CHECK(reported(absent).kind == kinds::DataMissingColumn);
  absent.severity = io::Severity::Warning;
  absent.nearest = "事项";
  CHECK(reported(absent).kind == kinds::DataMissingOptionalColumn);
  CHECK(reported(absent).suggestions == std::vector<std::string>{"事项"});
}

TEST_CASE("report_data: a doubled unit points at its first row") {
  auto doubled = problem(ProblemKind::DoubledUnit);
  doubled.other = 2;
  const auto d = reported(doubled);
  REQUIRE(d.related.size() == 1);
  CHECK(std::get<diagnostics::InData>(d.related.front().where).line == 2);
}

TEST_CASE("report_data: ranges in words") {
  using driver::range_term;
  const table::Bound one{value::Rational(1), true};
  const table::Bound open{value::Rational(1), false};
  CHECK(range_term({one, std::nullopt}).english == "a value at least 1");
  CHECK(range_term({open, std::nullopt}).chinese == "大于 1 的值");
  CHECK(range_term({std::nullopt, one}).english == "a value at most 1");
  CHECK(range_term({std::nullopt, open}).chinese == "小于 1 的值");
  CHECK(range_term({open, one}).english == "a value in `(1, 1]`");
}

TEST_CASE("report_data: output faults") {
  const auto kind_of = [](io::WriteFaultKind kind) {
    diagnostics::Sink sink;
    driver::report_write_fault(sink, {kind, "out.csv", "why"});
    return sink.empty() ? std::string() : std::string(row(sink.findings().front().kind).code);
  };
  CHECK(kind_of(io::WriteFaultKind::ReaderGone) == "");
  CHECK(kind_of(io::WriteFaultKind::NoFolder) == "XZ6022");
  CHECK(kind_of(io::WriteFaultKind::DiskFull) == "XZ6024");
  CHECK(kind_of(io::WriteFaultKind::IsFolder) == "XZ6023");
}
