// population: a reduction over all units (language §4, population; §6, ranks and quotas).
// Units are compared within one period; with kAcrossPeriods each unit takes part once, by its last
// row that does. A unit takes no part where `who` does not hold, where its value cannot be used,
// or where its data are in error.
#pragma once

#include <vector>

#include "runtime/interpreter/use.h"
#include "runtime/program/op.h"
#include "runtime/table/table.h"

namespace xize::interpreter {

// The unit rows as population ops see them.
struct Population {
  const table::UnitTable& units;
  const std::vector<bool>& faulty;  // by row
};

// The operands of a population op: for each operand the values by unit row; one value stands for
// all rows where the operand is constant.
struct Columns {
  std::vector<OpId> ids;
  std::vector<std::vector<Value>> values;

  [[nodiscard]] std::size_t size() const { return values.size(); }
  [[nodiscard]] const Value& at(std::size_t operand, std::size_t row) const {
    const auto& column = values[operand];
    return column.size() == 1 ? column.front() : column[row];
  }
};

// One population op and what it reads.
struct PopulationOp {
  const program::Op& op;
  OpId id;
  Columns columns;
};

// The value of the op for every unit row.
std::vector<Value> apply_population(const PopulationOp& p, const Population& population);

}  // namespace xize::interpreter
