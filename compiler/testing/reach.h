// reach: which ops a value depends on, and so which inputs, nodes and data checks concern a test.
#pragma once

#include <vector>

#include "runtime/program/program.h"

namespace xize::testing {

class Reach {
 public:
  // Everything that the roots depend on; roots that are not valid are left out.
  Reach(const program::Program& program, const std::vector<program::OpId>& roots);

  [[nodiscard]] bool has(program::OpId op) const { return op.valid() && seen_[op.index]; }
  // The ops in it that read a cell or a parameter, in order.
  [[nodiscard]] std::vector<program::OpId> reads() const;

 private:
  const program::Program& program_;
  std::vector<bool> seen_;
};

}  // namespace xize::testing
