// unit_lanes: the values of one op for all unit rows, to be gathered by the rows of records.
// In: values as the interpreter stores them. Out: lanes, by the unit row of each record.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/blockwise/lanes.h"

namespace xize::blockwise {

// Must hold: as for `Lanes`, by unit row.
class UnitLanes {
 public:
  UnitLanes(program::Type type, std::span<const Value> values);

  // out[r] is the value of unit row rows[r].
  void gather(std::span<const std::uint32_t> rows, Lanes& out) const;

 private:
  program::Type type_;
  bool all_plain_ = true;
  bool one_den_ = true;
  std::int64_t den_ = 1;
  std::int64_t least_ = 0;
  std::int64_t most_ = 0;
  std::vector<std::int64_t> nums_;
  std::vector<std::int64_t> dens_;
  std::vector<RowState> states_;
};

// The values of the rows of one block.
void load(Lanes& out, program::Type type, std::span<const Value> values);

// The same value in all rows.
void fill(Lanes& out, program::Type type, const Value& v);

}  // namespace xize::blockwise
