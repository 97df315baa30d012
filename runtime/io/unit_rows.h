// unit_rows: the typed rows of the unit table to a UnitTable.
// In: typed rows of one file. Out: numbered units and periods, at most one row for each pair.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/io/csv_reader.h"
#include "runtime/io/key_checker.h"
#include "runtime/table/table.h"

namespace xize::io {

// Takes the rows of the unit table.
class UnitRows final : public TypedRowHandler {
 public:
  // New units are added to `names`, the same that the context reads with.
  UnitRows(const std::string& file, const CsvContext& context, UnitNames& names);

  void take(const TypedRow& row) override;
  // Orders the periods and reports pairs without a row. Call once, at the end.
  table::UnitTable finish();

 private:
  std::uint32_t number_of_unit(std::string_view name);
  std::optional<std::uint32_t> number_of_period(const TypedRow& row);
  void report_doubled(const TypedRow& row, std::uint64_t first_line);
  [[nodiscard]] std::vector<std::uint32_t> period_order() const;
  void report_missing_periods(const table::UnitTable& units);
  [[nodiscard]] std::string period_text(const value::Value& period) const;

  const std::string& file_;
  const CsvContext& context_;
  UnitNames& names_;
  KeyChecker keys_;
  table::Table rows_;
  std::vector<std::string> unit_names_;
  std::vector<value::Value> periods_;
  std::unordered_map<std::string, std::uint32_t> unit_numbers_;
  std::unordered_map<std::uint64_t, std::uint64_t> first_lines_;  // by unit and period
  std::vector<std::pair<std::uint32_t, std::uint32_t>> faulty_;   // unit, period
};

}  // namespace xize::io
