// unit_lanes: values of unit ops as lanes, and lanes as values to keep.
// In: packed columns of the state or the unit table. Out: lanes of a block of unit rows, or of
// records that read their unit's value; packed parts of what was computed.
// Must hold: a block of unit rows is a part of a column.
#pragma once

#include <span>
#include <vector>

#include "runtime/blockwise/lanes.h"
#include "runtime/value/packed_values.h"

namespace xize::blockwise {

static_assert(kBlockRows == value::kPartRows);

class UnitLanes {
 public:
  // The values by unit row; all parts are packed.
  UnitLanes(program::Type type, const value::PackedValues& values);

  // The lanes of rows that belong to these unit rows, or to the one behind the last: nowhere.
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

// The values of a part, of an op of that type; they may stay where the part has them.
void load(Lanes& out, program::Type type, const value::PackedPart& part, std::size_t count);

// The same value in all rows.
void fill(Lanes& out, program::Type type, const Value& v);

// The rows as a part of a column; those that are left are missing.
value::PackedPart packed(Lanes& lanes, std::size_t count);

}  // namespace xize::blockwise
