#include "compiler/testing/reach.h"

namespace xize::testing {

Reach::Reach(const program::Program& program, const std::vector<program::OpId>& roots)
    : program_(program), seen_(program.ops.size(), false) {
  std::vector<program::OpId> open = roots;
  while (!open.empty()) {
    const program::OpId id = open.back();
    open.pop_back();
    if (!id.valid() || seen_[id.index]) continue;
    seen_[id.index] = true;
    const program::Op& op = program.ops[id];
    open.insert(open.end(), op.operands.begin(), op.operands.end());
    if (op.grouping == program::kNoGrouping) continue;
    for (const program::GroupKey& key : program.groupings[op.grouping].keys) {
      open.push_back(key.key);
    }
  }
}

std::vector<program::OpId> Reach::reads() const {
  std::vector<program::OpId> reads;
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    const program::OpId id(i);
    if (!seen_[i]) continue;
    const program::Opcode code = program_.ops[id].code;
    if (code == program::Opcode::column || code == program::Opcode::parameter) reads.push_back(id);
  }
  return reads;
}

}  // namespace xize::testing
