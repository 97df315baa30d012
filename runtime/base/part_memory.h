// part_memory: arrays of some kilobytes of which there are very many, as of the parts of columns.
// They are cut from huge pages, one behind the other; a page is free when nothing in it is in use
// any more, so parts that stand together should live about equally long. A thread may hold the page
// of the last part that it gave up. Up to 512 MB of free pages are kept for later parts.
// Several threads may allocate and free at once.
#pragma once

#include <cstddef>
#include <limits>
#include <new>
#include <vector>

namespace xize::base {

// Throws std::bad_alloc; what it gives must be given back with the same number of bytes.
void* allocate_part(std::size_t bytes);
void free_part(void* memory, std::size_t bytes) noexcept;

template <class T>
struct PartAllocator {
  using value_type = T;

  PartAllocator() = default;
  template <class U>
  PartAllocator(const PartAllocator<U>&) noexcept {}  // NOLINT(google-explicit-constructor)

  T* allocate(std::size_t count) {
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_alloc();
    return static_cast<T*>(allocate_part(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept { free_part(memory, count * sizeof(T)); }

  friend bool operator==(PartAllocator, PartAllocator) { return true; }
};

template <class T>
using PartVector = std::vector<T, PartAllocator<T>>;

}  // namespace xize::base
