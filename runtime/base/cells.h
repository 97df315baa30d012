// cells: arrays of machine integers of 1, 2, 4 or 8 bytes each.
// In: whoever keeps many integers keeps them in as few bytes as their range needs. Out: compiled
// code reads them as they are; `convert` gives them in other widths. The loops here are compiled
// for several machines (per_machine.h).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>

namespace xize::base {

// What each element of an array is.
enum class Element : std::uint8_t {
  Unsigned8, Signed8, Unsigned16, Signed16, Unsigned32, Signed32, Signed64
};

// Calls f with a zero of the element's type.
template <class F>
constexpr decltype(auto) with_element(Element element, F f) {
  switch (element) {
    case Element::Unsigned8: return f(std::uint8_t{});
    case Element::Signed8: return f(std::int8_t{});
    case Element::Unsigned16: return f(std::uint16_t{});
    case Element::Signed16: return f(std::int16_t{});
    case Element::Unsigned32: return f(std::uint32_t{});
    case Element::Signed32: return f(std::int32_t{});
    case Element::Signed64: break;
  }
  return f(std::int64_t{});
}

constexpr std::size_t bytes_of(Element element) {
  return with_element(element, [](auto zero) { return sizeof(zero); });
}
constexpr bool is_signed(Element element) {
  return with_element(element, [](auto zero) { return std::is_signed_v<decltype(zero)>; });
}

// The least one that holds all integers from `least` to `most`.
constexpr Element element_for(std::int64_t least, std::int64_t most) {
  using enum Element;
  for (const Element element : {Unsigned8, Signed8, Unsigned16, Signed16, Unsigned32, Signed32}) {
    const bool holds = with_element(element, [&](auto zero) {
      using Limits = std::numeric_limits<decltype(zero)>;
      return least >= std::int64_t{Limits::min()} && most <= std::int64_t{Limits::max()};
    });
    if (holds) return element;
  }
  return Signed64;
}

// An array that somebody else owns.
struct Cells {
  const void* data = nullptr;
  Element element = Element::Signed64;

  // Without the first ones.
  [[nodiscard]] Cells from(std::size_t begin) const {
    return {static_cast<const std::byte*>(data) + begin * bytes_of(element), element};
  }

  [[nodiscard]] std::int64_t at(std::size_t i) const {
    return with_element(element, [&](auto zero) {
      return static_cast<std::int64_t>(static_cast<const decltype(zero)*>(data)[i]);
    });
  }
};

// The first cells of an array.
struct CellRun {
  Cells cells;
  std::size_t count = 0;
};

inline CellRun run_of(std::span<const std::int64_t> integers) {
  return {{integers.data(), Element::Signed64}, integers.size()};
}

// What lies between the least and the greatest of some integers, both included.
struct Range {
  std::int64_t least = 0;
  std::int64_t most = 0;

  friend bool operator==(const Range&, const Range&) = default;
};

constexpr Range joined(Range a, Range b) {
  return {std::min(a.least, b.least), std::max(a.most, b.most)};
}

// Of at least one cell.
Range range_of(CellRun run);

// A range that holds the integers, and 0; where none is negative, up to some 2^n - 1. Quicker than
// `range_of`.
Range wide_range_of(std::span<const std::int64_t> integers);

// Writes the first `count` cells to an array of the element, which holds them.
void convert(Cells from, std::size_t count, Element element, void* to);

}  // namespace xize::base
