#include "compiler/testing/test_data.h"

#include <algorithm>

#include "compiler/diagnostics/kinds/data.h"
#include "compiler/testing/given_value.h"

namespace xize::testing {
namespace {

using value::Value;

// What a count of rows may be in a test; more would be a mistake of the author.
constexpr std::int64_t kRowsMax = 100'000;

std::optional<value::Month> month_in(const Value& value) {
  if (const auto* month = std::get_if<value::Month>(&value)) return *month;
  if (const auto* date = std::get_if<value::Date>(&value)) return value::month_of(*date);
  return std::nullopt;
}

}  // namespace

struct TestDataMaker::Rows {
  std::uint16_t table = 0;
  std::int64_t count = 1;
  std::map<std::uint32_t, Value> cells;
};
// Cells that are given, by column; the others are filled in when the periods are known.
struct TestDataMaker::Draft {
  std::string unit;
  bool unit_named = false;
  std::map<std::uint32_t, Value> cells;
  std::vector<Rows> rows;
  std::vector<Value> periods;  // ascending
  std::uint32_t period = 0;    // the one that is looked at
  TestData out;
};

TestDataMaker::TestDataMaker(const driver::Compilation& compilation, lower::Lowered& lowered)
    : compilation_(compilation),
      model_(compilation.model()),
      lowered_(lowered),
      neutral_(model_, lowered.program.strings) {}

TestData TestDataMaker::make(const sema::TestInfo& test, const std::string& unit) const {
  Draft draft;
  draft.unit = unit;
  draft.unit_named = test.for_unit.valid();
  draft.out.parameters.resize(lowered_.program.parameters.size());
  for (const sema::GivenInfo& given : test.givens) {
    if (const auto* column = std::get_if<sema::ColumnId>(&given.target)) {
      give_cell(draft, *column, given.given->value);
    } else if (const auto* parameter = std::get_if<sema::ParameterId>(&given.target)) {
      give_parameter(draft, *parameter, given.given->value);
    } else {
      give_rows(draft, given, std::get<sema::TableId>(given.target));
    }
  }
  find_periods(draft);
  fill_units(draft);
  fill_records(draft);
  fill_parameters(draft);
  return std::move(draft.out);
}

void TestDataMaker::give_cell(Draft& draft, sema::ColumnId column, ast::ExprId value) const {
  const std::uint32_t index = lowered_.columns[column.index];
  if (index == table::kNoColumn) return;
  const auto& schema = lowered_.program.schema.units.columns[index];
  GivenValue given =
      given_value(compilation_, lowered_.program.strings, {model_.columns[column], schema}, value);
  draft.out.given_columns.insert(index);
  if (auto* problem = std::get_if<diagnostics::Diagnostic>(&given)) {
    draft.out.problems.push_back(std::move(*problem));
  } else {
    draft.cells[index] = std::get<Value>(std::move(given));
  }
}

void TestDataMaker::give_parameter(Draft& draft, sema::ParameterId parameter,
                                   ast::ExprId value) const {
  const std::uint32_t slot = lowered_.parameters[parameter.index];
  GivenValue given = given_value(
      compilation_, lowered_.program.strings,
      {model_.parameters[parameter].column, lowered_.program.parameters[slot].schema}, value);
  draft.out.given_parameters.insert(slot);
  if (auto* problem = std::get_if<diagnostics::Diagnostic>(&given)) {
    draft.out.problems.push_back(std::move(*problem));
  } else {
    draft.out.parameters[slot] = std::get<Value>(std::move(given));
  }
}

void TestDataMaker::give_rows(Draft& draft, const sema::GivenInfo& given,
                              sema::TableId table) const {
  Rows rows;
  rows.table = static_cast<std::uint16_t>(table.index - 1);
  draft.out.given_records.insert(rows.table);
  if (given.given->rows.valid()) {
    const auto count = sema::constant_value(model_, given.given->rows);
    const auto whole = count ? count->to_int64() : std::nullopt;
    if (!whole || *whole < 0 || *whole > kRowsMax) {
      draft.out.problems.push_back(diagnostics::make<diagnostics::kinds::DataOutOfRange>(
          diagnostics::InSource{&compilation_.file(), given.given->span},
          count ? count->to_string() : "?",
          diagnostics::Term{"at most 100000 rows", "不超过 100000 行"}));
      return;
    }
    rows.count = *whole;
  }
  const auto& schema = lowered_.program.schema.records[rows.table];
  for (std::size_t i = 0; i < given.columns.size(); ++i) {
    if (!given.columns[i].valid()) continue;
    const std::uint32_t index = lowered_.columns[given.columns[i].index];
    if (index == table::kNoColumn) continue;
    GivenValue cell = given_value(compilation_, lowered_.program.strings,
                                  {model_.columns[given.columns[i]], schema.columns[index]},
                                  given.given->columns[i].second);
    if (auto* problem = std::get_if<diagnostics::Diagnostic>(&cell)) {
      draft.out.problems.push_back(std::move(*problem));
    } else {
      rows.cells[index] = std::get<Value>(std::move(cell));
    }
  }
  draft.rows.push_back(std::move(rows));
}

// The periods that the test names, or the first of the season; the last one is looked at unless
// the test gives the unit's own.
void TestDataMaker::find_periods(Draft& draft) const {
  const table::DataSchema& schema = lowered_.program.schema;
  if (schema.units.period_column == table::kNoColumn) {
    draft.periods = {value::Missing{}};
    return;
  }
  const std::uint8_t each = schema.units.columns[schema.units.period_column].months_each;
  std::set<value::Month> months;
  for (const Rows& rows : draft.rows) {
    const auto at = rows.cells.find(schema.records[rows.table].period_column);
    const auto month = at == rows.cells.end() ? std::nullopt : month_in(at->second);
    if (month) months.insert(table::period_start(*month, each));
  }
  std::optional<value::Month> own;
  const auto named = draft.cells.find(schema.units.period_column);
  if (named != draft.cells.end()) own = month_in(named->second);
  if (own) months.insert(*own);
  if (months.empty()) months.insert(table::period_start(neutral_.season().first, each));
  draft.periods.assign(months.begin(), months.end());
  const auto looked_at = own ? months.find(*own) : std::prev(months.end());
  draft.period = static_cast<std::uint32_t>(std::distance(months.begin(), looked_at));
}

sema::ColumnId TestDataMaker::column_at(sema::TableId table, std::uint32_t index) const {
  for (const sema::ColumnId id : model_.tables[table].columns) {
    if (lowered_.columns[id.index] == index) return id;
  }
  return {};
}

// The unit has a row in each period; they differ in the period alone.
void TestDataMaker::fill_units(Draft& draft) const {
  const table::TableSchema& schema = lowered_.program.schema.units;
  table::Table rows(schema.columns.size());
  for (std::uint32_t period = 0; period < draft.periods.size(); ++period) {
    const auto month = month_in(draft.periods[period]);
    std::vector<Value> cells(schema.columns.size());
    for (std::uint32_t i = 0; i < cells.size(); ++i) {
      const sema::ColumnId column = column_at(sema::kUnitTable, i);
      const auto given = draft.cells.find(i);
      if (i == schema.period_column) {
        cells[i] = draft.periods[period];
      } else if (given != draft.cells.end()) {
        cells[i] = given->second;
      } else if (i == schema.unit_column) {
        if (draft.unit_named) cells[i] = value::Text{lowered_.program.strings.intern(draft.unit)};
      } else if (column.valid()) {
        cells[i] = neutral_.cell(model_.columns[column], schema.columns[i], {0, month});
      }
    }
    rows.add({.unit = 0, .period = period, .line = period + 1, .cells = cells});
  }
  draft.out.units = table::UnitTable({draft.unit}, draft.periods, std::move(rows));
  draft.out.row = draft.period;
}

void TestDataMaker::fill_records(Draft& draft) const {
  for (const table::TableSchema& table : lowered_.program.schema.records) {
    draft.out.records.emplace_back(table.columns.size());
  }
  for (const Rows& rows : draft.rows) add_rows(draft, rows);
}

void TestDataMaker::add_rows(Draft& draft, const Rows& rows) const {
  const table::TableSchema& table = lowered_.program.schema.records[rows.table];
  const sema::TableId id(static_cast<std::uint32_t>(rows.table) + 1u);
  const auto own = month_in(draft.periods[draft.period]);
  std::vector<sema::ColumnId> columns;
  for (std::uint32_t i = 0; i < table.columns.size(); ++i) columns.push_back(column_at(id, i));
  for (std::int64_t n = 0; n < rows.count; ++n) {
    const std::size_t index = draft.out.records[rows.table].row_count();
    std::vector<Value> cells(columns.size());
    for (std::uint32_t i = 0; i < cells.size(); ++i) {
      const auto given = rows.cells.find(i);
      if (given != rows.cells.end()) {
        cells[i] = given->second;
      } else if (columns[i].valid() && i != table.unit_column) {
        draft.out.open_columns.emplace(rows.table, i);
        cells[i] = neutral_.cell(model_.columns[columns[i]], table.columns[i], {index, own});
      }
    }
    draft.out.records[rows.table].add(
        {.unit = 0, .period = period_of(draft, table, cells), .line = index + 1, .cells = cells});
  }
}

// The number of the period that a record lies in.
std::uint32_t TestDataMaker::period_of(const Draft& draft, const table::TableSchema& table,
                                       const std::vector<Value>& cells) const {
  if (table.period_column == table::kNoColumn) return table::kNoPeriod;
  const table::TableSchema& units = lowered_.program.schema.units;
  const auto month = month_in(cells[table.period_column]);
  if (!month) return draft.period;
  const Value start = table::period_start(*month, units.columns[units.period_column].months_each);
  const auto at = std::find(draft.periods.begin(), draft.periods.end(), start);
  if (at == draft.periods.end()) return draft.period;
  return static_cast<std::uint32_t>(at - draft.periods.begin());
}

void TestDataMaker::fill_parameters(Draft& draft) const {
  for (std::size_t i = 0; i < model_.parameters.size(); ++i) {
    const std::uint32_t slot = lowered_.parameters[i];
    const program::ParameterSlot& of = lowered_.program.parameters[slot];
    if (draft.out.parameters[slot] || of.default_value) continue;
    const sema::Column& column = model_.parameters[sema::ParameterId(i)].column;
    draft.out.parameters[slot] = neutral_.cell(column, of.schema, {});
  }
}

}  // namespace xize::testing
