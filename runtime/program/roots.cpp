#include "runtime/program/roots.h"

#include <algorithm>

#include "runtime/program/visit.h"

namespace xize::program {
namespace {

void sort_unique(std::vector<OpId>& ops) {
  std::sort(ops.begin(), ops.end());
  ops.erase(std::unique(ops.begin(), ops.end()), ops.end());
}

}  // namespace

std::vector<OpId> kept_ops(const Program& program) {
  std::vector<OpId> ops;
  visit_kept(program, [&](OpId op) {
    if (op) ops.push_back(op);
  });
  sort_unique(ops);
  return ops;
}

std::vector<OpId> result_ops(const Program& program) {
  std::vector<OpId> ops;
  visit_results(program, [&](OpId op) {
    if (op) ops.push_back(op);
  });
  sort_unique(ops);
  return ops;
}

std::vector<OpId> engine_ops(const Program& program) {
  std::vector<OpId> ops;
  visit_engine(program, [&](OpId op) {
    if (op) ops.push_back(op);
  });
  sort_unique(ops);
  return ops;
}

std::vector<bool> needed_ops(const Program& program, const std::vector<OpId>& roots) {
  std::vector<bool> needed(program.ops.size(), false);
  for (const OpId root : roots) needed[root.index] = true;
  for (std::size_t i = program.ops.size(); i-- > 0;) {
    if (!needed[i]) continue;
    const Op& op = program.ops[program.ops.id_at(i)];
    for (const OpId operand : op.operands) needed[operand.index] = true;
    if (op.grouping == kNoGrouping) continue;
    for (const GroupKey& key : program.groupings[op.grouping].keys) {
      if (key.key) needed[key.key.index] = true;
    }
  }
  return needed;
}

}  // namespace xize::program
