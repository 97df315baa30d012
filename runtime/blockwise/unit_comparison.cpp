#include "runtime/blockwise/unit_comparison.h"

#include <optional>
#include <utility>

#include "runtime/blockwise/unit_periods.h"
#include "runtime/blockwise/unit_places.h"
#include "runtime/blockwise/unit_totals.h"

namespace xize::blockwise {
namespace {

using program::Op;
using program::Opcode;

// Empty: one of them cannot be loaded.
std::optional<std::vector<UnitNumbers>> load_operands(interpreter::State& state, const Op& op) {
  std::vector<UnitNumbers> operands;
  for (const OpId operand : op.operands) {
    auto numbers = UnitNumbers::load(state, operand);
    if (!numbers) return std::nullopt;
    operands.push_back(std::move(*numbers));
  }
  return operands;
}

// Among the units of a period or of all periods.
bool compare_fields(interpreter::State& state, OpId id, std::vector<UnitNumbers> operands) {
  const Op& op = state.op(id);
  UnitFields fields(state, op, operands);
  const UnitComparison comparison{state, id, op, std::move(operands), std::move(fields)};
  switch (op.code) {
    case Opcode::pop_rank:
    case Opcode::pop_percentile:
    case Opcode::pop_take: return write_places(comparison);
    case Opcode::pop_count:
    case Opcode::pop_sum:
    case Opcode::pop_average:
    case Opcode::pop_min:
    case Opcode::pop_max:
    case Opcode::pop_median: write_totals(comparison); return true;
    default: return false;
  }
}

}  // namespace

bool compare_units(interpreter::State& state, OpId id) {
  auto operands = load_operands(state, state.op(id));
  if (!operands) return false;
  switch (state.op(id).code) {
    case Opcode::pop_previous: write_previous(state, id, operands->front()); return true;
    case Opcode::pop_combine: write_combined(state, id, *operands); return true;
    default: return compare_fields(state, id, std::move(*operands));
  }
}

}  // namespace xize::blockwise
