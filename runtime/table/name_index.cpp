#include "runtime/table/name_index.h"

#include <algorithm>
#include <array>
#include <functional>
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

void NameIndex::add_all(std::span<const std::string_view> names, std::uint32_t* numbers) {
  std::size_t i = 0;
  for (; i < names.size() && comes_last(names[i]); ++i) numbers[i] = append(names[i]);
  if (i < names.size()) end_order();
  std::array<std::uint32_t, kAtOnce> hashes{};
  while (i < names.size()) {
    const auto some = names.subspan(i, std::min(kAtOnce, names.size() - i));
    for (std::size_t n = 0; n < some.size(); ++n) {
      hashes[n] = hash_of(some[n]);
      __builtin_prefetch(&slots_[place_of(hashes[n])]);
    }
    for (std::size_t n = 0; n < some.size(); ++n) {
      numbers[i++] = add_unordered(some[n], hashes[n]);
    }
  }
}

std::uint32_t NameIndex::append(std::string_view name) {
  if (size_ % kPartNames == 0) parts_.push_back(new_part());
  Part& part = *parts_.back();
  part.text.insert(part.text.end(), name.begin(), name.end());
  part.ends.push_back(static_cast<std::uint32_t>(part.text.size()));
  return size_++;
}

// With room for names as long as those before.
std::unique_ptr<NameIndex::Part> NameIndex::new_part() const {
  auto part = std::make_unique<Part>();
  if (!parts_.empty()) {
    part->text.reserve(parts_.back()->text.size() * 9 / 8);
    part->ends.reserve(kPartNames);
  }
  return part;
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
