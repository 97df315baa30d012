#include "runtime/base/part_memory.h"

#include <sys/mman.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
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

// So many pages that nobody uses are kept for who asks next, who need not wait for the system.
constexpr std::size_t kKeptMax = 256;

// Those pages. Never destroyed: others give up parts while the program ends.
class KeptPages {
 public:
  // Null: there is none.
  void* take() {
    const std::lock_guard lock(mutex_);
    return count_ == 0 ? nullptr : pages_[--count_];
  }
  bool keep(void* page) noexcept {
    const std::lock_guard lock(mutex_);
    if (count_ == kKeptMax) return false;
    pages_[count_++] = page;
    return true;
  }

 private:
  std::mutex mutex_;
  std::array<void*, kKeptMax> pages_{};
  std::size_t count_ = 0;
};

KeptPages& kept_pages() {
  static auto* const kPages = new KeptPages;
  return *kPages;
}

// What a page begins with.
struct alignas(kLine) Head {
  std::atomic<std::uint32_t> in_use;  // parts
};

// While a page is cut, more than it could have parts.
constexpr std::uint32_t kManyParts = 1 << 20;
static_assert(kManyParts > kPageBytes / kLine);

void leave(Head* page, std::uint32_t parts) noexcept {
  if (page->in_use.fetch_sub(parts, std::memory_order_acq_rel) != parts) return;
  page->~Head();
  if (!kept_pages().keep(page)) ::operator delete(page, std::align_val_t{kPageBytes});
}

// The page that a thread cuts. Who asks once more when its thread has ended, be it while the
// program ends, begins another one.
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
    ++parts_;
    return part;
  }

 private:
  void begin_page() {
    void* const kept = kept_pages().take();
    void* const memory = kept == nullptr ? new_page() : kept;
    end_page();
    page_ = new (memory) Head{kManyParts};
    used_ = sizeof(Head);
    parts_ = 0;
  }
  void* new_page() {
    void* const memory = ::operator new(kPageBytes, std::align_val_t{kPageBytes});
#if defined(MADV_HUGEPAGE)
    // Who needs little touches little: the first one is not asked to be huge.
    if (pages_++ > 0) ::madvise(memory, kPageBytes, MADV_HUGEPAGE);
#endif
    return memory;
  }
  void end_page() noexcept {
    if (page_ != nullptr) leave(std::exchange(page_, nullptr), kManyParts - parts_);
  }

  Head* page_ = nullptr;
  std::size_t used_ = 0;
  std::uint32_t parts_ = 0;  // of it, so far
  std::size_t pages_ = 0;
};

// Parts of one page that a thread gave up one after another: it leaves them all at once, since each
// time it waits until all that it wrote before is in memory.
class Leaver {
 public:
  Leaver() = default;
  Leaver(const Leaver&) = delete;
  Leaver& operator=(const Leaver&) = delete;
  ~Leaver() { turn_to(nullptr); }

  void give_up(Head* page) noexcept {
    if (page != page_) turn_to(page);
    ++parts_;
  }

 private:
  void turn_to(Head* page) noexcept {
    if (page_ != nullptr) leave(page_, parts_);
    page_ = page;
    parts_ = 0;
  }

  Head* page_ = nullptr;
  std::uint32_t parts_ = 0;
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
  static thread_local Leaver leaver;
  leaver.give_up(reinterpret_cast<Head*>(address & ~(kPageBytes - 1)));
}

}  // namespace xize::base
