// storage: where values live while a program runs. Values that a later stage or the outcome needs
// stand in columns, one value for each unit row (one in all for constants); all others only for the
// unit, group or row at hand.
#pragma once

#include <vector>

#include "runtime/interpreter/use.h"
#include "runtime/program/program.h"

namespace xize::interpreter {

class Storage {
 public:
  Storage(const program::Program& program, std::size_t row_count);

  // The value of an op for a unit row; of an op that is not stored, the one set last.
  [[nodiscard]] const Value& get(OpId op, std::size_t row) const {
    if (!stored_[op.index]) return scratch_[op.index];
    const auto& column = columns_[op.index];
    return column.size() == 1 ? column.front() : column[row];
  }
  void set(OpId op, std::size_t row, Value value) {
    (stored_[op.index] ? columns_[op.index][row] : scratch_[op.index]) = std::move(value);
  }
  void set_column(OpId op, std::vector<Value> values) { columns_[op.index] = std::move(values); }
  // Only of stored ops.
  [[nodiscard]] const std::vector<Value>& column(OpId op) const { return columns_[op.index]; }
  [[nodiscard]] bool is_stored(OpId op) const { return stored_[op.index]; }

  // The columns of the kept ops; all others are dropped.
  std::vector<std::vector<Value>> take_kept();

 private:
  const program::Program& program_;
  std::vector<bool> stored_;
  std::vector<std::vector<Value>> columns_;
  std::vector<Value> scratch_;
};

}  // namespace xize::interpreter
