// Pseudo-random integers that are the same on every machine: SplitMix64, no floating point, none of
// the standard distributions, whose results differ between libraries.
// In: a seed. Out: numbers; equal seeds and equal calls give equal numbers.
#pragma once

#include <cstddef>
#include <cstdint>

namespace xize::generate {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  // From `low` to `high`, both included. The bias of the remainder is below 2^-40 for our ranges.
  int between(int low, int high) {
    const auto width = static_cast<std::uint64_t>(high - low + 1);
    return low + static_cast<int>(next() % width);
  }
  bool chance(int percent) { return between(1, 100) <= percent; }
  template <class List>
  const auto& pick(const List& list) {
    return list[static_cast<std::size_t>(between(0, static_cast<int>(list.size()) - 1))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace xize::generate
