#include "runtime/io/key_set.h"

#include <utility>

namespace xize::io {
namespace {

__extension__ using Wide = unsigned __int128;

// Multiplies to 128 bits and folds the halves together: every bit reaches every other.
std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Odd constants from the digits of pi and the golden ratio.
constexpr std::uint64_t kGoldenRatio = 0x9E3779B97F4A7C15u;
constexpr std::uint64_t kLowSeed = 0x243F6A8885A308D3u;
constexpr std::uint64_t kHighSeed = 0x13198A2E03707345u;

std::uint64_t fingerprint(std::string_view key, std::uint64_t seed) {
  std::uint64_t hash = seed ^ (key.size() * kGoldenRatio);
  std::size_t at = 0;
  while (at < key.size()) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 8 && at < key.size(); ++i, ++at) {
      word |= std::uint64_t{static_cast<unsigned char>(key[at])} << (8 * i);
    }
    hash = mix(hash ^ word ^ seed, kGoldenRatio) + word;
  }
  return mix(hash ^ kGoldenRatio, seed | 1);
}

}  // namespace

std::optional<std::uint64_t> KeySet::add(std::string_view key, std::uint64_t line) {
  if ((size_ + 1) * 4 > slots_.size() * 3) grow();
  const std::uint64_t low = fingerprint(key, kLowSeed);
  const std::uint64_t high = fingerprint(key, kHighSeed);
  Slot& slot = find_slot(low, high);
  if (slot.line != 0) return slot.line;
  slot = {low, high, line};
  ++size_;
  return std::nullopt;
}

KeySet::Slot& KeySet::find_slot(std::uint64_t low, std::uint64_t high) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = low & mask;
  while (slots_[at].line != 0 && (slots_[at].low != low || slots_[at].high != high)) {
    at = (at + 1) & mask;
  }
  return slots_[at];
}

void KeySet::grow() {
  std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.line != 0) find_slot(slot.low, slot.high) = slot;
  }
}

}  // namespace xize::io
