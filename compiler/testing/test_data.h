// test_data: the data set that one test describes: one unit, what is given, the rest neutral.
// In: a TestInfo and the lowered policy. Out: the unit table, records, parameters, and which of
// them the test named.
// Must hold: cells stand by column of the schema, as a reader would have read them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "compiler/lower/lower.h"
#include "compiler/testing/neutral.h"
#include "runtime/engine/engine.h"
#include "runtime/table/table.h"

namespace xize::testing {

struct TestData {
  table::UnitTable units;
  std::size_t row = 0;  // the unit row that is looked at
  std::vector<table::Table> records;
  std::vector<std::optional<value::Value>> parameters;
  std::vector<diagnostics::Diagnostic> problems;
  // What was named, by column of the schema and slot.
  std::set<std::uint32_t> given_columns;
  std::set<std::uint32_t> given_parameters;
  std::set<std::uint16_t> given_records;
  // Columns of records that some row of the test leaves open.
  std::set<std::pair<std::uint16_t, std::uint32_t>> open_columns;
};

class TestDataMaker {
 public:
  TestDataMaker(const driver::Compilation& compilation, lower::Lowered& lowered);
  TestData make(const sema::TestInfo& test, const std::string& unit) const;

 private:
  struct Rows;   // equal records
  struct Draft;  // what is given, before the rest is filled in
  void give_cell(Draft& draft, sema::ColumnId column, ast::ExprId value) const;
  void give_parameter(Draft& draft, sema::ParameterId parameter, ast::ExprId value) const;
  void give_rows(Draft& draft, const sema::GivenInfo& given, sema::TableId table) const;
  void find_periods(Draft& draft) const;
  void fill_units(Draft& draft) const;
  void fill_records(Draft& draft) const;
  void add_rows(Draft& draft, const Rows& rows) const;
  [[nodiscard]] std::uint32_t period_of(const Draft& draft, const table::TableSchema& table,
                                        const std::vector<value::Value>& cells) const;
  void fill_parameters(Draft& draft) const;
  [[nodiscard]] sema::ColumnId column_at(sema::TableId table, std::uint32_t index) const;

  const driver::Compilation& compilation_;
  const sema::Model& model_;
  lower::Lowered& lowered_;
  Neutral neutral_;
};

}  // namespace xize::testing
