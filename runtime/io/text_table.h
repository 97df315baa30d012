// text_table: what short texts mean, by their bytes.
// In: a text and what somebody made of it. Out: that again, without reading the text anew.
#pragma once

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
  [[nodiscard]] std::uint32_t find(std::string_view text) const;
  // Adds a text that is not there. False if there is no room.
  bool add(std::string_view text, std::uint32_t number);

 private:
  static constexpr std::size_t kKeyBytes = 16;
  struct Key {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
  };
  struct Slot {
    Key key;
    std::uint32_t bytes = 0;
    std::uint32_t number = kNone;
    const char* text = nullptr;  // of a long one
  };

  [[nodiscard]] static Key key_of(std::string_view text);
  [[nodiscard]] std::size_t place_of(const Key& key) const;
  [[nodiscard]] bool is(const Slot& slot, const Key& key, std::string_view text) const;
  void grow();

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  unsigned slot_bits_ = 6;
  std::size_t count_ = 0;
  std::deque<std::string> long_texts_;
};

}  // namespace xize::io
