#include "runtime/io/text_table.h"

#include <utility>

namespace xize::io {
namespace {

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0xff51afd7ed558ccdu;
  return hash ^ hash >> 32;
}

}  // namespace

TextTable::Key TextTable::long_key(std::string_view text) {
  const std::size_t bytes = text.size();
  std::uint64_t hash = bytes * kOdd;
  std::size_t at = 0;
  for (; at + 8 <= bytes; at += 8) hash = mixed(hash, words::load(text.data() + at));
  return {mixed(hash, words::load(text.data() + at) & kFirstBytes[bytes - at]),
          hash | kLong};
}

bool TextTable::add(std::string_view text, std::uint32_t number) {
  if (count_ >= kTextsMax) return false;
  if (4 * ++count_ > slots_.size()) grow();
  const bool is_short = text.size() <= kKeyBytes;
  put({key_of(text), number, static_cast<std::uint32_t>(text.size()),
       is_short ? nullptr : long_texts_.emplace_back(text).data()});
  return true;
}

void TextTable::put(const Slot& added) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = place_of(added.key);
  while (slots_[at].number != kNone) at = (at + 1) & mask;
  slots_[at] = added;
}

void TextTable::grow() {
  --shift_;
  const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  for (const Slot& slot : before) {
    if (slot.number != kNone) put(slot);
  }
}

}  // namespace xize::io
