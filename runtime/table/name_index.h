// name_index: names by number, and numbers by name.
// In: names, one after another. Out: for each its number, in the order in which they came.
// Names that come in the order of their bytes, as those of an ordered table do, differ without
// being looked up: these are indexed only when somebody seeks a name, or when another order begins.
// Must hold: adding a name leaves no view of another one valid. Several threads may seek at once.
// Memory: the bytes of the names, and at most 72 more for each.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/large.h"
#include "runtime/table/name_list.h"

namespace xize::table {

class NameIndex {
 public:
  static constexpr std::uint32_t kNone = 0xffffffffu;

  NameIndex() = default;
  // Each its position; no name occurs twice.
  explicit NameIndex(std::span<const std::string> names);

  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] std::string_view name(std::uint32_t number) const {
    return (*parts_[number / kPartNames])[number % kPartNames];
  }
  // The number of the name; kNone if it is not there.
  [[nodiscard]] std::uint32_t find(std::string_view name) const;
  // Its number; it is added if it is not there.
  std::uint32_t add(std::string_view name);
  // The same for many, in their order; `numbers` has room for all. `ascend`: each comes behind the
  // one before it in the order of their bytes.
  void add_all(const NameRange& names, bool ascend, std::uint32_t* numbers);

 private:
  static constexpr std::size_t kPartNames = 1024;

  // The hash tells most names apart before they are compared.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = kNone;
  };

  [[nodiscard]] bool comes_last(std::string_view sought) const {
    return is_ordered_ && (size_ == 0 || name(size_ - 1) < sought);
  }
  std::uint32_t append(std::string_view name);
  void append_all(NameRange names);
  std::uint32_t add_unordered(std::string_view name, std::uint32_t hash);
  void end_order();
  [[nodiscard]] std::size_t place_of(std::uint32_t hash) const { return hash >> shift_; }
  [[nodiscard]] std::size_t slot_of(std::string_view name, std::uint32_t hash) const;
  void put(Slot added) const;
  void make_room(std::size_t names) const;
  void index() const;

  NameList& part_with_room();

  std::vector<std::unique_ptr<NameList>> parts_;  // of kPartNames names, the last one of fewer
  std::uint32_t size_ = 0;
  bool is_ordered_ = true;  // so far
  mutable base::LargeVector<Slot> slots_ = base::LargeVector<Slot>(64);
  mutable unsigned shift_ = 26;  // a name's place is in the highest bits of its hash
  mutable std::atomic<std::uint32_t> indexed_ = 0;  // how many names, from the first on, have slots
  mutable std::mutex indexing_;
};

}  // namespace xize::table
