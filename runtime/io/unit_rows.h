// unit_rows: the typed rows of the unit table to a UnitTable.
// In: typed rows of one file. Out: numbered units and periods, at most one row for each pair.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/columns/table_builder.h"
#include "runtime/io/csv_reader.h"
#include "runtime/io/key_checker.h"
#include "runtime/io/plain_piece.h"
#include "runtime/io/plain_units.h"
#include "runtime/table/table.h"

namespace xize::io {

// Takes the rows of the unit table.
class UnitRows final : public TypedRowHandler {
 public:
  // New units are added to `names`, the same that the context reads with.
  UnitRows(const std::string& file, const CsvContext& context, UnitNames& names);

  void take(const TypedRow& row) override;
  PlainRows* plain_rows(const FileForm& form) override;
  void take_plain(PlainPiece& piece, std::uint64_t before_line) override;
  // Orders the periods and reports pairs without a row. Call once, at the end.
  table::UnitTable finish();

 private:
  // By unit: 1 + the number of its row in one period, 0 without one.
  using RowsOfUnits = base::LargeVector<std::uint32_t>;

  void take_rows(const std::shared_ptr<NamedRows>& named, std::size_t begin, std::size_t end);
  [[nodiscard]] bool are_all_new(const columns::Block& rows, std::size_t begin,
                                 std::size_t end) const;
  // Of a row with these cells.
  std::optional<std::uint32_t> number_of_period(const value::Value& cell);
  // Notes the row of a pair; its first row, if this is not it.
  std::optional<std::uint32_t> enter(std::uint32_t unit, std::uint32_t period, std::size_t row);
  void report_period(const TypedRow& row);
  void report_doubled(const TypedRow& row, std::uint32_t first_row);
  void name_rows();
  [[nodiscard]] std::vector<std::uint32_t> period_order() const;
  void report_missing_periods(const table::UnitTable& units);

  const std::string& file_;
  const CsvContext& context_;
  UnitNames& names_;
  KeyChecker keys_;
  columns::TableBuilder rows_;
  std::unique_ptr<PlainUnits> plain_;
  std::vector<value::Value> periods_;
  std::uint32_t last_period_ = 0;         // that was found
  std::vector<RowsOfUnits> first_rows_;   // by period, if there are some
  std::vector<std::pair<std::uint32_t, std::uint32_t>> faulty_;  // unit, period
};

}  // namespace xize::io
