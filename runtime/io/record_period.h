// record_period: which period of the unit table a record belongs to, and whether it is too late.
// In: the cell of its period column. Out: the number of the period.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/table/table.h"

namespace xize::io {

// The unit table's schema, the records' period column, and the period of records without one.
struct PeriodColumns {
  const table::TableSchema& units;
  std::uint32_t records_column = table::kNoColumn;
  std::uint32_t of_file = table::kNoPeriod;
};

// The period of every record where cells do not decide it: 0 without periods, that of the file
// where records have none.
std::optional<std::uint32_t> fixed_period(const PeriodColumns& columns);

// The period that the cell names, or that its date lies in.
std::optional<std::uint32_t> period_of(const PeriodColumns& columns, const table::UnitTable& units,
                                       const value::Value& cell);

// True of a date or month behind the day.
bool is_after(const value::Value& when, value::Date day);

}  // namespace xize::io
