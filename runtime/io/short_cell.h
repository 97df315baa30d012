// short_cell: numbers and dates in their plainest spelling, read a word at a time.
// In: the bytes of a cell; kShortCellSlack more can be read behind it. Out: the number, or nothing
// where it is longer or spelt otherwise.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

#include "runtime/value/date.h"

namespace xize::io {

inline constexpr std::size_t kShortCellSlack = 16;
inline constexpr std::size_t kShortNumberBytes = 8;

// num / 10^decimals.
struct ShortNumber {
  std::int64_t num = 0;
  std::uint8_t decimals = 0;
};

namespace words {

inline constexpr std::uint64_t kZeros = 0x3030303030303030u;  // eight '0'
inline constexpr std::uint64_t kHighBits = 0x8080808080808080u;

inline std::uint64_t load(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// Bytes that are digits, '0' taken off.
inline bool are_digits(std::uint64_t digits) {
  return (((digits + 0x7676767676767676u) | digits) & kHighBits) == 0;
}

// The number that eight digits make, the first one in the lowest byte.
inline std::uint64_t number_of(std::uint64_t digits) {
  const std::uint64_t pairs = digits * (10 << 8 | 1) >> 8 & 0x00ff00ff00ff00ffu;
  const std::uint64_t fours = pairs * (100 << 16 | 1) >> 16 & 0x0000ffff0000ffffu;
  return fours * (std::uint64_t{10000} << 32 | 1) >> 32;
}

}  // namespace words

// `12`, `3.50`: digits, and at most one point between digits.
inline std::optional<ShortNumber> read_short_number(const char* text, std::size_t bytes) {
  if (bytes - 1 >= kShortNumberBytes) return std::nullopt;
  // The cell's last byte in the highest one; what is free before its first one is 0.
  const std::size_t free_bits = 8 * (kShortNumberBytes - bytes);
  const std::uint64_t cell = (words::load(text) ^ words::kZeros) << free_bits;
  const std::uint64_t no_point = cell ^ 0x1e1e1e1e1e1e1e1eu;  // '.' is '0' ^ 0x1e
  const std::uint64_t points = (no_point - 0x0101010101010101u) & ~no_point & words::kHighBits;
  if (points == 0) {
    if (!words::are_digits(cell)) return std::nullopt;
    return ShortNumber{static_cast<std::int64_t>(words::number_of(cell)), 0};
  }
  const auto point = static_cast<std::size_t>(std::countr_zero(points)) & ~std::size_t{7};
  const std::uint64_t before = (std::uint64_t{1} << point) - 1;
  const std::uint64_t digits = (cell & before) << 8 | (cell & ~(before << 8 | 0xff));
  const bool has_both_sides = point > free_bits && point < 56;
  if (!has_both_sides || !words::are_digits(digits)) return std::nullopt;
  return ShortNumber{static_cast<std::int64_t>(words::number_of(digits)),
                     static_cast<std::uint8_t>(7 - point / 8)};
}

// `2023-11-30`, `2023/11/30`; there may be no such day.
inline std::optional<value::CivilDate> read_short_date(const char* text, std::size_t bytes) {
  if (bytes != 10 || text[4] != text[7] || (text[4] != '-' && text[4] != '/')) return std::nullopt;
  constexpr std::uint64_t kSeparators = std::uint64_t{0xff} << 32 | std::uint64_t{0xff} << 56;
  const std::uint64_t head = (words::load(text) ^ words::kZeros) & ~kSeparators;
  const unsigned tens = static_cast<unsigned char>(text[8]) ^ unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(text[9]) ^ unsigned{'0'};
  if (!words::are_digits(head) || tens > 9 || ones > 9) return std::nullopt;
  const std::uint64_t pairs = head * 10 + (head >> 8);
  const auto pair = [pairs](int byte) { return static_cast<int>(pairs >> (8 * byte) & 0xff); };
  return value::CivilDate{pair(0) * 100 + pair(2), pair(5), static_cast<int>(tens * 10 + ones)};
}

}  // namespace xize::io
