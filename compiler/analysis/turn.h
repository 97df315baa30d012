// Where values that should only rise or only fall turn back.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "runtime/value/rational.h"

namespace xize::analysis {

// The first value that goes against the direction of those before it.
inline std::optional<std::size_t> turn_in(const std::vector<value::Rational>& values) {
  int direction = 0;
  for (std::size_t i = 1; i < values.size(); ++i) {
    const int step = (values[i - 1] < values[i]) - (values[i] < values[i - 1]);
    if (step == 0) continue;
    if (direction != 0 && step != direction) return i;
    direction = step;
  }
  return std::nullopt;
}

}  // namespace xize::analysis
