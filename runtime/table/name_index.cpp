#include "runtime/table/name_index.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <utility>

namespace xize::table {
namespace {

// So many slots are fetched before the first of them is looked at.
constexpr std::size_t kAtOnce = 64;

std::uint32_t hash_of(std::string_view name) {
  return static_cast<std::uint32_t>(
      std::hash<std::string_view>()(name) * 0x9e3779b97f4a7c15u >> 32);
}

}  // namespace

NameIndex::NameIndex(std::span<const std::string> names) {
  for (const std::string& name : names) add(name);
}

std::uint32_t NameIndex::find(std::string_view name) const {
  index();
  return slots_[slot_of(name, hash_of(name))].number;
}

std::uint32_t NameIndex::add(std::string_view name) {
  if (comes_last(name)) return append(name);
  end_order();
  return add_unordered(name, hash_of(name));
}

void NameIndex::add_all(const NameRange& names, bool ascend, std::uint32_t* numbers) {
  const auto& [list, begin, end] = names;
  if (begin == end) return;
  if (ascend && comes_last(list[begin])) {
    std::iota(numbers, numbers + (end - begin), size());
    return append_all(names);
  }
  std::size_t i = begin;
  for (; i < end && comes_last(list[i]); ++i) *numbers++ = append(list[i]);
  if (i < end) end_order();
  std::array<std::uint32_t, kAtOnce> hashes{};
  while (i < end) {
    const std::size_t count = std::min(kAtOnce, end - i);
    for (std::size_t n = 0; n < count; ++n) {
      hashes[n] = hash_of(list[i + n]);
      __builtin_prefetch(&slots_[place_of(hashes[n])]);
    }
    for (std::size_t n = 0; n < count; ++n) *numbers++ = add_unordered(list[i++], hashes[n]);
  }
}

std::uint32_t NameIndex::append(std::string_view name) {
  part_with_room().push_back(name);
  return size_++;
}

void NameIndex::append_all(NameRange names) {
  while (names.begin < names.end) {
    NameList& part = part_with_room();
    const std::size_t count = std::min(kPartNames - part.size(), names.end - names.begin);
    part.append({names.list, names.begin, names.begin + count});
    size_ += static_cast<std::uint32_t>(count);
    names.begin += count;
  }
}

// A new one has room for names as long as those before.
NameList& NameIndex::part_with_room() {
  if (size_ % kPartNames == 0) {
    auto part = std::make_unique<NameList>();
    if (!parts_.empty()) part->reserve(kPartNames, parts_.back()->text().size() * 9 / 8);
    parts_.push_back(std::move(part));
  }
  return *parts_.back();
}

// Wherever the name comes among the others; these are indexed.
std::uint32_t NameIndex::add_unordered(std::string_view name, std::uint32_t hash) {
  make_room(size() + 1);
  Slot& slot = slots_[slot_of(name, hash)];
  if (slot.number != kNone) return slot.number;
  slot = {hash, append(name)};
  indexed_.store(size(), std::memory_order_relaxed);
  return slot.number;
}

void NameIndex::end_order() {
  if (!is_ordered_) return;
  is_ordered_ = false;
  index();
}

// Where the name stands, or would.
std::size_t NameIndex::slot_of(std::string_view sought, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = place_of(hash);; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.number == kNone || (slot.hash == hash && name(slot.number) == sought)) return at;
  }
}

void NameIndex::put(Slot added) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = place_of(added.hash);
  while (slots_[at].number != kNone) at = (at + 1) & mask;
  slots_[at] = added;
}

// At least every second slot stays free.
void NameIndex::make_room(std::size_t names) const {
  if (2 * names <= slots_.size()) return;
  std::size_t slots = slots_.size();
  for (; slots < 2 * names; slots *= 4) shift_ -= 2;
  const auto before = std::exchange(slots_, base::LargeVector<Slot>(slots));
  for (const Slot& slot : before) {
    if (slot.number != kNone) put(slot);
  }
}

// Gives slots to the names that have none yet.
void NameIndex::index() const {
  if (indexed_.load(std::memory_order_acquire) == size()) return;
  const std::lock_guard lock(indexing_);
  std::uint32_t number = indexed_.load(std::memory_order_relaxed);
  make_room(size());
  std::array<Slot, kAtOnce> some;
  while (number < size()) {
    const std::size_t count = std::min<std::size_t>(kAtOnce, size() - number);
    for (std::size_t i = 0; i < count; ++i, ++number) {
      some[i] = {hash_of(name(number)), number};
      __builtin_prefetch(&slots_[place_of(some[i].hash)]);
    }
    for (std::size_t i = 0; i < count; ++i) put(some[i]);
  }
  indexed_.store(number, std::memory_order_release);
}

}  // namespace xize::table
