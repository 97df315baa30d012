// name_list: names behind one another in one text.
// In: names, one after another. Out: each by its place, and the bytes of all of them.
// Memory: the bytes of the names and four more for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "runtime/base/part_memory.h"

namespace xize::table {

struct NameRange;

class NameList {
 public:
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    return {text_.data() + begin_of(i), ends_[i] - begin_of(i)};
  }
  // All names, nothing between them.
  [[nodiscard]] std::string_view text() const { return {text_.data(), bytes_}; }

  // True if each name comes behind the one before it in the order of their bytes.
  [[nodiscard]] bool ascends() const;

  // No view of another name stays valid.
  void push_back(std::string_view name) {
    bytes_ = put(name, bytes_);
    ends_.push_back(static_cast<std::uint32_t>(bytes_));
  }
  // So many names instead of those it has: name(i) gives each.
  template <class NameOf>
  void assign(std::size_t count, const NameOf& name) {
    ends_.resize(count);
    std::size_t at = 0;
    for (std::size_t i = 0; i < count; ++i) {
      at = put(name(i), at);
      ends_[i] = static_cast<std::uint32_t>(at);
    }
    bytes_ = at;
  }
  void append(const NameRange& names);
  // Room for so many names of so many bytes in all.
  void reserve(std::size_t names, std::size_t bytes);
  // The memory stays.
  void clear() {
    ends_.clear();
    bytes_ = 0;
  }

 private:
  static constexpr std::size_t kWord = 8;

  [[nodiscard]] std::size_t begin_of(std::size_t i) const { return i == 0 ? 0 : ends_[i - 1]; }
  // Most names have: two words that overlap are all their bytes.
  static bool has_two_words(std::string_view name) {
    return name.size() >= kWord && name.size() <= 2 * kWord;
  }
  static bool comes_before(std::string_view a, std::string_view b);
  // Writes the name behind the first `at` bytes of the text; gives where it ends.
  std::size_t put(std::string_view name, std::size_t at) {
    if (name.size() > text_.size() - at) grow(at + name.size());
    char* const to = text_.data() + at;
    if (has_two_words(name)) {
      const std::size_t last = name.size() - kWord;
      std::memcpy(to, name.data(), kWord);
      std::memcpy(to + last, name.data() + last, kWord);
    } else if (!name.empty()) {
      std::memcpy(to, name.data(), name.size());
    }
    return at + name.size();
  }
  void grow(std::size_t bytes);

  base::PartVector<char> text_;  // what lies behind the names is free
  std::size_t bytes_ = 0;
  base::PartVector<std::uint32_t> ends_;  // in the text; a name is no longer than a cell may be
};

// Names of a list: those at the places [begin, end).
struct NameRange {
  const NameList& list;
  std::size_t begin = 0;
  std::size_t end = 0;
};

}  // namespace xize::table
