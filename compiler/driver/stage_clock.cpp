#include "compiler/driver/stage_clock.h"

#include <algorithm>
#include <utility>

namespace xize::driver {

void StageClock::take(const engine::Progress& progress) {
  if (running_ != progress.stage) begin(progress.stage);
  StageCost& cost = costs_[progress.stage];
  cost.rows = std::max(cost.rows, progress.rows);
}

std::vector<StageCost> StageClock::stop() {
  end();
  return std::move(costs_);
}

void StageClock::begin(std::size_t stage) {
  using program::StageKind;
  end();
  running_ = stage;
  const StageKind kind = program_.stages[stage].kind;
  if (kind == StageKind::Unit || kind == StageKind::Population) costs_[stage].rows = unit_rows_;
  since_ = std::chrono::steady_clock::now();
}

void StageClock::end() {
  if (running_) costs_[*running_].time += std::chrono::steady_clock::now() - since_;
  running_.reset();
}

}  // namespace xize::driver
