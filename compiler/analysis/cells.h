// Pieces of what an item reads: where its rules compare the same measure several times, each piece
// between the numbers they compare it with is looked at on its own.
// In: an item. Out: the pieces, as combinations; none where nothing is compared twice.
// Must hold: the pieces together are everything the measures can come to.
// Cost: linear in the item; at most kCellsMax combinations.
#pragma once

#include <vector>

#include "compiler/analysis/evaluator.h"

namespace xize::analysis {

inline constexpr std::size_t kCellsMax = 64;

// The combinations of one item.
struct Cells {
  std::vector<Cell> cells;
  bool apart = true;  // every combination can occur: the measures can be chosen apart
  std::size_t size = 0;  // expressions in the item
};

// The evaluator must look at everything, not at a cell.
Cells cells_of(const sema::Model& model, Evaluator& evaluator, sema::NodeId item);

}  // namespace xize::analysis
