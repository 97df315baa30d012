// whole_numbers: a column of whole numbers of few digits, four cells at a time.
// In: cells of rows. Out: numbers; rows of cells that are spelt otherwise, or outside the range,
// are listed. With AVX2 where the machine has it (asked at run time), else one cell after another;
// both give the same.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/io/cut_rows.h"

namespace xize::io {

// The cells to read and the numbers that are right: [low, high].
struct WholeNumbers {
  CellTexts texts;
  std::size_t count = 0;
  std::int64_t low = 0;
  std::int64_t high = 0;
};

// The number of a listed row is anything. `numbers` has room for `count`.
void read_whole_numbers(const WholeNumbers& task, std::int64_t* numbers, RowList& others);

// The same without AVX2, for tests.
void read_whole_numbers_portable(const WholeNumbers& task, std::int64_t* numbers, RowList& others);

}  // namespace xize::io
