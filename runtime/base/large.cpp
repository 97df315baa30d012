#include "runtime/base/large.h"

#include <sys/mman.h>

namespace xize::base {
namespace {

constexpr std::size_t kHugePage = std::size_t{1} << 21;
constexpr std::align_val_t kAlignment{kHugePage};

bool is_large(std::size_t bytes) { return bytes >= 2 * kHugePage; }

}  // namespace

void* allocate_large(std::size_t bytes) {
  if (!is_large(bytes)) return ::operator new(bytes);
  void* const memory = ::operator new(bytes, kAlignment);
#if defined(MADV_HUGEPAGE)
  // Whether the system follows the advice changes nothing but the time. What is behind the last
  // whole huge page may be somebody else's.
  ::madvise(memory, bytes & ~(kHugePage - 1), MADV_HUGEPAGE);
#endif
  return memory;
}

void free_large(void* memory, std::size_t bytes) noexcept {
  if (!is_large(bytes)) return ::operator delete(memory);
  ::operator delete(memory, kAlignment);
}

}  // namespace xize::base
