// What the clauses of one item can give or take, as the program will add them up.
// In: an item whose points are known. Out: its sum before it is kept within the points, and the
// part of each clause. Penalty items count what they take away.
// Cost: linear in the item, besides definitions.
#pragma once

#include <vector>

#include "compiler/analysis/evaluator.h"

namespace xize::analysis {

using sema::EntryId;
using sema::NodeId;

// One clause or block directly in the item.
struct Part {
  EntryId entry;
  Estimate amount;
};

// The clauses of one item together.
struct ClauseSum {
  Estimate total;
  std::vector<Part> parts;
  bool open = false;  // a rule that the document leaves open stands among them
};

// Reads the clauses of one item.
class ClauseEstimator {
 public:
  ClauseEstimator(const sema::Model& model, Evaluator& evaluator, NodeId item,
                  const Rational& points);

  ClauseSum run();
  // An amount in points; a share is taken of `worth`.
  Estimate amount(ExprId id, const Estimate& worth);
  // The right side of a row: of a range, all of it.
  Estimate result(const ast::RowResult& result, const Estimate& worth);
  Estimate worth_of(const ast::Clause& clause);

 private:
  friend struct ScaleVisit;

  Estimate start();
  Estimate entry(EntryId id);
  Estimate all(const std::vector<EntryId>& entries);
  Estimate clause(EntryId id, const ast::Clause& clause);
  Estimate size(EntryId id, const ast::Clause& clause, const Estimate& worth);
  Estimate in_steps(const ast::Per& per, const Estimate& n);
  Estimate multiplied(const ast::Clause& clause, Estimate amount);
  Estimate together(const ast::Together& both);
  Estimate pick(const ast::Pick& pick);
  [[nodiscard]] bool deducts(const ast::Clause& clause) const;
  [[nodiscard]] bool only_deducts(const std::vector<EntryId>& entries) const;

  const sema::Model& model_;
  Evaluator& evaluator_;
  NodeId item_;
  Estimate full_;
  bool penalty_ = false;
  bool open_ = false;
};

}  // namespace xize::analysis
