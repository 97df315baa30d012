// plain_mark: marks as the machine integers they are kept as, for those who read and print very
// many. In: the outcome of a run. Out: marks, and their numbers as decimal text.
// Must hold: what they say is what `mark_of` says of the value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/results/sheet.h"
#include "runtime/engine/engine.h"
#include "runtime/value/fraction.h"
#include "runtime/value/fraction_text.h"

namespace xize::results {

// A mark whose number is not brought to lowest terms.
struct PlainMark {
  MarkState state = MarkState::Absent;
  value::Fraction number = {};             // of a score
  const value::Rational* large = nullptr;  // in its place, beyond 64 bits; lives as the outcome

  [[nodiscard]] Mark exact() const;
  // The number, if it is a whole one of 64 bits.
  [[nodiscard]] std::optional<std::int64_t> whole() const;
};

// The marks of one op in all rows. The outcome outlives it; several threads may read.
class MarkColumn {
 public:
  // Absent in every row where the op is invalid.
  MarkColumn(const engine::Outcome& outcome, program::OpId op);

  // What was computed, even where the unit's data are in error.
  [[nodiscard]] PlainMark at(std::size_t row) const {
    PlainMark mark;
    read(row, mark);
    return mark;
  }
  // The same, into a new mark.
  void read(std::size_t row, PlainMark& mark) const {
    if (parts_.empty()) return;
    if (constant_) row = 0;
    const Part& part = parts_[row / value::kPartRows];
    const std::size_t i = row % value::kPartRows;
    if (!part.numbers || (part.which != nullptr && part.which[i] != 0)) {
      mark = other_at(row);
      return;
    }
    mark.state = MarkState::Score;
    mark.number.num = part.nums.data != nullptr ? part.nums.at(i) : part.num;
    mark.number.den = part.dens.data != nullptr ? part.dens.at(i) : part.den;
  }
  // What is given: faulty where they are.
  [[nodiscard]] PlainMark given_at(std::size_t row) const;
  // False: absent in every row.
  [[nodiscard]] bool exists() const { return !parts_.empty(); }

 private:
  // What is to be known of a part, in one line of the cache.
  struct alignas(64) Part {
    bool numbers = false;                 // numbers of 64 bits, but for `which`
    const std::uint8_t* which = nullptr;  // not 0: another value; null: none is
    std::int64_t num = 0;                 // of all rows, unless there are `nums`
    std::int64_t den = 1;
    base::Cells nums = {};
    base::Cells dens = {};
  };
  static Part part_of(const value::PackedPart& part);

  [[nodiscard]] PlainMark other_at(std::size_t row) const;

  const value::PackedValues* column_ = nullptr;
  const std::vector<bool>* faulty_ = nullptr;
  std::vector<Part> parts_;
  bool constant_ = false;  // the same value in every row
};

// True where the op is valid and true.
bool holds(const engine::Outcome& outcome, program::OpId op, std::size_t row);

// Prints the numbers of marks. What is known of a denominator is kept, since few are in use.
class NumberPrinter {
 public:
  static constexpr std::size_t kTextMax = value::FractionPrinter::kTextMax;

  // As FractionPrinter.
  explicit NumberPrinter(std::optional<int> places)
      : places_(places), known_(std::size_t{1} << kKnownBits, {1, places}) {}

  // The number of a score that is not large, as `FractionPrinter::print`.
  char* print(value::Fraction number, char* to) {
    constexpr std::uint64_t kMix = 0x9e37'79b9'7f4a'7c15U;  // 2^64 over the golden ratio
    auto& known = known_[(static_cast<std::uint64_t>(number.den) * kMix) >> (64U - kKnownBits)];
    if (known.den() != number.den) known = {number.den, places_};
    return known.print(number.num, to);
  }
  [[nodiscard]] std::optional<int> places() const { return places_; }

 private:
  static constexpr unsigned kKnownBits = 8;

  std::optional<int> places_;
  std::vector<value::FractionPrinter> known_;  // by a hash of the denominator
};

}  // namespace xize::results
