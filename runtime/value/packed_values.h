// packed_values: a column of values in little memory.
// In: values one after another, or parts of 1024 as machine integers. Out: the same.
// A part is kept as the one value that all its rows share, or as integers of 1, 2, 4 or 8 bytes
// beside a list of what is no integer, or, if need be, as it came.
// Must hold: reading changes nothing, so several threads may read. Several may `put`, each its own
// part; `set`, `push` and `pack` are for one.
// Cost: rows written in order are cheap; `set` of a row in another part packs the last one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "runtime/base/cells.h"
#include "runtime/base/part_memory.h"
#include "runtime/value/value.h"

namespace xize::value {

// How many rows a part holds; the last one may hold fewer.
inline constexpr std::size_t kPartRows = 1024;

// What integers stand for: num / den, 0 or 1, a number in the pool, days, months.
enum class IntegerKind : std::uint8_t { Number, Bool, Text, Date, Month };

// Integers in as few bytes as their range needs.
class PackedIntegers {
 public:
  PackedIntegers() = default;
  // At least one.
  explicit PackedIntegers(std::span<const std::int64_t> integers);
  // Runs, one behind the other, of at least one each; `known`: a range in which all of them lie.
  PackedIntegers(std::span<const base::CellRun> runs, std::optional<base::Range> known);

  [[nodiscard]] std::int64_t at(std::size_t i) const { return all_same() ? least_ : cells().at(i); }
  void copy_to(std::span<std::int64_t> out) const;
  [[nodiscard]] std::int64_t least() const { return least_; }
  [[nodiscard]] std::int64_t most() const { return most_; }
  [[nodiscard]] bool all_same() const { return cells_.empty(); }
  // Unless all are the same.
  [[nodiscard]] base::Cells cells() const {
    return {cells_.data(), base::element_for(least_, most_)};
  }

 private:
  std::int64_t least_ = 0;
  std::int64_t most_ = 0;
  base::PartVector<std::byte> cells_;  // none: all are `least_`
};

// Values as machine integers, but where `which` says that they are one of `others`.
struct Integers {
  IntegerKind kind = IntegerKind::Number;
  std::span<const base::CellRun> nums;
  std::span<const std::int64_t> dens;   // one for all, or one each
  std::span<const std::uint8_t> which;  // empty: all are integers; else 0, or n: others[n - 1]
  std::vector<Value> others;
  std::optional<base::Range> range;     // in which all integers lie, if it is known
};

// Some values in the form that takes the least.
struct PackedPart {
  PackedPart() = default;  // all missing
  explicit PackedPart(std::span<const Value> values);
  explicit PackedPart(Integers integers);

  [[nodiscard]] Value at(std::size_t i) const;

  bool is_integers = false;
  IntegerKind kind = IntegerKind::Number;
  PackedIntegers nums;
  PackedIntegers dens;
  base::PartVector<std::uint8_t> which;  // as in Integers
  std::vector<Value> others;        // not `is_integers`: the values, or the one that all are;
                                    // none: all are missing
};

// The column.
class PackedValues {
 public:
  PackedValues() = default;
  explicit PackedValues(std::size_t size);  // all missing
  explicit PackedValues(std::span<const Value> values);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] Value at(std::size_t row) const {
    const std::size_t i = row % kPartRows;
    return row / kPartRows == open_part_ ? open_[i] : parts_[row / kPartRows].at(i);
  }
  void push(Value v);
  void set(std::size_t row, Value v);

  // No part is open for writing any more.
  void pack();
  // The rows from number * kPartRows on; all parts are packed.
  [[nodiscard]] const PackedPart& part(std::size_t number) const { return parts_[number]; }
  // Asks for a part, if there is one, so that it is in the caches when it is read.
  void prefetch(std::size_t number) const {
    constexpr std::size_t kLine = 64;
    if (number >= parts_.size()) return;
    const auto* const part = reinterpret_cast<const std::byte*>(&parts_[number]);
    for (std::size_t at = 0; at < sizeof(PackedPart); at += kLine) __builtin_prefetch(part + at);
  }
  void put(std::size_t number, PackedPart part) { parts_[number] = std::move(part); }

 private:
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

  void open(std::size_t number);

  std::size_t size_ = 0;
  std::vector<PackedPart> parts_;
  std::size_t open_part_ = kNone;  // its values stand in `open_`
  std::vector<Value> open_;
};

}  // namespace xize::value
