// What the expressions of a policy can come to, over everything its data may hold.
// In: bound and typed expressions. Out: estimates of numbers, verdicts of conditions; a condition
// that the ranges do not rule out is taken to be possible. Bools count as 0 and 1, labels of a
// choice as their place.
// Must hold: bounds are proved; what cannot be told is all numbers.
// Cost: each definition once, or once for each cell.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/analysis/estimate.h"
#include "compiler/analysis/variables.h"

namespace xize::analysis {

// Something whose range can be cut into pieces: a column of the unit table or a define.
struct Key {
  bool define = false;
  std::uint32_t index = 0;
  friend auto operator<=>(const Key&, const Key&) = default;
};

// One piece for each of some keys; empty: nothing is cut.
using Cell = std::vector<std::pair<Key, Interval>>;

// Evaluates the expressions of one model.
class Evaluator {
 public:
  Evaluator(const sema::Model& model, const Variables& variables)
      : model_(model), variables_(variables) {}

  Estimate number(ExprId id);
  Condition condition(ExprId id);
  // Does a row of a table fit `x`, which `scrutinee` stands for?
  Condition fits(const Estimate& x, const ast::RowTest& test);

  // From here on only values of the cell are looked at.
  void enter(const Cell& cell);
  // What a name stands for that can be cut, if it does.
  [[nodiscard]] std::optional<Key> key_of(ExprId id) const;
  // How many expressions were looked at so far.
  [[nodiscard]] std::size_t steps() const { return steps_; }
  [[nodiscard]] const Variables& variables() const { return variables_; }

 private:
  friend struct NumberVisit;

  Estimate node_number(ExprId id);
  Condition node_condition(ExprId id);
  Estimate bound_number(const sema::Binding& binding);
  Condition bound_condition(const sema::Binding& binding, ExprId id);
  Estimate define_number(sema::DefineId id);
  Condition define_condition(sema::DefineId id);
  Estimate column_number(ColumnId id);
  Estimate result_number(sema::NodeResult result) const;
  Estimate lookup_number(sema::LookupId id);
  Estimate aggregate(ExprId id, const ast::Aggregate& a);
  Estimate folded_rows(ExprId id, const ast::Aggregate& a, const sema::AggregateInfo& info);
  Estimate listed(const ast::Aggregate& a);
  Condition aggregate_condition(ExprId id, const ast::Aggregate& a);
  Condition as_condition(ExprId id);
  Estimate quotient_of(const ast::Binary& division);
  [[nodiscard]] std::optional<ColumnId> column_of(ExprId id) const;
  [[nodiscard]] const Interval* cut(const Key& key) const;

  const sema::Model& model_;
  const Variables& variables_;
  Cell cell_;
  std::unordered_map<sema::DefineId, Estimate> numbers_;
  std::unordered_map<sema::DefineId, Condition> conditions_;
  std::unordered_map<sema::DefineId, Estimate> numbers_uncut_;
  std::unordered_map<sema::DefineId, Condition> conditions_uncut_;
  std::unordered_map<sema::LookupId, Estimate> lookups_;
  std::size_t steps_ = 0;
  int depth_ = 0;
};

}  // namespace xize::analysis
