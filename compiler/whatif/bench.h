// whatif: what would come of other data, found by scoring again.
// bench: the data of a run, or the part of them that matters, to be scored again with changes.
// In: a Scoring that kept its records. Out: outcomes. The scoring outlives the bench.
// Must hold: a bench of one period gives what a bench of all gives; so does a bench of one unit
// wherever units are not compared.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/driver/scoring.h"

namespace xize::whatif {

// Another value in a cell of the unit table.
struct CellChange {
  std::size_t row = 0;
  std::uint32_t column = 0;
  value::Value value;
};
using CellChanges = std::vector<CellChange>;

// A record of the bench: its table and its place there.
struct RecordPlace {
  std::uint16_t table = 0;
  std::size_t row = 0;
};

class Bench {
 public:
  // Everything.
  explicit Bench(const driver::Scoring& scoring);
  // All units in the period of this row; in all periods where the policy looks at others.
  static Bench of_period(const driver::Scoring& scoring, std::size_t row);
  // The unit of this row alone, in the same periods.
  static Bench of_unit(const driver::Scoring& scoring, std::size_t row);

  // The row of the bench for a row of the scoring, which it must have.
  [[nodiscard]] std::size_t row_of(std::size_t row) const;
  [[nodiscard]] const table::UnitTable& units() const { return units_; }
  [[nodiscard]] const std::vector<table::Table>& records() const { return records_; }

  // From now on the data are others.
  void set_units(table::UnitTable units) { units_ = std::move(units); }
  void set_parameter(std::uint32_t slot, value::Value value);
  void add(std::uint16_t table, const table::RowView& record);
  void drop(const RecordPlace& record);

  // Scores; every value of the rows of `trace` is kept.
  engine::Outcome run(const std::vector<std::size_t>& trace);
  // Scores once with these cells.
  engine::Outcome run(const CellChanges& changes, const std::vector<std::size_t>& trace);

 private:
  // Leaves only the rows and records whose unit and period are wanted.
  template <class Wanted>
  Bench(const driver::Scoring& scoring, Wanted wanted);

  const driver::Scoring& scoring_;
  std::vector<std::size_t> rows_;  // of the scoring, by row of the bench
  table::UnitTable units_;
  std::vector<table::Table> records_;
  std::vector<std::optional<value::Value>> parameters_;
};

// The unit table with these cells.
table::UnitTable with_cells(const table::UnitTable& units, const CellChanges& changes);

}  // namespace xize::whatif
