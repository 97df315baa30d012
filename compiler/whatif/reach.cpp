#include "compiler/whatif/reach.h"

namespace xize::whatif {

using program::Opcode;
using program::OpId;

Reach::Reach(const program::Program& program, const std::vector<OpId>& roots)
    : program_(program), seen_(program.ops.size(), false) {
  run(roots);
}

Reach::Reach(const program::Program& program, const std::vector<OpId>& roots,
             const engine::Outcome& outcome, std::size_t row)
    : program_(program), outcome_(&outcome), row_(row), seen_(program.ops.size(), false) {
  run(roots);
}

void Reach::run(std::vector<OpId> open) {
  while (!open.empty()) {
    const OpId id = open.back();
    open.pop_back();
    if (!id.valid() || seen_[id.index]) continue;
    seen_[id.index] = true;
    add_used(id, open);
    const program::Op& op = program_.ops[id];
    if (op.grouping == program::kNoGrouping) continue;
    for (const program::GroupKey& key : program_.groupings[op.grouping].keys) {
      open.push_back(key.key);
    }
  }
}

std::optional<bool> Reach::truth(OpId id) const {
  // Of rows and groups no single value is kept.
  const program::Level level = program_.ops[id].level;
  const bool single = level == program::Level::Unit || level == program::Level::Constant;
  if (outcome_ == nullptr || !single || !outcome_->has(id, row_)) return std::nullopt;
  const value::Value found = outcome_->value(id, row_);
  const bool* yes = std::get_if<bool>(&found);
  return yes == nullptr ? std::nullopt : std::optional(*yes);
}

void Reach::add_used(OpId id, std::vector<OpId>& open) const {
  const program::Op& op = program_.ops[id];
  const auto first = op.operands.empty() ? std::optional<bool>() : truth(op.operands[0]);
  const bool is_na = op.code == Opcode::is_na && outcome_ != nullptr;
  if (is_na && truth(id) != std::optional(true)) return;  // no neutral value is 不涉及
  if (op.code == Opcode::select && first) {
    open.push_back(op.operands[0]);
    open.push_back(op.operands[*first ? 1 : 2]);
    return;
  }
  const bool decided =
      first && ((op.code == Opcode::and_ && !*first) || (op.code == Opcode::or_ && *first));
  if (decided) {
    open.push_back(op.operands[0]);
    return;
  }
  open.insert(open.end(), op.operands.begin(), op.operands.end());
}

std::vector<OpId> Reach::reads() const {
  std::vector<OpId> reads;
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    const OpId id(i);
    if (!seen_[i]) continue;
    const Opcode code = program_.ops[id].code;
    if (code == Opcode::column || code == Opcode::parameter) reads.push_back(id);
  }
  return reads;
}

}  // namespace xize::whatif
