// emit: a kernel as LLVM IR: one loop that takes several rows at once, as vectors (lanes.h).
#pragma once

#include <memory>

#include <llvm/IR/Module.h>

#include "runtime/kernel/kernel.h"

namespace xize::jit::native {

// The name of the function of a module that `emit` made.
inline constexpr const char* kFunctionName = "kernel";

// A module with one function of the type kernel::Function.
std::unique_ptr<llvm::Module> emit(const kernel::Kernel& kernel, llvm::LLVMContext& context);

}  // namespace xize::jit::native
