#include "compiler/driver/engine_choice.h"

#include <filesystem>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/jit/jit.h"

namespace xize::driver {
namespace {

std::uintmax_t record_bytes(const io::DataSet& data) {
  std::uintmax_t bytes = 0;
  for (const auto& files : data.files.records) {
    for (const io::RecordFile& file : files) {
      std::error_code unknown;
      const auto size = std::filesystem::file_size(file.path, unknown);
      if (!unknown) bytes += size;
    }
  }
  return bytes;
}

// One for all runs. It is never deleted: LLVM has things of its own to end with the program.
kernel::Compiler* kernel_compiler() {
  constexpr int kOptimisation = 2;
  static kernel::Compiler* const compiler = jit::load(kOptimisation).release();
  return compiler;
}

}  // namespace

bool find_engine(Engine asked, diagnostics::Sink& sink) {
  if (asked != Engine::Compiled || (jit::is_built() && kernel_compiler() != nullptr)) return true;
  sink.report_at<diagnostics::kinds::BuiltWithoutCompiler>(diagnostics::Nowhere{});
  return false;
}

EngineChoice choose_engine(Engine asked, const io::DataSet& data) {
  EngineChoice choice{asked, false, data.units.rows().row_count(), record_bytes(data)};
  const bool is_large = choice.unit_rows >= kUnitRowsForBlocks ||
                        choice.record_bytes >= kRecordBytesForBlocks;
  choice.in_blocks = asked == Engine::Auto ? is_large : asked != Engine::Interpreter;
  return choice;
}

blockwise::Machine machine_for(Engine asked) {
  if (asked == Engine::Blocks || !jit::is_built()) return {};
  return {.open = kernel_compiler,
          .rows_before = asked == Engine::Compiled ? 0 : kRowsForCompiling};
}

}  // namespace xize::driver
