#include "runtime/base/part_memory.h"

#include <sys/mman.h>

#include <atomic>
#include <cstdint>
#include <utility>

namespace xize::base {
namespace {

constexpr std::size_t kPageBytes = std::size_t{1} << 21;  // a huge page
constexpr std::size_t kLine = 64;                         // bytes at which parts begin
// Others are malloc's.
constexpr std::size_t kPartBytesMin = 256;
constexpr std::size_t kPartBytesMax = std::size_t{1} << 16;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kFromPages = false;  // the sanitizers know what malloc gave
#else
constexpr bool kFromPages = true;
#endif

bool is_part(std::size_t bytes) {
  return kFromPages && bytes >= kPartBytesMin && bytes <= kPartBytesMax;
}

// What a page begins with.
struct alignas(kLine) Head {
  std::atomic<std::uint32_t> in_use = 1;  // parts, and the thread that cuts it
};

void leave(Head* page) noexcept {
  if (page->in_use.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  page->~Head();
  ::operator delete(page, std::align_val_t{kPageBytes});
}

// The page that a thread cuts.
class Cutter {
 public:
  Cutter() = default;
  Cutter(const Cutter&) = delete;
  Cutter& operator=(const Cutter&) = delete;
  ~Cutter() { end_page(); }

  void* cut(std::size_t bytes) {
    const std::size_t size = (bytes + kLine - 1) / kLine * kLine;
    if (page_ == nullptr || size > kPageBytes - used_) begin_page();
    void* const part = reinterpret_cast<std::byte*>(page_) + used_;
    used_ += size;
    page_->in_use.fetch_add(1, std::memory_order_relaxed);
    return part;
  }

 private:
  void begin_page() {
    void* const memory = ::operator new(kPageBytes, std::align_val_t{kPageBytes});
    end_page();
#if defined(MADV_HUGEPAGE)
    // Who needs little touches little: the first one is not asked to be huge.
    if (pages_++ > 0) ::madvise(memory, kPageBytes, MADV_HUGEPAGE);
#endif
    page_ = new (memory) Head;
    used_ = sizeof(Head);
  }
  // Whoever asks once more, be it while the program ends, begins another one.
  void end_page() noexcept {
    if (page_ != nullptr) leave(std::exchange(page_, nullptr));
  }

  Head* page_ = nullptr;
  std::size_t used_ = 0;
  std::size_t pages_ = 0;
};

}  // namespace

void* allocate_part(std::size_t bytes) {
  if (!is_part(bytes)) return ::operator new(bytes);
  static thread_local Cutter cutter;
  return cutter.cut(bytes);
}

void free_part(void* memory, std::size_t bytes) noexcept {
  if (!is_part(bytes)) return ::operator delete(memory);
  const auto address = reinterpret_cast<std::uintptr_t>(memory);
  leave(reinterpret_cast<Head*>(address & ~(kPageBytes - 1)));
}

}  // namespace xize::base
