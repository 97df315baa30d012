// How many nodes of each kind a rubric has, for the claims a document makes about itself.
// In: the nodes. Out: for each node the counts of itself and all below it.
// Cost: linear in the nodes.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "compiler/analysis/points.h"

namespace xize::analysis {

// Whose nodes a count holds.
enum class Counted : std::uint8_t { All, Ordinary, Scored };
inline constexpr std::size_t kCountings = 3;
inline constexpr std::size_t kLevels = 5;  // 一级 … 四级指标 at 1 … 4

// One count in each way of counting: bonus and penalty included or not, and without items that
// have no points.
using Counts = std::array<std::int64_t, kCountings>;

// The counts below one node, itself included.
struct Tally {
  std::array<Counts, kLevels> levels{};
  Counts items{};
  std::int64_t bonus_items = 0, penalty_items = 0;
  std::int64_t criteria = 0, boxes = 0, inputs = 0;
  Rational bonus, penalty;  // of the blocks
  bool bonus_known = true, penalty_known = true;
};

// By NodeId.
std::vector<Tally> tally_nodes(const sema::Model& model, const std::vector<Worth>& worths);

}  // namespace xize::analysis
