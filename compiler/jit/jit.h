// jit: kernels as machine code, by LLVM. The code that knows LLVM (native/) is a module of its own,
// which is loaded when somebody first wants a compiler; so it costs nothing where it is not used.
#pragma once

#include <memory>

#include "runtime/kernel/kernel.h"

namespace xize::jit {

// Was the program built with it.
bool is_built();

// A compiler that optimises that much (0 to 3); null where the module is not there, or this
// machine is none that LLVM knows. The module stays loaded.
std::unique_ptr<kernel::Compiler> load(int optimisation);

// The module's one function, and its name: a compiler that the caller deletes, or null.
using Open = kernel::Compiler* (*)(int optimisation);
inline constexpr const char* kOpen = "xize_jit_open";

}  // namespace xize::jit
