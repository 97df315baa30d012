// reach: which ops a value depends on, and so which inputs, nodes and data checks concern a test.
#pragma once

#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/program/program.h"

namespace xize::whatif {

class Reach {
 public:
  // Everything that the roots may depend on; roots that are not valid are left out.
  Reach(const program::Program& program, const std::vector<program::OpId>& roots);
  // Only what they used in one traced row: of a choice the branch that was taken.
  Reach(const program::Program& program, const std::vector<program::OpId>& roots,
        const engine::Outcome& outcome, std::size_t row);

  [[nodiscard]] bool has(program::OpId op) const { return op.valid() && seen_[op.index]; }
  // The ops in it that read a cell or a parameter, in order.
  [[nodiscard]] std::vector<program::OpId> reads() const;

 private:
  void run(std::vector<program::OpId> open);
  // The operands that an op used.
  void add_used(program::OpId id, std::vector<program::OpId>& open) const;
  // The value of a boolean operand of the traced row; nothing where it is not known.
  [[nodiscard]] std::optional<bool> truth(program::OpId id) const;

  const program::Program& program_;
  const engine::Outcome* outcome_ = nullptr;
  std::size_t row_ = 0;
  std::vector<bool> seen_;
};

}  // namespace xize::whatif
