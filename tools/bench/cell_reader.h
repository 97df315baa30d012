// Reads the cells of one line after the other, by hand: the form of each cell is known, and what
// has another form makes the reader unsound. Behind the lines `LineChunks::kSlack` bytes can be
// read.
#pragma once

#include <immintrin.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace xize::bench {

class CellReader {
 public:
  explicit CellReader(std::string_view lines) : at_(lines.data()), end_(at_ + lines.size()) {}

  [[nodiscard]] bool more() const { return at_ < end_ && sound_; }
  [[nodiscard]] bool is_sound() const { return sound_; }
  [[nodiscard]] const char* at() const { return at_; }

  // Past the next `end`.
  void skip(char end = ',') {
    while (at_ < end_ && *at_ != end) ++at_;
    ++at_;
  }
  // Past `bytes` and `end`, which must stand there.
  void pass(std::size_t bytes, char end = ',') {
    at_ += bytes;
    sound_ = sound_ && *at_ == end;
    ++at_;
  }
  // At most seven digits.
  unsigned whole(char end = ',') {
    std::size_t digits = 0;
    const unsigned value = number(digits);
    sound_ = sound_ && digits != 0;
    pass(digits, end);
    return value;
  }
  // A number with at most `places` decimal places (three), times 10 to that power; `missing` if
  // blank.
  unsigned decimal(unsigned places, unsigned missing) {
    static constexpr std::array<unsigned, 4> kPowers = {1, 10, 100, 1000};
    std::size_t digits = 0;
    unsigned value = number(digits) * kPowers[places];
    if (digits == 0) value = missing;
    at_ += digits;
    if (*at_ == '.') {
      ++at_;
      const unsigned fraction = number(digits);
      sound_ = sound_ && digits <= places;
      value += fraction * kPowers[(places - digits) & 3];
      at_ += digits;
    }
    pass(0);
    return value;
  }
  bool yes(char end = ',') {
    const bool yes = static_cast<unsigned char>(at_[1]) == 0x98;  // 是 is e6 98 af, 否 e5 90 a6
    pass(3, end);
    return yes;
  }
  // Two digits, without what follows.
  unsigned two_digits() {
    const unsigned value = digit() * 10 + (static_cast<unsigned>(at_[1]) - '0');
    at_ += 2;
    return value;
  }

 private:
  [[nodiscard]] unsigned digit() const { return static_cast<unsigned>(*at_) - '0'; }
  // The number that begins here, and how many digits it has: eight bytes at once and no branch,
  // since nobody foresees how long a number is.
  [[nodiscard]] unsigned number(std::size_t& digits) const {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at_, 8);
    const std::uint64_t others = (bytes & 0xf0f0f0f0f0f0f0f0u) ^ 0x3030303030303030u;
    digits = static_cast<std::size_t>(__builtin_ctzll(others | std::uint64_t{1} << 63)) / 8;
    const std::uint64_t last = bytes << (56 - 8 * digits) << 8 & 0x0f0f0f0f0f0f0f0fu;
    const std::uint64_t pairs = last * (10 << 8 | 1) >> 8 & 0x00ff00ff00ff00ffu;
    const std::uint64_t fours = pairs * (100 << 16 | 1) >> 16 & 0x0000ffff0000ffffu;
    return static_cast<unsigned>(fours * (std::uint64_t{10000} << 32 | 1) >> 32);
  }

  const char* at_;
  const char* end_;
  bool sound_ = true;
};

// From a name of at most 15 bytes to its place in a list.
class NameIndex {
 public:
  explicit NameIndex(const std::vector<std::string>& names) : slots_(kSlots) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      alignas(16) char cell[16] = {};
      std::memcpy(cell, names[i].data(), names[i].size() < 15 ? names[i].size() : 15);
      const Key key = load(cell, ~0u);
      std::size_t slot = place(key);
      while (slots_[slot].index != kNone) slot = (slot + 1) % kSlots;
      slots_[slot] = {key, static_cast<std::uint16_t>(i)};
    }
  }

  static constexpr std::uint16_t kNone = 0xffff;
  // The name that begins at `cell`; its length in bytes.
  std::uint16_t find(const char* cell, std::size_t& bytes) const {
    const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(cell));
    const auto commas =
        static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(text, _mm_set1_epi8(','))));
    if (commas == 0) return kNone;
    bytes = static_cast<std::size_t>(__builtin_ctz(commas));
    const Key key = load(cell, static_cast<unsigned>(bytes));
    std::size_t slot = place(key);
    while (slots_[slot].index != kNone) {
      if (slots_[slot].key.low == key.low && slots_[slot].key.high == key.high) break;
      slot = (slot + 1) % kSlots;
    }
    return slots_[slot].index;
  }

 private:
  static constexpr std::size_t kSlots = 8192;
  struct Key {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
  };
  struct Slot {
    Key key;
    std::uint16_t index = kNone;
  };

  // The first `bytes` of 16, the others 0.
  static Key load(const char* cell, unsigned bytes) {
    Key key;
    std::memcpy(&key.low, cell, 8);
    std::memcpy(&key.high, cell + 8, 8);
    if (bytes < 8) key.low &= (std::uint64_t{1} << (8 * bytes)) - 1, key.high = 0;
    else if (bytes < 16) key.high &= (std::uint64_t{1} << (8 * (bytes - 8))) - 1;
    return key;
  }
  static std::size_t place(const Key& key) {
    return (key.low ^ key.high * 0x9e3779b97f4a7c15u) * 0x9e3779b97f4a7c15u >> 51;
  }

  std::vector<Slot> slots_;
};

}  // namespace xize::bench
