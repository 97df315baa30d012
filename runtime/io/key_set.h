// key_set: which keys of a file have been seen, and where.
// In: the text of each key. Out: the line on which the same key stood before.
// Memory: 24 bytes a key at a load of at most 3/4. Keys are held as 128-bit fingerprints, so that
// tens of millions of records can be checked; two different keys among 10^9 agree by chance with a
// probability below 10^-20.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace xize::io {

inline constexpr char kKeySeparator = '\x1f';  // between the parts of a key

// A set of keys with the line on which each stood first.
class KeySet {
 public:
  // Adds the key; if it was there already, gives its first line and changes nothing. line >= 1.
  std::optional<std::uint64_t> add(std::string_view key, std::uint64_t line);
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Slot {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::uint64_t line = 0;  // 0: free
  };

  [[nodiscard]] Slot& find_slot(std::uint64_t low, std::uint64_t high);
  void grow();

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace xize::io
