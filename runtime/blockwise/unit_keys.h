// unit_keys: integers in the order of the numbers that units are compared by.
// In: the numbers of all rows. Out: for each row an integer, its key; of two rows the one with the
// larger number has the larger key, equal numbers have equal keys.
// Where all numbers have one denominator these are the numerators, else places among all rows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/blockwise/unit_numbers.h"

namespace xize::blockwise {

// The keys of one measure.
class UnitKeys {
 public:
  UnitKeys(const UnitNumbers& numbers, std::size_t rows);

  [[nodiscard]] const std::vector<std::int64_t>& by_row() const { return keys_; }
  // The number that has the key of a row.
  [[nodiscard]] value::Rational number(std::int64_t key) const;

 private:
  std::vector<std::int64_t> keys_;
  std::int64_t den_ = 1;
  std::vector<value::Fraction> sorted_;  // by key, if keys are places
};

// Keys that are the places of integers among all of them, equal ones counted once, from 0 on.
std::vector<std::int64_t> dense_keys(std::span<const std::int64_t> integers);

// The keys of several measures, the first the most important: rows that are equal by it are ordered
// by the next. `ascending`: the smaller the first, the larger the key. Empty: beyond 64 bits.
std::optional<std::vector<std::int64_t>> join_keys(std::span<const UnitNumbers> measures,
                                                   std::size_t rows, bool ascending);

}  // namespace xize::blockwise
