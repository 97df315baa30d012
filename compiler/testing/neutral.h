// neutral: what a cell holds that a test does not name (testing.h says which value that is).
#pragma once

#include "compiler/lower/lower.h"
#include "runtime/base/string_pool.h"

namespace xize::testing {

// The months a policy speaks of: a year, half-year, quarter or month up to its cutoff.
struct Season {
  value::Month first;
  std::int64_t months = 12;
};
Season season_of(const sema::Model& model);

// Where a cell stands: `index` counts the rows of its table, from 0; the period the row lies in.
struct CellPlace {
  std::size_t index = 0;
  std::optional<value::Month> period;
};

class Neutral {
 public:
  Neutral(const sema::Model& model, base::StringPool& strings)
      : model_(model), strings_(strings), season_(season_of(model)) {}

  [[nodiscard]] value::Value cell(const sema::Column& column, const table::ColumnSchema& schema,
                                  const CellPlace& place) const;
  [[nodiscard]] const Season& season() const { return season_; }

 private:
  [[nodiscard]] value::Value mark(const sema::Column& column) const;
  [[nodiscard]] value::Value date(const table::ColumnSchema& schema, const CellPlace& place) const;
  [[nodiscard]] value::Value month(const table::ColumnSchema& schema, const CellPlace& place) const;

  const sema::Model& model_;
  base::StringPool& strings_;
  Season season_;
};

}  // namespace xize::testing
