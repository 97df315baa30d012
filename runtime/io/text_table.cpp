#include "runtime/io/text_table.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace xize::io {
namespace {

// The masks of the first n bytes of a word.
constexpr std::array<std::uint64_t, 9> kFirstBytes = [] {
  std::array<std::uint64_t, 9> masks{};
  for (std::size_t n = 1; n < masks.size(); ++n) masks[n] = ~std::uint64_t{0} >> (64 - 8 * n);
  return masks;
}();

constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0xff51afd7ed558ccdu;
  return hash ^ hash >> 32;
}

}  // namespace

TextTable::Key TextTable::key_of(std::string_view text) {
  const std::size_t bytes = text.size();
  if (bytes <= kKeyBytes) {
    return {words::load(text.data()) & kFirstBytes[std::min<std::size_t>(bytes, 8)],
            words::load(text.data() + 8) & kFirstBytes[bytes - std::min<std::size_t>(bytes, 8)]};
  }
  std::uint64_t hash = bytes * kOdd;
  std::size_t at = 0;
  for (; at + 8 <= bytes; at += 8) hash = mixed(hash, words::load(text.data() + at));
  return {mixed(hash, words::load(text.data() + at) & kFirstBytes[bytes - at]), hash};
}

std::size_t TextTable::place_of(const Key& key) const {
  return ((key.low ^ key.high * kOdd) * kOdd) >> (64 - slot_bits_);
}

bool TextTable::is(const Slot& slot, const Key& key, std::string_view text) const {
  return slot.key.low == key.low && slot.key.high == key.high && slot.bytes == text.size() &&
         (slot.text == nullptr || std::memcmp(slot.text, text.data(), text.size()) == 0);
}

std::uint32_t TextTable::find(std::string_view text) const {
  const Key key = key_of(text);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = place_of(key);; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.number == kNone || is(slot, key, text)) return slot.number;
  }
}

bool TextTable::add(std::string_view text, std::uint32_t number) {
  if (count_ >= kTextsMax) return false;
  if (2 * ++count_ > slots_.size()) grow();
  Slot added{key_of(text), static_cast<std::uint32_t>(text.size()), number, nullptr};
  if (text.size() > kKeyBytes) added.text = long_texts_.emplace_back(text).data();
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = place_of(added.key);
  while (slots_[at].number != kNone) at = (at + 1) & mask;
  slots_[at] = added;
  return true;
}

void TextTable::grow() {
  ++slot_bits_;
  const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : before) {
    if (slot.number == kNone) continue;
    std::size_t at = place_of(slot.key);
    while (slots_[at].number != kNone) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace xize::io
