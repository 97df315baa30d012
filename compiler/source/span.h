// A half-open range of bytes in one loaded file.
#pragma once

#include <algorithm>
#include <cstdint>

namespace xize::source {

// Byte offsets into `File::text()`; `begin == end` marks a place between two characters.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  friend constexpr bool operator==(Span, Span) = default;
};

// The smallest span that holds both.
constexpr Span join(Span a, Span b) {
  return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

}  // namespace xize::source
