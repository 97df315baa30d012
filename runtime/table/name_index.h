// name_index: names by number, and numbers by name.
// In: names, one after another. Out: for each its number, in the order in which they came.
// Must hold: adding a name leaves no view of another valid.
// Memory: the bytes of the names, and at most 72 more for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xize::table {

class NameIndex {
 public:
  static constexpr std::uint32_t kNone = 0xffffffffu;

  NameIndex() = default;
  // Each its position; no name occurs twice.
  explicit NameIndex(std::span<const std::string> names);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size()); }
  [[nodiscard]] std::string_view name(std::uint32_t number) const {
    const std::size_t begin = number == 0 ? 0 : ends_[number - 1];
    return std::string_view(text_).substr(begin, ends_[number] - begin);
  }
  // The number of the name; kNone if it is not there.
  [[nodiscard]] std::uint32_t find(std::string_view name) const {
    return slots_[slot_of(name, hash_of(name))].number;
  }
  // Its number; it is added if it is not there.
  std::uint32_t add(std::string_view name) { return add(name, hash_of(name)); }

  // For callers with many names: a hash each, then what `add` looks at is fetched, then the names.
  [[nodiscard]] static std::uint32_t hash_of(std::string_view name);
  void fetch(std::uint32_t hash) const { __builtin_prefetch(&slots_[place_of(hash)]); }
  std::uint32_t add(std::string_view name, std::uint32_t hash);

 private:
  // The hash tells most names apart before they are compared.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = kNone;
  };

  [[nodiscard]] std::size_t place_of(std::uint32_t hash) const { return hash >> shift_; }
  [[nodiscard]] std::size_t slot_of(std::string_view name, std::uint32_t hash) const;
  void grow();

  std::string text_;               // of all names
  std::vector<std::size_t> ends_;  // in it, by number
  std::vector<Slot> slots_ = std::vector<Slot>(64);
  unsigned shift_ = 26;  // a name's place is in the highest bits of its hash
};

}  // namespace xize::table
