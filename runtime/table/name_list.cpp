#include "runtime/table/name_list.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace xize::table {
namespace {

constexpr std::size_t kFirstBytes = 1024;  // of a text

// Eight bytes as a number that is ordered as they are.
std::uint64_t load_ordered(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
}

}  // namespace

bool NameList::comes_before(std::string_view a, std::string_view b) {
  if (a.size() != b.size() || !has_two_words(a)) return a < b;
  const std::uint64_t x = load_ordered(a.data());
  const std::uint64_t y = load_ordered(b.data());
  const std::size_t last = a.size() - kWord;
  return x != y ? x < y : load_ordered(a.data() + last) < load_ordered(b.data() + last);
}

bool NameList::ascends() const {
  for (std::size_t i = 1; i < size(); ++i) {
    if (!comes_before((*this)[i - 1], (*this)[i])) return false;
  }
  return true;
}

void NameList::append(const NameRange& names) {
  const NameList& from = names.list;
  const std::size_t begin = from.begin_of(names.begin);
  const std::size_t added = from.begin_of(names.end) - begin;
  if (added > text_.size() - bytes_) grow(bytes_ + added);
  std::copy_n(from.text_.begin() + static_cast<std::ptrdiff_t>(begin), added,
              text_.begin() + static_cast<std::ptrdiff_t>(bytes_));
  for (std::size_t i = names.begin; i < names.end; ++i) {
    ends_.push_back(static_cast<std::uint32_t>(from.ends_[i] - begin + bytes_));
  }
  bytes_ += added;
}

void NameList::reserve(std::size_t names, std::size_t bytes) {
  ends_.reserve(names);
  if (text_.size() < bytes) text_.resize(bytes);
}

void NameList::grow(std::size_t bytes) {
  text_.resize(std::max({bytes, 2 * text_.size(), kFirstBytes}));
}

}  // namespace xize::table
