// machine: who makes kernels into machine code for the stages that blocks compute.
#pragma once

#include <cstdint>
#include <functional>

#include "runtime/kernel/kernel.h"

namespace xize::blockwise {

struct Machine {
  // Called when it pays, as often as needed; empty, or null: there is nobody.
  std::function<kernel::Compiler*()> open;
  std::uint64_t rows_before = 0;  // how many rows a stage has read when it pays
};

}  // namespace xize::blockwise
