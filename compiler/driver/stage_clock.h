// stage_clock: what each stage of a run cost, from what the engine says of its progress.
// In: the program, how many rows the units have, progress in the order of the stages. Out: the time
// each stage took, and how many records or units it read.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/program/program.h"

namespace xize::driver {

// How long a stage took, and how many records or units it read.
struct StageCost {
  std::chrono::nanoseconds time{};
  std::uint64_t rows = 0;
};

// Runs from the first progress of a stage to the first of the next one.
class StageClock {
 public:
  StageClock(const program::Program& program, std::size_t unit_rows)
      : program_(program), unit_rows_(unit_rows), costs_(program.stages.size()) {}

  void take(const engine::Progress& progress);
  // Ends the last stage. What each cost, by stage.
  std::vector<StageCost> stop();

 private:
  void begin(std::size_t stage);
  void end();

  const program::Program& program_;
  std::size_t unit_rows_;
  std::vector<StageCost> costs_;
  std::optional<std::size_t> running_;
  std::chrono::steady_clock::time_point since_;
};

}  // namespace xize::driver
