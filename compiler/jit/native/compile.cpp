// From a kernel to a function: LLVM's own passes for this machine, then its ORC compiler.
#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>

#include "compiler/jit/native/emit.h"
#include "compiler/jit/jit.h"

namespace xize::jit::native {
namespace {

llvm::OptimizationLevel level_of(int optimisation) {
  using Level = llvm::OptimizationLevel;
  const std::array<Level, 4> levels{Level::O0, Level::O1, Level::O2, Level::O3};
  return levels.at(static_cast<std::size_t>(std::clamp(optimisation, 0, 3)));
}

class LlvmCompiler final : public kernel::Compiler {
 public:
  LlvmCompiler(std::unique_ptr<llvm::orc::LLJIT> jit,
               std::unique_ptr<llvm::TargetMachine> machine, int optimisation)
      : jit_(std::move(jit)), machine_(std::move(machine)), optimisation_(optimisation) {}

  kernel::Function compile(const kernel::Kernel& kernel) override {
    const std::lock_guard lock(mutex_);
    const auto [it, is_new] = known_.try_emplace(kernel, nullptr);
    if (is_new) it->second = compile_new(kernel);
    return it->second;
  }

 private:
  kernel::Function compile_new(const kernel::Kernel& kernel) {
    auto context = std::make_unique<llvm::LLVMContext>();
    auto module = emit(kernel, *context);
    module->setDataLayout(machine_->createDataLayout());
    module->setTargetTriple(machine_->getTargetTriple().str());
    const std::string name = "kernel" + std::to_string(known_.size());
    llvm::Function* function = module->getFunction(kFunctionName);
    function->setName(name);
    function->addFnAttr("target-cpu", machine_->getTargetCPU());
    function->addFnAttr("target-features", machine_->getTargetFeatureString());
    if (llvm::verifyModule(*module)) return nullptr;
    optimise(*module);
    return add(llvm::orc::ThreadSafeModule(std::move(module), std::move(context)), name);
  }

  void optimise(llvm::Module& module) {
    llvm::LoopAnalysisManager loops;
    llvm::FunctionAnalysisManager functions;
    llvm::CGSCCAnalysisManager calls;
    llvm::ModuleAnalysisManager modules;
    llvm::PassBuilder passes(machine_.get());
    passes.registerModuleAnalyses(modules);
    passes.registerCGSCCAnalyses(calls);
    passes.registerFunctionAnalyses(functions);
    passes.registerLoopAnalyses(loops);
    passes.crossRegisterProxies(loops, functions, calls, modules);
    const llvm::OptimizationLevel level = level_of(optimisation_);
    auto pipeline = level == llvm::OptimizationLevel::O0
                        ? passes.buildO0DefaultPipeline(level)
                        : passes.buildPerModuleDefaultPipeline(level);
    pipeline.run(module, modules);
  }

  kernel::Function add(llvm::orc::ThreadSafeModule module, const std::string& name) {
    if (llvm::Error failure = jit_->addIRModule(std::move(module))) {
      llvm::consumeError(std::move(failure));
      return nullptr;
    }
    auto address = jit_->lookup(name);
    if (!address) {
      llvm::consumeError(address.takeError());
      return nullptr;
    }
    return address->toPtr<kernel::Function>();
  }

  std::mutex mutex_;
  std::unique_ptr<llvm::orc::LLJIT> jit_;
  std::unique_ptr<llvm::TargetMachine> machine_;
  int optimisation_;
  std::map<kernel::Kernel, kernel::Function> known_;  // the same kernel is compiled once
};

// Null where a part of LLVM says no.
template <class T>
std::unique_ptr<T> taken(llvm::Expected<std::unique_ptr<T>> made) {
  if (made) return std::move(*made);
  llvm::consumeError(made.takeError());
  return nullptr;
}

kernel::Compiler* open(int optimisation) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  auto host = llvm::orc::JITTargetMachineBuilder::detectHost();
  if (!host) {
    llvm::consumeError(host.takeError());
    return nullptr;
  }
  auto machine = taken(host->createTargetMachine());
  auto jit = taken(llvm::orc::LLJITBuilder().setJITTargetMachineBuilder(std::move(*host)).create());
  if (machine == nullptr || jit == nullptr) return nullptr;
  return new LlvmCompiler(std::move(jit), std::move(machine), optimisation);
}

}  // namespace
}  // namespace xize::jit::native

extern "C" [[gnu::visibility("default")]] xize::kernel::Compiler* xize_jit_open(int optimisation) {
  return xize::jit::native::open(optimisation);
}
