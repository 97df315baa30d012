// packed_folds: counts and sums of a stage side by side in a few words.
// A kernel gives every row some words, each with a few fields: of a count 1 or 0, of a sum how much
// the element is above the least one. Adding whole words to those of the row's unit adds all fields
// at once; before a field could run over, the totals are handed to the stage's folds.
// Must hold: a row whose alarm is set is no such row; somebody else computes its block.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/blockwise/op_plan.h"
#include "runtime/blockwise/stage_folds.h"

namespace xize::blockwise {

// Folds that may be packed: counts and sums without groups. All their operands are of rows.
bool is_packable(const program::Op& op);

// Where in the words a number stands.
struct Field {
  std::size_t word = 0;
  unsigned shift = 0;
  unsigned bits = 0;

  [[nodiscard]] std::int64_t read(std::span<const std::int64_t> words) const {
    return (words[word] >> shift) & ((std::int64_t{1} << bits) - 1);
  }
};

// One fold: how many rows count, and the sum of their elements: the field's and `least` for each.
struct PackedFold {
  bool is_packed = false;
  bool has_sum = false;
  Field count;
  Field sum;
  std::int64_t least = 0;
  std::int64_t den = 1;
};

// What the words of a kernel mean.
struct PackedLayout {
  std::vector<PackedFold> folds;  // by op of the stage
  std::size_t words = 0;
  Field rows;                     // how many there are
  std::int64_t rows_most = 0;     // so many rows of a unit fit
};

// The layout, and the steps that compute it.
struct PackedPlan {
  PackedLayout layout;
  std::vector<kernel::ValueId> words;
  kernel::ValueId alarm = kernel::kNone;
};
// `unit_rows`: how many there are; looking through their totals is to be seldom.
PackedPlan pack_folds(OpPlan& plan, const program::Program& program, const program::Stage& stage,
                      std::size_t unit_rows);

// The totals of each unit row, on one thread.
class PackedTotals {
 public:
  explicit PackedTotals(std::size_t unit_rows) : unit_rows_(unit_rows) {}

  // Room to add so many rows of the layout, by place: unit rows, and one for rows of none. What
  // has no room any more is handed on before.
  std::int64_t* room_for(const PackedLayout& layout, std::size_t rows,
                         std::vector<StageFold>& folds);
  // Adds all to the i-th fold of the stage; each fold once, at the end, all at once if need be.
  void hand_on_last(std::size_t i, StageFold& fold) const;

 private:
  void hand_on(std::vector<StageFold>& folds);
  void hand_on_above(std::int64_t rows, std::vector<StageFold>& folds);

  std::size_t unit_rows_;
  const PackedLayout* layout_ = nullptr;
  std::vector<std::int64_t> totals_;  // all words of a unit row, then those of the next
  std::size_t stride_ = 0;
  std::int64_t rows_left_ = 0;        // so many may come, whichever unit they belong to
};

}  // namespace xize::blockwise
