// unit_fields: which unit rows an op compares with one another, and who of them takes part
// (runtime/interpreter/population.h says when).
// In: the numbers of the op's operands. Out: the field of each row, from 0 on: its period, or all
// periods, parted by class where the op has classes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/blockwise/unit_numbers.h"

namespace xize::blockwise {

class UnitFields {
 public:
  UnitFields(const interpreter::State& state, const program::Op& op,
             std::span<const UnitNumbers> operands);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t row_count() const { return fields_.size(); }
  [[nodiscard]] std::uint32_t of(std::size_t row) const { return fields_[row]; }
  [[nodiscard]] bool takes_part(std::size_t row) const { return takes_part_[row] != 0; }
  // The keys of those who take part, by field; `keys` are by row.
  [[nodiscard]] std::vector<std::vector<std::int64_t>> part(
      std::span<const std::int64_t> keys) const;

 private:
  void part_by_class(const UnitNumbers& classes);
  void find_participants(const interpreter::State& state, const UnitNumbers& who,
                         std::span<const UnitNumbers> used);
  void keep_last_of_each(const table::UnitTable& units);

  std::size_t size_ = 1;
  std::vector<std::uint32_t> fields_;
  std::vector<std::uint8_t> takes_part_;
};

// A comparison of units: an op and what it needs.
struct UnitComparison {
  interpreter::State& state;
  OpId id;
  const program::Op& op;
  std::vector<UnitNumbers> operands;
  UnitFields fields;
};

}  // namespace xize::blockwise
