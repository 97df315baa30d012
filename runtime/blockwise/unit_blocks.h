// unit_blocks: the blocks of a column of units, on all cores.
#pragma once

#include <algorithm>
#include <cstddef>

#include <oneapi/tbb/parallel_for.h>

#include "runtime/blockwise/lanes.h"

namespace xize::blockwise {

// Calls `what(first, count)` for the rows of each block, from several threads.
template <class Do>
void for_unit_blocks(std::size_t rows, const Do& what) {
  oneapi::tbb::parallel_for(std::size_t{0}, (rows + kBlockRows - 1) / kBlockRows,
                            [&](std::size_t block) {
                              const std::size_t first = block * kBlockRows;
                              what(first, std::min(kBlockRows, rows - first));
                            });
}

}  // namespace xize::blockwise
