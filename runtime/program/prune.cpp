#include "runtime/program/build.h"
#include "runtime/program/roots.h"
#include "runtime/program/visit.h"

namespace xize::program {
namespace {

// The ops that stay: those that are read, or needed by one that is.
std::vector<bool> live_ops(const Program& program) {
  std::vector<OpId> roots = kept_ops(program);
  for (const OpId op : engine_ops(program)) roots.push_back(op);
  return needed_ops(program, roots);
}

}  // namespace

void prune(Program& program) {
  const std::vector<bool> live = live_ops(program);
  std::vector<OpId> renamed(program.ops.size());
  base::Store<OpId, Op> kept;
  for (std::size_t i = 0; i < program.ops.size(); ++i) {
    if (live[i]) renamed[i] = kept.add(std::move(program.ops[program.ops.id_at(i)]));
  }
  const auto rename = [&](OpId& op) {
    if (op) op = renamed[op.index];
  };
  for (Op& op : kept) {
    for (OpId& operand : op.operands) rename(operand);
  }
  visit_kept(program, rename);
  visit_engine(program, rename);
  visit_keys(program, rename);
  program.ops = std::move(kept);
}

}  // namespace xize::program
