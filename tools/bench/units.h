// The limit for the workload of units: `policies/units.xize` written by hand, exact.
// In: the file, or columns in memory. Out: a score in hundredths and a grade for each unit.
// Must hold: the same digits as `xize score` (tests/bench).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/bench/result.h"

namespace xize::bench {

// A block of units, column by column.
struct UnitBlock {
  static constexpr std::size_t kRows = 1024;
  static constexpr std::uint16_t kMissing = 0xffff;
  template <class T>
  using Column = std::array<T, kRows>;
  alignas(64) Column<std::uint16_t> matters, at_once, online, legal, promised, cases, late;
  alignas(64) Column<std::uint16_t> satisfied;  // thousandths
  alignas(64) Column<std::uint8_t> kind, bad, complaints, errors, delay, news;
  alignas(64) Column<std::uint8_t> prize;  // 0 of the state, 1 province, 2 city, 3 none
  alignas(64) Column<std::uint8_t> mark;   // halves of a point
  alignas(64) Column<std::uint8_t> connected, regulated, leaked;
  std::size_t rows = 0;
};

// Scores a block; room for kRows results.
void score(const UnitBlock& block, Result* results);

// Nothing if the file cannot be read or has another form.
std::optional<std::vector<UnitBlock>> load_units(const std::string& folder);

void score_units(const std::vector<UnitBlock>& blocks, int threads, std::vector<Result>& results);
// Reads and scores without keeping units.
std::optional<std::vector<Result>> score_unit_file(const std::string& folder, int threads);

}  // namespace xize::bench
