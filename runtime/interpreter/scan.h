// scan: the folds, checks and selections of one aggregate stage while its rows arrive; no row is
// kept, except candidates of a selection.
// In: rows of the stage's table, one after another; folds of other rows that someone else made.
// Out: `finish` leaves the values of the folds in the state.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "runtime/interpreter/selection.h"
#include "runtime/interpreter/state.h"

namespace xize::interpreter {

class Scan final : public table::RowSink {
 public:
  Scan(State& state, const program::Stage& stage);

  void add(const table::RowView& row) override;
  // A row without a period belongs to the unit in each of its periods. Unlike `add` it says nothing
  // of how far the scan is.
  void take(const table::RowView& row);
  // Adds to the fold of the stage's i-th op the rows that `fold` has taken.
  void merge(std::size_t i, std::size_t unit_row, const Fold& fold);
  void merge_group(std::size_t i, std::size_t unit_row, const Value& key, const Fold& fold);
  // Gives the i-th op its values, from folds by unit row that someone else made of all rows. Only
  // of an op without groups and operands of units, to which no row was added; several threads may
  // do so at once, each for other ops.
  void settle(std::size_t i, const std::function<Fold(std::size_t)>& fold_of);
  [[nodiscard]] bool is_untouched(std::size_t i) const { return !keys_[i] && folds_[i].empty(); }
  void finish();

  // By op of the stage: the key of its groups; invalid where it has none.
  [[nodiscard]] std::span<const OpId> keys() const { return keys_; }

 private:
  struct Place {
    std::uint32_t period = 0;
    std::uint64_t line = 0;
  };

  void add_to(const table::RowView& record, std::uint32_t period);
  void fold(std::size_t i, std::size_t row);
  Fold& fold_at(std::size_t i, std::size_t row);
  void finish_fold(std::size_t i, std::size_t row);
  void consider(std::size_t i, std::size_t row, Place place);
  void finish_selection(std::size_t i);
  void report() const;

  State& state_;
  const program::Stage& stage_;
  // By op of the stage, then unit row; of an op to which nothing was added yet none.
  std::vector<std::vector<Fold>> folds_;
  std::vector<std::uint8_t> settled_;  // by op of the stage
  std::vector<OpId> keys_;
  std::vector<std::vector<Candidate>> candidates_;
  std::vector<const Value*> buffer_;
  std::uint64_t rows_ = 0;
};

}  // namespace xize::interpreter
