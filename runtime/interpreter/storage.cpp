#include "runtime/interpreter/storage.h"

#include "runtime/program/roots.h"

namespace xize::interpreter {
namespace {

using program::Level;
using program::Op;
using program::Program;
using program::Shape;
using program::Stage;
using program::StageKind;

// By op: the stage that computes it.
std::vector<std::size_t> home_stages(const Program& program) {
  std::vector<std::size_t> home(program.ops.size(), 0);
  for (std::size_t s = 0; s < program.stages.size(); ++s) {
    for (const OpId op : program.stages[s].ops) home[op.index] = s;
  }
  return home;
}

// Unit ops whose values outlive the evaluation of one unit row.
std::vector<bool> stored_ops(const Program& program, const std::vector<OpId>& kept) {
  std::vector<bool> stored(program.ops.size(), false);
  const auto home = home_stages(program);
  for (std::size_t i = 0; i < program.ops.size(); ++i) {
    const Op& op = program.ops[program.ops.id_at(i)];
    const Shape shape = program::facts(op.code).shape;
    const bool outside_units = shape == Shape::Population || program.stages[home[i]].kind !=
                                                                 StageKind::Unit;
    if (outside_units && op.level != Level::Row) stored[i] = true;
    for (const OpId operand : op.operands) {
      const bool elsewhere = home[operand.index] != home[i] || op.level == Level::Row;
      if (elsewhere || shape == Shape::Population) stored[operand.index] = true;
    }
  }
  for (const OpId op : kept) stored[op.index] = true;
  for (const OpId op : program::engine_ops(program)) stored[op.index] = true;
  for (std::size_t i = 0; i < program.ops.size(); ++i) {
    const Level level = program.ops[program.ops.id_at(i)].level;
    if (level == Level::Row || level == Level::Group) stored[i] = false;
  }
  return stored;
}

}  // namespace

Storage::Storage(const Program& program, std::size_t row_count, std::vector<OpId> kept)
    : kept_(std::move(kept)),
      stored_(stored_ops(program, kept_)),
      columns_(program.ops.size()),
      scratch_(program.ops.size()) {
  for (std::size_t i = 0; i < stored_.size(); ++i) {
    if (!stored_[i]) continue;
    const bool constant = program.ops[program.ops.id_at(i)].level == Level::Constant;
    columns_[i] = value::PackedValues(constant ? 1 : row_count);
  }
}

void Storage::set_column(OpId op, std::span<const Value> values) {
  columns_[op.index] = value::PackedValues(values);
  scratch_[op.index].row = kNoRow;
}

void Storage::fetch(OpId op, std::size_t row) const {
  const value::PackedValues& column = columns_[op.index];
  Scratch& scratch = scratch_[op.index];
  scratch.value = column.at(column.size() == 1 ? 0 : row);
  scratch.row = row;
}

std::vector<value::PackedValues> Storage::take_kept() {
  std::vector<value::PackedValues> kept(columns_.size());
  for (const OpId op : kept_) {
    columns_[op.index].pack();
    kept[op.index] = std::move(columns_[op.index]);
  }
  return kept;
}

}  // namespace xize::interpreter
