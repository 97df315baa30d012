// candidates: data that are worth a look whatever the rules are. Private to this room.
// In: a stand that is aimed. Out: drafts to start from, values for a cell, records to add.
// Cost: a few dozen each.
#pragma once

#include "compiler/extremes/stand.h"

namespace xize::extremes {

// A round number to start from.
inline constexpr std::int64_t kPlenty = 100;

inline bool is_number(const table::ColumnSchema& column) {
  return column.type == table::ColumnType::Number;
}

// Nothing of anything, but much of what others are divided by; the same with every yes-or-no at
// yes; much of everything; much of one more alone; nothing at all.
std::vector<Draft> starts_of(const Stand& stand);

// Of a column other values than `plain`: the ends of its range, what the policy writes, labels.
std::vector<Value> values_for(Stand& stand, const table::ColumnSchema& column, const Value& plain);

// A record with nothing said, with every yes-or-no at yes, with much of every number, with both;
// with each cell of the first and third changed.
std::vector<RecordKind> kinds_of(Stand& stand, std::uint16_t table);

}  // namespace xize::extremes
