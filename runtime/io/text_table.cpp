#include "runtime/io/text_table.h"

#include <cstddef>
#include <utility>

#define XIZE_VECTOR_CODE "runtime/io/vector_texts.inc"
#include "runtime/io/each_vectors.inc"

namespace xize::io {
namespace {

// Up to so many slots most of them stay free, so that nearly every text has the first one it could
// have; a larger table is to stay in the caches.
constexpr std::size_t kAirySlots = 1 << 13;

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

bool TextTable::find_all(const CellTexts& texts, std::size_t count, std::uint32_t* numbers,
                         Vectors vectors) const {
  bool are_there = true;
  const auto find_one = [&](std::size_t row) {
    numbers[row] = find(texts[row]);
    are_there = are_there && numbers[row] != kNone;
  };
  std::size_t row = 0;
#if defined(__x86_64__)
  if (vectors == Vectors::Avx512) {
    row = avx512::TextLookup{*this}.find(texts, count, numbers, find_one);
  } else if (vectors == Vectors::Avx2) {
    row = avx2::TextLookup{*this}.find(texts, count, numbers, find_one);
  }
#endif
  for (; row < count; ++row) find_one(row);
  return are_there;
}

bool TextTable::add(std::string_view text, std::uint32_t number) {
  if (count_ >= kTextsMax) return false;
  ++count_;
  if (4 * count_ > slots_.size() || (16 * count_ > slots_.size() && slots_.size() < kAirySlots)) {
    grow();
  }
  are_words_ = are_words_ && text.size() <= kWordBytes;
  const bool is_short = text.size() <= kKeyBytes;
  const Slot added{key_of(text), number, static_cast<std::uint32_t>(text.size()),
                   is_short ? nullptr : long_texts_.emplace_back(text).data()};
  put(added);
  if (is_short && few_.size() < kFew) few_.push_back(added);
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
