// text_table: what short texts mean, by their bytes.
// In: a text and what somebody made of it. Out: that again, without reading the text anew.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/io/short_cell.h"

namespace xize::io {

// From texts to numbers of the caller. A text of up to kKeyBytes is its own key, so that looking it
// up reads no other memory than a slot; of longer ones a hash is.
class TextTable {
 public:
  static constexpr std::uint32_t kNone = 0xffffffffu;
  static constexpr std::size_t kTextsMax = 1 << 14;
  static_assert(kShortCellSlack >= 16);

  // The number of the text, or kNone; kShortCellSlack bytes behind it can be read.
  [[nodiscard]] std::uint32_t find(std::string_view text) const {
    const Key key = key_of(text);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = place_of(key);; at = (at + 1) & mask) {
      const Slot& slot = slots_[at];
      if (slot.number == kNone || is(slot, key, text)) return slot.number;
    }
  }
  // Adds a text that is not there. False if there is no room.
  bool add(std::string_view text, std::uint32_t number);

 private:
  // The highest byte of a key is the length of a short text.
  static constexpr std::size_t kKeyBytes = 15;
  static constexpr unsigned kLengthShift = 56;
  static constexpr std::uint64_t kLong = std::uint64_t{0xff} << kLengthShift;
  struct Key {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
  };
  struct Slot {
    Key key;
    std::uint32_t number = kNone;
    std::uint32_t bytes = 0;
    const char* text = nullptr;  // of a long one
  };

  static constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;
  // The masks of the first n bytes of a word.
  static constexpr std::array<std::uint64_t, 9> kFirstBytes = [] {
    std::array<std::uint64_t, 9> masks{};
    for (std::size_t n = 1; n < masks.size(); ++n) masks[n] = ~std::uint64_t{0} >> (64 - 8 * n);
    return masks;
  }();

  [[nodiscard]] static Key key_of(std::string_view text) {
    if (text.size() > kKeyBytes) return long_key(text);
    const std::size_t head = text.size() < 8 ? text.size() : 8;
    return {words::load(text.data()) & kFirstBytes[head],
            (words::load(text.data() + 8) & kFirstBytes[text.size() - head]) |
                text.size() << kLengthShift};
  }
  [[nodiscard]] static Key long_key(std::string_view text);
  [[nodiscard]] std::size_t place_of(const Key& key) const {
    return ((key.low ^ key.high * kOdd) * kOdd) >> shift_;
  }
  [[nodiscard]] static bool is(const Slot& slot, const Key& key, std::string_view text) {
    return slot.key.low == key.low && slot.key.high == key.high &&
           (slot.text == nullptr || text == std::string_view(slot.text, slot.bytes));
  }
  void put(const Slot& added);
  void grow();

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  unsigned shift_ = 58;  // a text's place is in the highest bits of its hash
  std::size_t count_ = 0;
  std::deque<std::string> long_texts_;
};

}  // namespace xize::io
