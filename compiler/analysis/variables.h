// What data may hold: the declared range of each column and parameter, and which of them are tied
// to each other by checks.
// In: a checked model. Out: ranges, and a class for each variable; variables of different classes
// can be chosen apart.
// Cost: linear in the declarations and their checks.
#pragma once

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/analysis/estimate.h"
#include "compiler/sema/model.h"

namespace xize::analysis {

using sema::ColumnId;
using sema::ExprId;

// The columns, tables and parameters of one policy.
class Variables {
 public:
  explicit Variables(const sema::Model& model);

  // Bools are 0 or 1, choices the place of their label; what is no number is everything.
  [[nodiscard]] Interval range(const sema::Column& column) const;
  [[nodiscard]] Reads column(ColumnId id) const;
  [[nodiscard]] Reads table(sema::TableId id) const;
  [[nodiscard]] Reads parameter(sema::ParameterId id) const;
  // The unit itself: its name, its groups.
  [[nodiscard]] Reads unit() const;
  // A check says that one column is never more than the other.
  [[nodiscard]] bool at_most(ColumnId less, ColumnId more) const;

 private:
  void tie(std::uint32_t a, std::uint32_t b);
  void tie_all(std::uint32_t first, const std::vector<ExprId>& exprs);
  void read_checks();
  [[nodiscard]] std::uint32_t root(std::uint32_t variable) const;
  [[nodiscard]] std::uint32_t table_variable(sema::TableId id) const;
  [[nodiscard]] std::uint32_t parameter_variable(sema::ParameterId id) const;
  [[nodiscard]] std::uint32_t variable_of(const sema::Binding& binding) const;

  const sema::Model& model_;
  mutable std::vector<std::uint32_t> above_;  // union-find
  std::unordered_map<ColumnId, std::vector<ColumnId>> at_most_;
  std::unordered_set<sema::DefineId> walked_;  // those that a check reads
};

}  // namespace xize::analysis
