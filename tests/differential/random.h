// random: reproducible chance. The same seed gives the same sequence on every machine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace xize::differential {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  // splitmix64.
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  // 0 <= result < n, n > 0.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  // True once in n.
  bool once_in(std::size_t n) { return below(n) == 0; }
  template <class T, std::size_t kSize>
  const T& pick(const std::array<T, kSize>& items) {
    return items[below(kSize)];
  }

 private:
  std::uint64_t state_;
};

}  // namespace xize::differential
