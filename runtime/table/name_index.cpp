#include "runtime/table/name_index.h"

#include <functional>
#include <utility>

namespace xize::table {

NameIndex::NameIndex(std::span<const std::string> names) {
  for (const std::string& name : names) add(name);
}

std::uint32_t NameIndex::hash_of(std::string_view name) {
  return static_cast<std::uint32_t>(
      std::hash<std::string_view>()(name) * 0x9e3779b97f4a7c15u >> 32);
}

// Where the name stands, or would.
std::size_t NameIndex::slot_of(std::string_view sought, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = place_of(hash);; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.number == kNone || (slot.hash == hash && name(slot.number) == sought)) return at;
  }
}

std::uint32_t NameIndex::add(std::string_view name, std::uint32_t hash) {
  if (2 * ends_.size() >= slots_.size()) grow();
  Slot& slot = slots_[slot_of(name, hash)];
  if (slot.number != kNone) return slot.number;
  slot = {hash, size()};
  text_ += name;
  ends_.push_back(text_.size());
  return slot.number;
}

void NameIndex::grow() {
  const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(4 * slots_.size()));
  shift_ -= 2;
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : before) {
    if (slot.number == kNone) continue;
    std::size_t at = place_of(slot.hash);
    while (slots_[at].number != kNone) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace xize::table
