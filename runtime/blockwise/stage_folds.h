// stage_folds: the folds of one aggregate stage over blocks of rows, on one thread.
// Counts, sums and extremes stand in arrays by unit row; every other fold, and those over groups,
// are the interpreter's own, fed row by row. At the end those of all threads are joined, and become
// the values of the interpreter's scan, or are merged into it where it holds rows as well.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "runtime/blockwise/lanes.h"
#include "runtime/interpreter/scan.h"

namespace xize::blockwise {

// The rows of a block that are to be folded: the unit row of each (or the number of unit rows), and
// which are left out, as those of no unit row are.
struct FoldRows {
  std::span<const std::uint32_t> unit_rows;
  std::span<const std::uint8_t> skipped;
};

// The operands of a fold that belong to rows: where, then the elements.
struct FoldInput {
  std::vector<Operand> operands;
  Operand key;  // of its groups; no lanes: it has none
};

// The rows of a unit row that count, and the sum of their elements over the denominator.
struct FoldTotal {
  std::int64_t count = 0;
  Wide sum = 0;
  std::int64_t den = 1;
};

// One fold.
class StageFold {
 public:
  StageFold(const program::Op& op, std::size_t unit_rows);

  void add(const FoldInput& input, const FoldRows& rows);
  // Counts, sums, averages, any and all.
  void add_total(std::size_t unit_row, const FoldTotal& total);
  // Takes over what another thread folded, if both have it in arrays of one denominator; else
  // nothing is changed.
  bool join(StageFold& other);
  // Nothing but arrays: `settle` may be called instead of `merge_into`.
  [[nodiscard]] bool is_plain() const { return has_arrays_ && folds_.empty(); }
  // Everything so far, as the i-th fold of the scan.
  void settle(interpreter::Scan& scan, std::size_t i) const;
  void merge_into(interpreter::Scan& scan, std::size_t i);

 private:
  void weigh(const FoldInput& input, const FoldRows& rows);
  void blame(std::uint32_t unit_row, RowState fault);
  void add_numbers(const Lanes& element, const FoldRows& rows);
  void add_extremes(const Lanes& element, const FoldRows& rows);
  void add_row_by_row(const FoldInput& input, const FoldRows& rows);
  // The arrays as one fold of a unit row.
  [[nodiscard]] interpreter::Fold fold_of(std::size_t unit_row) const;
  // Moves the arrays into the folds, so that they can hold numbers of another denominator.
  void change_den(std::int64_t den);

  const program::Op& op_;
  std::size_t unit_rows_;
  bool has_arrays_;
  std::int64_t den_ = 1;
  std::vector<std::int64_t> counts_;
  std::vector<Wide> sums_;               // sum, average; of any and all how many hold
  std::vector<std::int64_t> best_;       // min, max
  std::vector<RowState> faults_;         // the earliest; kPlain: none
  std::vector<interpreter::Fold> folds_; // empty until needed
  std::vector<interpreter::FoldsByKey> groups_;
  std::array<std::uint8_t, kBlockRows> weights_{};  // does the row count
};

}  // namespace xize::blockwise
