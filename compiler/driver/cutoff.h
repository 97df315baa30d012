// cutoff: records after the last day that counts, `cutoff D`.
// In: the model, and rows on their way to the engine. Out: how many rows of a table came too late;
// it is the program that leaves them out of every count.
#pragma once

#include <optional>

#include "compiler/sema/model.h"
#include "runtime/table/table.h"

namespace xize::driver {

// The last day that counts, where the policy writes one.
std::optional<value::Date> cutoff_of(const sema::Model& model);

// Passes rows on and counts those whose date lies after the cutoff.
class CutoffCounter final : public table::RowSink {
 public:
  CutoffCounter(table::RowSink* next, std::size_t date_column, value::Date last)
      : next_(next), date_column_(date_column), last_(last) {}

  void add(const table::RowView& row) override;
  [[nodiscard]] std::uint64_t late() const { return late_; }

 private:
  table::RowSink* next_;  // null: nobody wants the rows
  std::size_t date_column_;
  value::Date last_;
  std::uint64_t late_ = 0;
};

}  // namespace xize::driver
