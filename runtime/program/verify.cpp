#include "runtime/program/verify.h"

#include <fmt/format.h>

#include "runtime/program/verify_ops.h"
#include "runtime/program/visit.h"

namespace xize::program {
namespace {

// Follows the stages in order and notes when each op becomes available.
class StageCheck {
 public:
  StageCheck(const Program& program, std::vector<std::string>& out)
      : program_(program), out_(out), done_(program.ops.size(), false) {}

  void run() {
    std::vector<int> checks(program_.checks.size(), 0);
    for (std::size_t s = 0; s < program_.stages.size(); ++s) {
      const Stage& stage = program_.stages[s];
      rows_.assign(program_.ops.size(), false);
      if (!stage.rows.empty() && stage.kind != StageKind::Aggregate) {
        out_.push_back(fmt::format("stage {}: row ops outside a scan", s));
      }
      for (const OpId id : stage.rows) row_op(s, id);
      std::vector<OpId> scanned;
      for (const OpId id : stage.ops) result(s, id);
      for (const std::uint32_t i : stage.checks) ++checks[i];
    }
    for (std::size_t i = 0; i < program_.ops.size(); ++i) {
      if (!done_[i] && at(i).level != Level::Row) {
        out_.push_back(fmt::format("%{} ({}) stands in no stage", i, facts(at(i).code).name));
      }
    }
    for (std::size_t i = 0; i < checks.size(); ++i) {
      if (checks[i] != 1) out_.push_back(fmt::format("check {} stands in {} stages", i, checks[i]));
    }
  }

 private:
  [[nodiscard]] const Op& at(std::size_t i) const { return program_.ops[program_.ops.id_at(i)]; }

  void row_op(std::size_t s, OpId id) {
    const Op& op = program_.ops[id];
    const Stage& stage = program_.stages[s];
    if (op.level != Level::Row || op.table != stage.table) {
      out_.push_back(fmt::format("stage {}: %{} is no row op of its table", s, id.index));
    }
    operands_available(s, id);
    rows_[id.index] = true;
  }

  void result(std::size_t s, OpId id) {
    const Op& op = program_.ops[id];
    const Stage& stage = program_.stages[s];
    if (done_[id.index]) {
      out_.push_back(fmt::format("%{} stands in two stages", id.index));
    }
    if (!fits(op, stage)) {
      out_.push_back(fmt::format("stage {}: %{} ({}) does not belong in it", s, id.index,
                                 facts(op.code).name));
    }
    operands_available(s, id);
    done_[id.index] = true;
  }

  static bool fits(const Op& op, const Stage& stage) {
    const Shape shape = facts(op.code).shape;
    switch (stage.kind) {
      case StageKind::Constant: return op.level == Level::Constant;
      case StageKind::Population: return shape == Shape::Population;
      case StageKind::Aggregate: return shape == Shape::Fold && op.table == stage.table;
      case StageKind::Unit:
        return shape != Shape::Population && op.level != Level::Constant &&
               op.level != Level::Row && !(shape == Shape::Fold && op.table != kNoTable);
    }
    return false;
  }

  void operands_available(std::size_t s, OpId id) {
    for (const OpId operand : program_.ops[id].operands) {
      const bool is_row = program_.ops[operand].level == Level::Row;
      if (is_row ? rows_[operand.index] : done_[operand.index]) continue;
      out_.push_back(fmt::format("stage {}: %{} reads %{}, which is not there yet", s, id.index,
                                 operand.index));
    }
  }

  const Program& program_;
  std::vector<std::string>& out_;
  std::vector<bool> done_;
  std::vector<bool> rows_;  // row ops of the stage at hand
};

void check_meaning(const Program& program, std::vector<std::string>& out) {
  visit_kept(program, [&](OpId op) {
    if (!op) return;
    if (op.index >= program.ops.size()) {
      out.push_back(fmt::format("meaning names %{}, which does not exist", op.index));
    } else if (program.ops[op].level > Level::Unit) {
      out.push_back(fmt::format("meaning names %{}, which is no unit op", op.index));
    }
  });
  for (const Node& node : program.nodes) {
    if (node.rubric >= program.rubrics.size()) out.push_back("a node belongs to no rubric");
    if (!node.score) out.push_back(fmt::format("node {} has no score", node.name));
    for (const Contribution& c : node.contributions) {
      if (c.parent >= static_cast<int>(node.contributions.size())) {
        out.push_back(fmt::format("a clause of {} has a parent that does not exist", node.name));
      }
    }
  }
}

}  // namespace

std::vector<std::string> verify(const Program& program) {
  std::vector<std::string> out;
  if (const auto fault = table::find_schema_fault(program.schema)) out.push_back(*fault);
  verify_ops(program, out);
  if (!out.empty()) return out;
  StageCheck(program, out).run();
  check_meaning(program, out);
  return out;
}

}  // namespace xize::program
