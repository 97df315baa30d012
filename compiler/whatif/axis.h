// axis: the values that one column of the unit table may take, in order, from the one it has.
// In: a column's schema and its cell. Out: the value so many steps away.
// Must hold: every value could stand in a data file; place 0 is the cell as it is.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/base/string_pool.h"
#include "runtime/table/schema.h"
#include "runtime/value/value.h"

namespace xize::whatif {

class Axis {
 public:
  // A text has no axis; a cell that is blank or 不涉及 has only itself.
  Axis(const table::ColumnSchema& schema, const value::Value& cell, base::StringPool& pool);

  // The value `place` steps up or down; nothing where the column does not allow it.
  [[nodiscard]] std::optional<value::Value> at(std::int64_t place) const;
  // The places of a yes-or-no or a choice; empty for numbers, dates and months.
  [[nodiscard]] const std::vector<std::int64_t>& listed() const { return listed_; }
  [[nodiscard]] bool ordered() const { return ordered_; }
  // How many steps a number lies from the cell; not whole between two values.
  [[nodiscard]] value::Rational place_of(const value::Rational& number) const;
  // The last place that the range allows in a direction; nothing where it does not end.
  [[nodiscard]] std::optional<std::int64_t> end(int direction) const;
  [[nodiscard]] const value::Rational& step() const { return step_; }

 private:
  [[nodiscard]] std::optional<value::Value> number_at(std::int64_t place) const;

  const table::ColumnSchema& schema_;
  value::Value cell_;
  bool ordered_ = false;
  value::Rational start_ = 0;  // a number, the days of a date or the months of a month
  value::Rational step_ = 1;
  std::vector<std::int64_t> listed_;
  std::vector<value::Value> values_;  // by place, of what is listed
  std::int64_t first_ = 0;            // place of the first of them
};

// A number, or a date or month as one; nothing else.
std::optional<value::Rational> number_of(const value::Value& value);

}  // namespace xize::whatif
