#include "runtime/table/table.h"

#include <array>

#include <doctest/doctest.h>

#include "runtime/table/schema.h"

namespace xize::table {
namespace {

using value::Date;
using value::Month;
using value::Rational;
using value::Value;

DataSchema sound_schema() {
  DataSchema schema;
  schema.units = {.name = "部门",
                  .description = {},
                  .columns = {unit_column("名称"), count_column("事项总数", "事项")},
                  .unit_column = 0,
                  .keys = {},
                  .is_unit_table = true};
  TableSchema cases;
  cases.name = "办件";
  cases.columns = {unit_column("部门"), typed_column("流水号", ColumnType::Text)};
  cases.unit_column = 0;
  cases.keys = {{1}};
  schema.records = {cases};
  return schema;
}

Month month(int year, int number) { return *value::make_month(year, number); }

TEST_CASE("schema: columns and tables are found by their exact names") {
  const auto schema = sound_schema();
  CHECK(find_column(schema.units, "事项总数") == 1);
  CHECK(find_column(schema.units, "事项") == kNoColumn);
  CHECK(find_records(schema, "办件") == 0u);
  CHECK_FALSE(find_records(schema, "部门").has_value());
}

TEST_CASE("schema: a column is called by its display name if it has one") {
  auto column = count_column("即办程度.N");
  CHECK(display_name(column) == "即办程度.N");
  column.display = "即办件数";
  CHECK(display_name(column) == "即办件数");
}

TEST_CASE("schema: every breach of its rules is found") {
  CHECK_FALSE(find_schema_fault(sound_schema()).has_value());
  const auto broken = [](auto change) {
    auto schema = sound_schema();
    change(schema);
    return find_schema_fault(schema).has_value();
  };
  CHECK(broken([](DataSchema& s) { s.units.unit_column = kNoColumn; }));
  CHECK(broken([](DataSchema& s) { s.units.unit_column = 1; }));
  CHECK(broken([](DataSchema& s) { s.units.is_unit_table = false; }));
  CHECK(broken([](DataSchema& s) { s.units.period_column = 7; }));
  CHECK(broken([](DataSchema& s) { s.units.period_column = 0; }));
  CHECK(broken([](DataSchema& s) { s.units.columns[1].name = "名称"; }));
  CHECK(broken([](DataSchema& s) { s.units.columns[1].name.clear(); }));
  CHECK(broken([](DataSchema& s) { s.units.columns[1].number.step = Rational(0); }));
  CHECK(broken([](DataSchema& s) { s.units.columns[1].months_each = 2; }));
  CHECK(broken([](DataSchema& s) { s.units.columns.push_back(choice_column("档", {})); }));
  CHECK(broken([](DataSchema& s) { s.records[0].keys = {{9}}; }));
  CHECK(broken([](DataSchema& s) { s.records[0].keys = {{}}; }));
  CHECK(broken([](DataSchema& s) { s.records[0].name = "部门"; }));
  CHECK(broken([](DataSchema& s) { s.records.push_back(s.records[0]); }));
}

TEST_CASE("range: ends are in or out as they say") {
  const Range half_open{Bound{Rational(1), true}, Bound{Rational(2), false}};
  CHECK(contains(half_open, Rational(1)));
  CHECK(contains(half_open, Rational(3, 2)));
  CHECK_FALSE(contains(half_open, Rational(2)));
  CHECK_FALSE(contains(half_open, Rational(1, 2)));
  const Range above{Bound{Rational(0), false}, std::nullopt};
  CHECK_FALSE(contains(above, Rational(0)));
  CHECK(contains(above, Rational(1'000'000)));
  const Range below{std::nullopt, Bound{Rational(5), true}};
  CHECK(contains(below, Rational(-5)));
  CHECK_FALSE(contains(below, Rational(6)));
}

TEST_CASE("range: dates and months have ranges too, other types never fit") {
  const Range year{Bound{*value::make_date(2023, 1, 1)}, Bound{*value::make_date(2023, 12, 31)}};
  CHECK(contains(year, *value::make_date(2023, 6, 1)));
  CHECK_FALSE(contains(year, *value::make_date(2024, 1, 1)));
  CHECK_FALSE(contains(year, month(2023, 6)));
  CHECK_FALSE(contains(year, true));
  const Range months{Bound{month(2023, 1)}, Bound{month(2023, 3), false}};
  CHECK(contains(months, month(2023, 2)));
  CHECK_FALSE(contains(months, month(2023, 3)));
  CHECK(contains(Range{}, true));
}

TEST_CASE("period: a month lies in the period that begins before it") {
  CHECK(period_start(month(2023, 11), 1) == month(2023, 11));
  CHECK(period_start(month(2023, 11), 3) == month(2023, 10));
  CHECK(period_start(month(2023, 6), 6) == month(2023, 1));
  CHECK(period_start(month(2023, 12), 12) == month(2023, 1));
  CHECK(period_start(month(1969, 12), 12) == month(1969, 1));
  CHECK(period_start(month(1969, 1), 3) == month(1969, 1));
}

TEST_CASE("table: rows come back as they were added, without a change of type") {
  Table rows(2);
  const std::array<Value, 2> first{value::Text{3}, Rational(1, 3)};
  const std::array<Value, 2> second{value::Missing{}, value::NotApplicable{}};
  rows.add({0, kNoPeriod, 2, first});
  rows.add({1, 4, 3, second});
  REQUIRE(rows.row_count() == 2);
  CHECK(rows.column_count() == 2);
  CHECK(rows.column(1).size() == 2);
  CHECK(rows.at(0, 1) == Value(Rational(1, 3)));
  CHECK(rows.at(1, 0) == Value(value::Missing{}));
  CHECK(rows.column(1).at(1) == Value(value::NotApplicable{}));
  CHECK(rows.unit(1) == 1);
  CHECK(rows.period(0) == kNoPeriod);
  CHECK(rows.line(1) == 3);
  const std::array<std::uint32_t, 5> number_of{0, 0, 0, 0, 2};
  rows.renumber_periods(number_of);
  CHECK(rows.period(0) == kNoPeriod);
  CHECK(rows.period(1) == 2);
}

UnitTable two_units_two_periods() {
  Table rows(1);
  const std::array<Value, 1> cell{Rational(7)};
  rows.add({0, 0, 2, cell});
  rows.add({0, 1, 3, cell});
  rows.add({1, 1, 4, cell});
  return UnitTable({"甲", "乙"}, {month(2023, 1), month(2023, 2)}, std::move(rows));
}

TEST_CASE("unit table: units, periods and rows are found; a pair without a row is Missing") {
  const auto units = two_units_two_periods();
  CHECK(units.unit_count() == 2);
  CHECK(units.period_count() == 2);
  CHECK(units.find_unit("乙") == 1u);
  CHECK_FALSE(units.find_unit("丙").has_value());
  CHECK(units.unit_name(0) == "甲");
  CHECK(units.find_period(month(2023, 2)) == 1u);
  CHECK_FALSE(units.find_period(month(2023, 3)).has_value());
  CHECK(units.find_row(1, 1) == 2u);
  CHECK_FALSE(units.find_row(1, 0).has_value());
  CHECK(units.at(0, 1, 0) == Value(Rational(7)));
  CHECK(units.at(1, 0, 0) == Value(value::Missing{}));
}

TEST_CASE("unit table: one pair or all of a unit can be marked faulty") {
  auto units = two_units_two_periods();
  units.mark_faulty(0, 1);
  CHECK_FALSE(units.is_faulty(0, 0));
  CHECK(units.is_faulty(0, 1));
  units.mark_faulty(1, kNoPeriod);
  CHECK(units.is_faulty(1, 0));
  CHECK(units.is_faulty(1, 1));
}

}  // namespace
}  // namespace xize::table
