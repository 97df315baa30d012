// Every rule and expression of a policy where it is read, with what must hold for it to be read.
// In: a checked model. Out: a callback for each clause and expression, in the order written.
// Must hold: each expression is visited once in each node that reads it; with `follow` also those
// of the definitions that the node uses, else each definition once, with no node around it but its
// own.
// Cost: linear in the policy; with `follow`, in the definitions for each node.
#pragma once

#include <functional>
#include <vector>

#include "compiler/analysis/points.h"

namespace xize::analysis {

using sema::ExprId;

// Something that was decided before: a guard that failed, a condition that held or failed, a table
// that looked at a value.
struct Step {
  const sema::GuardInfo* guard = nullptr;  // did not hold
  ExprId condition{};                      // held, or failed if negated
  bool negated = false;
  ExprId about{};                          // a row of a table over this value was taken
};

// A clause or an expression at its place.
struct Reading {
  NodeId node;                             // invalid: outside the rubrics
  const ast::Clause* clause = nullptr;     // or
  ExprId expr;
  source::Span span;
  const std::vector<Step>& path;
};

using OnReading = std::function<void(const Reading&)>;

// The whole policy; each definition once.
void for_each_reading(const sema::Model& model, const OnReading& on_reading);
// The rules of one node, and the definitions they use.
void follow_readings(const sema::Model& model, NodeId node, const OnReading& on_reading);

}  // namespace xize::analysis
