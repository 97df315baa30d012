// fold: one aggregate while its rows arrive (language §4, aggregates): `add` for each row, then
// `result`. Nothing depends on the order of the rows, except that `fold_last` takes the later of
// two equally late ones.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "runtime/interpreter/use.h"
#include "runtime/program/op.h"
#include "runtime/value/value_order.h"

namespace xize::interpreter {

// How many operands of a fold belong to the row; those behind are numbers of the unit.
std::size_t row_operands(program::Opcode code);

// What the rows of one part of a table come to, for folds that need no more: how many there were,
// their sum, their smallest or largest element.
struct PartialFold {
  std::int64_t count = 0;
  Rational sum;
  bool holds_any = false;
  bool holds_all = true;
  Value best;
  std::optional<Fault> fault;
};

class Fold {
 public:
  Fold() = default;
  explicit Fold(PartialFold part);

  // One row: the values of the op's operands there; operands that are no row values are read by
  // `result`. Where the first operand is false, the row does not count.
  void add(const program::Op& op, const Operands& row);

  // Adds the rows of another fold of the same op, whatever their order; not for `fold_last`.
  void merge(const program::Op& op, const Fold& other);

  // The value after the last row. `unit` holds the operands at the unit; of those that belong to
  // rows the values are not read.
  [[nodiscard]] Value result(const program::Op& op, OpId id, const Operands& unit) const;

  // The keys that `fold_top_keys` found; sorted.
  [[nodiscard]] std::vector<Value> top_keys(const Rational& n) const;

 private:
  void take(const program::Op& op, const Operands& row);
  void take_last(const Value& element, const Value& when);
  [[nodiscard]] Value of_elements(const program::Op& op, OpId id, const Operands& unit) const;
  [[nodiscard]] Value trimmed(const program::Op& op, OpId id, const Operands& unit) const;

  std::int64_t count_ = 0;
  Rational sum_;
  bool holds_any_ = false;
  bool holds_all_ = true;
  Value best_;                        // min, max, last
  Value best_when_;                   // last
  std::vector<Rational> elements_;    // median, best, trim
  std::map<Value, Rational, value::ValueBefore> by_key_;  // distinct, highest, top keys
  std::optional<Fault> fault_;
};

}  // namespace xize::interpreter
