#include "runtime/blockwise/unit_numbers.h"

#include <algorithm>
#include <atomic>
#include <numeric>

#include "runtime/blockwise/unit_blocks.h"
#include "runtime/blockwise/unit_lanes.h"

namespace xize::blockwise {
namespace {

// What the numbers of a block are over, and how large they are.
struct BlockDens {
  std::vector<std::int64_t> dens;  // one for all rows, or one each
  std::int64_t size = 0;           // no numerator is larger or, below zero, smaller

  [[nodiscard]] std::int64_t of(std::size_t row) const {
    return dens.size() == 1 ? dens.front() : dens[row];
  }
};

// The denominator that all have in common, if the numerators over it fit.
std::optional<std::int64_t> common_den(const std::vector<BlockDens>& blocks) {
  std::int64_t common = 1;
  for (const BlockDens& block : blocks) {
    for (const std::int64_t den : block.dens) {
      if (common % den == 0) continue;
      const Wide shared = Wide{common / std::gcd(common, den)} * den;
      if (!fits(shared)) return std::nullopt;
      common = static_cast<std::int64_t>(shared);
    }
  }
  for (const BlockDens& block : blocks) {
    const std::int64_t least = *std::min_element(block.dens.begin(), block.dens.end());
    if (!fits(Wide{block.size} * (common / least))) return std::nullopt;
  }
  return common;
}

}  // namespace

struct UnitNumbers::Loading {
  const interpreter::State& state;
  std::vector<BlockDens> blocks;
  std::atomic<bool> is_beyond = false;
};

std::optional<UnitNumbers> UnitNumbers::load(interpreter::State& state, OpId operand) {
  state.storage.pack(operand);
  const std::size_t rows = state.storage.column(operand).size();
  UnitNumbers numbers(operand, rows);
  Loading loading{state, std::vector<BlockDens>((rows + kBlockRows - 1) / kBlockRows)};
  for_unit_blocks(rows, [&](std::size_t first, std::size_t count) {
    numbers.load_block(loading, first, count);
  });
  if (loading.is_beyond) return std::nullopt;
  numbers.settle(loading);
  return numbers;
}

void UnitNumbers::load_block(Loading& loading, std::size_t first, std::size_t count) {
  const std::size_t number = first / kBlockRows;
  const value::PackedPart& part = loading.state.storage.column(operand_).part(number);
  Lanes lanes;
  blockwise::load(lanes, loading.state.op(operand_).type, part, count);
  lanes.widen(count);
  std::copy_n(lanes.nums, count, nums_.data() + first);
  BlockDens& block = loading.blocks[number];
  block.size = std::max(lanes.most, -lanes.least);
  if (lanes.one_den) {
    block.dens.assign(1, lanes.den);
  } else {
    block.dens.assign(lanes.dens.data(), lanes.dens.data() + count);
  }
  for (std::size_t r = 0; !lanes.all_plain && r < count; ++r) {
    states_[first + r] = lanes.states[r];
    if (lanes.states[r] == kLeft) loading.is_beyond = true;
  }
}

void UnitNumbers::settle(const Loading& loading) {
  const auto common = common_den(loading.blocks);
  den_ = common.value_or(1);
  if (!common) dens_.resize(nums_.size());
  for_unit_blocks(nums_.size(), [&](std::size_t first, std::size_t count) {
    const BlockDens& block = loading.blocks[first / kBlockRows];
    if (common && block.dens.size() == 1 && block.dens.front() == *common) return;
    for (std::size_t r = 0; r < count; ++r) {
      if (common) {
        nums_[first + r] *= *common / block.of(r);
      } else {
        dens_[first + r] = block.of(r);
      }
    }
  });
}

}  // namespace xize::blockwise
