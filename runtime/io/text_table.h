// text_table: what short texts mean, by their bytes.
// In: a text and what somebody made of it. Out: that again, without reading the text anew; of the
// cells of a column for several at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/io/cut_rows.h"
#include "runtime/io/short_cell.h"
#include "runtime/io/vectors.h"

namespace xize::io {

namespace avx2 { struct TextLookup; }
namespace avx512 { struct TextLookup; }

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
  // The same of the first `count` cells of a column; true if all are there.
  bool find_all(const CellTexts& texts, std::size_t count, std::uint32_t* numbers,
                Vectors vectors = widest_vectors()) const;
  // Adds a text that is not there. False if there is no room.
  bool add(std::string_view text, std::uint32_t number);

 private:
  friend struct avx2::TextLookup;
  friend struct avx512::TextLookup;

  // Of a short text the highest byte of the key's second word is the length; that of the first is
  // changed by it, so that the first word alone tells texts of up to kWordBytes.
  static constexpr std::size_t kKeyBytes = 15;
  static constexpr std::size_t kWordBytes = 7;
  static constexpr unsigned kLengthShift = 56;
  static constexpr std::uint64_t kLong = std::uint64_t{0xff} << kLengthShift;
  struct Key {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
  };
  struct Slot {
    Key key{~std::uint64_t{0}, ~std::uint64_t{0}};  // free: that of no short text
    std::uint32_t number = kNone;
    std::uint32_t bytes = 0;
    const char* text = nullptr;  // of a long one
  };

  static constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;
  // One for each half of a key's words.
  static constexpr std::array<std::uint32_t, 4> kFactors = {0x9e3779b1u, 0x85ebca77u, 0xc2b2ae3du,
                                                            0x27d4eb2fu};
  // The masks of the first n bytes of a word, up to all eight.
  static constexpr std::array<std::uint64_t, 32> kFirstBytes = [] {
    std::array<std::uint64_t, 32> masks{};
    for (std::size_t n = 1; n < 8; ++n) masks[n] = ~(~std::uint64_t{0} << 8 * n);
    for (std::size_t n = 8; n < masks.size(); ++n) masks[n] = ~std::uint64_t{0};
    return masks;
  }();
  // The same of the second of two words.
  static constexpr std::array<std::uint64_t, 32> kNextBytes = [] {
    std::array<std::uint64_t, 32> masks{};
    for (std::size_t n = 8; n < masks.size(); ++n) masks[n] = kFirstBytes[n - 8];
    return masks;
  }();

  // Of a text of at most kKeyBytes; of a longer one anything.
  [[nodiscard]] static Key short_key(std::string_view text) {
    const std::size_t bytes = text.size();
    const std::uint64_t length = bytes << kLengthShift;
    return {(words::load(text.data()) & kFirstBytes[bytes % 32]) ^ length,
            (words::load(text.data() + 8) & kNextBytes[bytes % 32]) | length};
  }
  [[nodiscard]] static Key key_of(std::string_view text) {
    return text.size() > kKeyBytes ? long_key(text) : short_key(text);
  }
  [[nodiscard]] static Key long_key(std::string_view text);
  [[nodiscard]] std::size_t place_of(const Key& key) const {
    const auto product = [](std::uint64_t half, std::uint32_t factor) {
      return (half & 0xffffffff) * factor;
    };
    const std::uint64_t mix = product(key.low, kFactors[0]) + product(key.low >> 32, kFactors[1]) +
                              product(key.high, kFactors[2]) + product(key.high >> 32, kFactors[3]);
    return static_cast<std::uint32_t>(mix ^ mix >> 32) >> shift_;
  }
  [[nodiscard]] static bool is(const Slot& slot, const Key& key, std::string_view text) {
    return slot.key.low == key.low && slot.key.high == key.high &&
           (slot.text == nullptr || text == std::string_view(slot.text, slot.bytes));
  }
  // All that are in the table, while these are few and short.
  static constexpr std::size_t kFew = 4;
  [[nodiscard]] bool has_few() const { return count_ == few_.size() && count_ > 0; }
  void put(const Slot& added);
  void grow();

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  unsigned shift_ = 26;  // a text's place is in the highest of 32 bits of its hash
  std::size_t count_ = 0;
  std::deque<std::string> long_texts_;
  std::vector<Slot> few_;  // the first short ones, up to kFew
  bool are_words_ = true;  // no text has more than kWordBytes
};

}  // namespace xize::io
