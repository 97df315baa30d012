#include <set>

#include "runtime/interpreter/scalar.h"
#include "runtime/interpreter/state.h"

namespace xize::interpreter {
namespace {

using program::Op;
using program::Opcode;
using program::Shape;

// The groups of a unit row: every key that a row of any table of the grouping has.
std::set<Value, value::ValueBefore> keys_of(const State& state, std::uint16_t grouping,
                                            std::size_t row) {
  std::set<Value, value::ValueBefore> keys;
  for (const OpId id : state.group_ops[grouping]) {
    const auto it = state.grouped.find(id);
    if (it == state.grouped.end()) continue;
    for (const auto& [key, fold] : it->second[row]) keys.insert(key);
  }
  return keys;
}

// A fold for one group; of a group that has no row of its table, the fold of no rows.
Value fold_in_group(const State& state, OpId id, std::size_t row, const Value& key) {
  std::vector<const Value*> buffer;
  const Operands unit = operands_of(state, id, row, buffer);
  const auto it = state.grouped.find(id);
  if (it != state.grouped.end()) {
    const auto found = it->second[row].find(key);
    if (found != it->second[row].end()) return found->second.result(state.op(id), id, unit);
  }
  return Fold().result(state.op(id), id, unit);
}

}  // namespace

// `average(E by month)`: E for each group, then the average over the groups (language §4).
Value fold_groups(State& state, OpId id, std::size_t row) {
  const Op& op = state.op(id);
  Fold fold;
  std::vector<const Value*> buffer;
  for (const Value& key : keys_of(state, op.grouping, row)) {
    if (const auto* f = std::get_if<Fault>(&key)) return *f;  // a row whose key cannot be used
    for (const OpId inner : state.group_ops[op.grouping]) {
      if (inner > id) break;
      const Op& inner_op = state.op(inner);
      Value value;
      if (inner_op.code == Opcode::group_key) {
        value = key;
      } else if (program::facts(inner_op.code).shape == Shape::Fold) {
        value = fold_in_group(state, inner, row, key);
      } else {
        value = evaluate(state, inner, row);
      }
      state.storage.set(inner, row, std::move(value));
    }
    fold.add(op, operands_of(state, id, row, buffer));
  }
  return fold.result(op, id, operands_of(state, id, row, buffer));
}

}  // namespace xize::interpreter
