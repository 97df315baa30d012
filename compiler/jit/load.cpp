#include <filesystem>
#include <string_view>

#include <dlfcn.h>

#include "compiler/jit/jit.h"

namespace xize::jit {
namespace {

// Where the build left the module; empty if it made none.
constexpr std::string_view kBuilt = XIZE_JIT_MODULE;

// Beside the program, or where the build left it.
void* load_module() {
  namespace fs = std::filesystem;
  const fs::path built(kBuilt);
  std::error_code unknown;
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
  for (const fs::path& path : {program.parent_path() / built.filename(), built}) {
    if (void* module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) return module;
  }
  return nullptr;
}

}  // namespace

bool is_built() { return !kBuilt.empty(); }

std::unique_ptr<kernel::Compiler> load(int optimisation) {
  void* module = is_built() ? load_module() : nullptr;
  if (module == nullptr) return nullptr;
  const auto open = reinterpret_cast<Open>(dlsym(module, kOpen));
  return std::unique_ptr<kernel::Compiler>(open == nullptr ? nullptr : open(optimisation));
}

}  // namespace xize::jit
