// whole_numbers: a column of whole numbers of few digits, several cells at a time.
// In: cells of rows. Out: numbers; rows of cells that are spelt otherwise, or outside the range,
// are listed. The same with all vectors, and without.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/io/cut_rows.h"
#include "runtime/io/vectors.h"

namespace xize::io {

// The cells to read and the numbers that are right: [low, high].
struct WholeNumbers {
  CellTexts texts;
  std::size_t count = 0;
  std::int64_t low = 0;
  std::int64_t high = 0;
  Vectors vectors = widest_vectors();
};

// The number of a listed row is anything. `numbers` has room for `count`.
void read_whole_numbers(const WholeNumbers& task, std::int64_t* numbers, RowList& others);

}  // namespace xize::io
