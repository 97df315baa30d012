// packed_cell: one value of a packed part as it is kept, for those who read very many.
// In: a PackedPart. Out: its integers, not brought to lowest terms, or the value itself.
#pragma once

#include <cstddef>

#include "runtime/value/fraction.h"
#include "runtime/value/packed_values.h"

namespace xize::value {

// An integer of its kind, over `fraction.den` if it is a number, or else another value.
struct PackedCell {
  const Value* other = nullptr;  // lives as long as the part
  IntegerKind kind = IntegerKind::Number;
  Fraction fraction = {};        // den > 0, in any terms
};

inline PackedCell packed_cell(const PackedPart& part, std::size_t i) {
  static const Value kMissing = Missing{};
  if (!part.is_integers) {
    if (part.others.empty()) return {&kMissing};
    return {part.others.size() == 1 ? &part.others.front() : &part.others[i]};
  }
  if (!part.which.empty() && part.which[i] != 0) return {&part.others[part.which[i] - 1u]};
  return {nullptr, part.kind, {part.nums.at(i), part.dens.at(i)}};
}

// The same of a row of a column that is packed; one of a single value has it in every row.
inline PackedCell packed_cell(const PackedValues& column, std::size_t row) {
  if (column.size() == 1) row = 0;
  return packed_cell(column.part(row / kPartRows), row % kPartRows);
}

}  // namespace xize::value
