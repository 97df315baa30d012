// What a value depends on: columns, tables and parameters, as classes that do not influence each
// other.
// In: the numbers that variables.h gives to them. Out: whether two values can vary apart.
// Must hold: sets stay small; one with more than kReadsMax members depends on everything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace xize::analysis {

inline constexpr std::size_t kReadsMax = 32;

// A sorted set of classes, or everything.
class Reads {
 public:
  Reads() = default;
  static Reads everything();
  static Reads of(std::uint32_t variable);

  void add(const Reads& other);
  [[nodiscard]] bool apart(const Reads& other) const;
  [[nodiscard]] bool none() const { return !everything_ && variables_.empty(); }

 private:
  bool everything_ = false;
  std::vector<std::uint32_t> variables_;
};

}  // namespace xize::analysis
