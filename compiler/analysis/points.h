// What each node is worth, and how declared points add up from below.
// In: a checked model. Out: for each node its worth, where the text alone determines it.
// Cost: linear in the nodes.
#pragma once

#include <optional>
#include <vector>

#include "compiler/sema/model.h"

namespace xize::analysis {

using sema::EntryId;
using sema::NodeId;
using value::Rational;

// Points that the node declares: its points or, of a bonus or penalty, its cap.
std::optional<Rational> declared_points(const sema::Node& node);
// An item, or a bonus or penalty block that scores by itself.
bool is_leaf(const sema::Node& node);
// Counts towards what the node around it declares.
bool is_part(const sema::Model& model, const sema::Node& around, NodeId child);
// True where not every unit of the node around it is meant.
bool is_restricted(const sema::Model& model, const sema::Node& node);
// Where a finding about the node belongs: its name, or its head.
source::Span span_of(const sema::Model& model, const sema::Node& node);

// What a node is worth: what it declares, or what its parts add up to.
struct Worth {
  Rational points;
  bool known = true;     // no part is open
  Rational parts;        // what the parts add up to
  bool parts_known = true;
};

// By NodeId.
std::vector<Worth> worth_of_nodes(const sema::Model& model);

}  // namespace xize::analysis
