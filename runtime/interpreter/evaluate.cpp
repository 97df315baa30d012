#include <algorithm>

#include "runtime/interpreter/scalar.h"
#include "runtime/interpreter/state.h"
#include "runtime/program/roots.h"

namespace xize::interpreter {
namespace {

using program::Level;
using program::Op;
using program::Opcode;

// A cell in error is a fault of the column that holds it.
Value read_cell(const Value& cell, OpId id) {
  if (const auto* f = std::get_if<Fault>(&cell)) return Fault{f->kind, id.index};
  return cell;
}

Value read_parameter(const State& state, std::uint32_t slot) {
  const auto& given = state.options.parameters;
  if (slot < given.size() && given[slot]) return *given[slot];
  const auto& fallback = state.program.parameters[slot].default_value;
  return fallback ? *fallback : Value(value::Missing{});
}

Value evaluate_leaf(const State& state, OpId id, std::size_t row, std::span<const Value> cells) {
  const Op& op = state.op(id);
  switch (op.code) {
    case Opcode::constant: return state.program.constants[op.imm];
    case Opcode::parameter: return read_parameter(state, op.imm);
    case Opcode::fault: return fault(static_cast<FaultKind>(op.imm), id);
    case Opcode::period: return state.units.period_value(state.units.rows().period(row));
    case Opcode::is_unit_in: {
      const auto& set = state.sets[op.imm];
      return std::binary_search(set.begin(), set.end(), state.units.rows().unit(row));
    }
    default:  // column
      if (op.level == Level::Row) return read_cell(cells[op.imm], id);
      return read_cell(state.units.rows().at(row, op.imm), id);
  }
}

// `事项 in top 10 事项 by …`: the keys were found by an earlier scan; a fault there is a fault here.
Value row_in_keys(const State& state, const Op& op, const Operands& operands, std::size_t row) {
  if (const auto f = fault_of(operands[0], op.operands[0])) return *f;
  if (const auto f = fault_of(operands[1], op.operands[1])) return *f;
  const auto& keys = state.top_keys.at(op.operands[1])[row];
  return std::binary_search(keys.begin(), keys.end(), operands[0], value::ValueBefore());
}

}  // namespace

State::State(const program::Program& p, const table::UnitTable& u, const engine::RunOptions& o)
    : program(p),
      units(u),
      options(o),
      calendar(o.calendar != nullptr ? *o.calendar : weekdays),
      storage(p, u.rows().row_count(),
              o.only_results ? program::result_ops(p) : program::kept_ops(p)),
      faulty(u.rows().row_count(), false),
      group_ops(p.groupings.size()) {
  for (const auto& names : p.unit_sets) {
    std::vector<std::uint32_t> numbers;
    for (const std::string& name : names) {
      if (const auto unit = u.find_unit(name)) numbers.push_back(*unit);
    }
    std::sort(numbers.begin(), numbers.end());
    sets.push_back(std::move(numbers));
  }
  for (std::size_t i = 0; i < p.ops.size(); ++i) {
    const OpId id = p.ops.id_at(i);
    if (p.ops[id].level == Level::Group) group_ops[p.ops[id].grouping].push_back(id);
  }
  outcome.selections.resize(p.row_selections.size());
  outcome.traced_rows = o.trace_rows;
  outcome.traces.assign(o.trace_rows.size(), std::vector<Value>(p.ops.size()));
}

Operands operands_of(const State& state, OpId id, std::size_t row,
                     std::vector<const Value*>& buffer) {
  const Op& op = state.op(id);
  buffer.clear();
  for (const OpId operand : op.operands) buffer.push_back(&state.storage.get(operand, row));
  return {op.operands, buffer};
}

Value evaluate(const State& state, OpId id, std::size_t row, std::span<const Value> cells) {
  const Op& op = state.op(id);
  if (program::facts(op.code).shape == program::Shape::Leaf) {
    return evaluate_leaf(state, id, row, cells);
  }
  std::vector<const Value*> buffer;
  buffer.reserve(op.operands.size());
  const Operands operands = operands_of(state, id, row, buffer);
  if (op.code == Opcode::row_in_keys) return row_in_keys(state, op, operands, row);
  return apply_scalar(op, id, operands, state.calendar);
}

void test_check(State& state, std::uint32_t check, engine::Violation where) {
  const OpId condition = state.program.checks[check].condition;
  const auto* holds = std::get_if<bool>(&state.storage.get(condition, where.row));
  if (holds == nullptr || *holds) return;  // what cannot be computed says nothing
  where.check = check;
  state.faulty[where.row] = true;
  state.outcome.violations.push_back(where);
}

}  // namespace xize::interpreter
