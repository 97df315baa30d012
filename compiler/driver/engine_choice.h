// engine_choice: who computes a run: the interpreter, or blocks, or blocks with compiled code.
// In: what was asked for, the opened data. Out: the choice with what decided it, and who compiles.
// Must hold: every choice gives the same outcome; LLVM is loaded only when something is compiled.
#pragma once

#include <cstddef>
#include <cstdint>

#include "compiler/diagnostics/sink.h"
#include "runtime/blockwise/machine.h"
#include "runtime/io/data_set.h"

namespace xize::driver {

// Who computes. Auto: the interpreter; blocks where there are many records or units; and where
// there are very many, compiled code what can be proved of them.
enum class Engine : std::uint8_t { Auto, Interpreter, Blocks, Compiled };

// Who computed a run, and what that was decided by.
struct EngineChoice {
  Engine asked = Engine::Auto;
  bool in_blocks = false;            // the interpreter otherwise
  std::size_t unit_rows = 0;
  std::uintmax_t record_bytes = 0;   // of all files of records
};
// As many rows of units, or bytes of records, make blocks pay.
inline constexpr std::size_t kUnitRowsForBlocks = 4096;
inline constexpr std::uintmax_t kRecordBytesForBlocks = std::uintmax_t{1} << 20;
// As many rows of one stage make loading LLVM and compiling pay.
inline constexpr std::uint64_t kRowsForCompiling = std::uint64_t{1} << 18;

// False after reporting that what was asked for is not there.
bool find_engine(Engine asked, diagnostics::Sink& sink);

EngineChoice choose_engine(Engine asked, const io::DataSet& data);

// Who compiles for blocks, and from how many rows of a stage on.
blockwise::Machine machine_for(Engine asked);

}  // namespace xize::driver
