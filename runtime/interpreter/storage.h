// storage: where values live while a program runs. Values that a later stage or the outcome needs
// stand in packed columns, one value for each unit row (one in all for constants); all others only
// for the unit, group or row at hand.
// Must hold: `get` is for one thread; several may read packed columns.
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "runtime/interpreter/use.h"
#include "runtime/program/program.h"
#include "runtime/value/packed_values.h"

namespace xize::interpreter {

class Storage {
 public:
  // `kept`: the ops whose columns are taken at the end.
  Storage(const program::Program& program, std::size_t row_count, std::vector<OpId> kept);

  // The value of an op for a unit row; of an op that is not stored, the one set last. Until the op
  // is read for another row.
  [[nodiscard]] const Value& get(OpId op, std::size_t row) const {
    Scratch& scratch = scratch_[op.index];
    if (stored_[op.index] && scratch.row != row) fetch(op, row);
    return scratch.value;
  }
  void set(OpId op, std::size_t row, Value value) {
    Scratch& scratch = scratch_[op.index];
    scratch.value = std::move(value);
    scratch.row = row;
    if (stored_[op.index]) columns_[op.index].set(row, scratch.value);
  }
  void set_column(OpId op, std::span<const Value> values);
  // The rows from number * kPartRows on; the caller is the only one for them.
  void put(OpId op, std::size_t number, value::PackedPart part) {
    columns_[op.index].put(number, std::move(part));
  }
  // Only of stored ops; packed before several threads read it.
  [[nodiscard]] const value::PackedValues& column(OpId op) const { return columns_[op.index]; }
  void pack(OpId op) { columns_[op.index].pack(); }
  [[nodiscard]] bool is_stored(OpId op) const { return stored_[op.index]; }

  // The columns of the kept ops, packed; all others are dropped.
  std::vector<value::PackedValues> take_kept();

 private:
  // The value at hand, and the row whose it is.
  struct Scratch {
    Value value;
    std::size_t row = kNoRow;
  };
  static constexpr std::size_t kNoRow = std::numeric_limits<std::size_t>::max();

  void fetch(OpId op, std::size_t row) const;

  std::vector<OpId> kept_;
  std::vector<bool> stored_;
  std::vector<value::PackedValues> columns_;
  mutable std::vector<Scratch> scratch_;
};

}  // namespace xize::interpreter
