// large: arrays that may become very long, in huge pages where the system has them.
// A page that is touched for the first time costs more than what is written to it; of huge ones
// there are five hundred times fewer. Short arrays are as any others.
#pragma once

#include <cstddef>
#include <limits>
#include <new>
#include <vector>

namespace xize::base {

// Throws std::bad_alloc; what it gives must be given back with the same number of bytes.
void* allocate_large(std::size_t bytes);
void free_large(void* memory, std::size_t bytes) noexcept;

template <class T>
struct LargeAllocator {
  using value_type = T;

  LargeAllocator() = default;
  template <class U>
  LargeAllocator(const LargeAllocator<U>&) noexcept {}  // NOLINT(google-explicit-constructor)

  T* allocate(std::size_t count) {
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_alloc();
    return static_cast<T*>(allocate_large(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept { free_large(memory, count * sizeof(T)); }

  friend bool operator==(LargeAllocator, LargeAllocator) { return true; }
};

template <class T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

}  // namespace xize::base
