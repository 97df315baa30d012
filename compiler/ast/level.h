// Which level of 一级指标 … 四级指标 a node has that does not say it: the one of its depth.
// In: the nodes around it. Out: 1 to 4, or 0 where a depth gives none.
#pragma once

#include "compiler/ast/entry.h"

namespace xize::ast {

// Where a node stands among the nodes around it.
struct Place {
  int depth = 0;  // of indicators: 0 in a rubric, 1 in an indicator of the first level
  bool in_bonus = false;
  bool in_penalty = false;
};

// Where the children of a node stand.
inline Place place_within(const Node& node, Place place) {
  if (node.kind == NodeKind::Rubric) return {};
  place.in_bonus |= node.kind == NodeKind::Bonus;
  place.in_penalty |= node.kind == NodeKind::Penalty;
  // 部分 only groups indicators; it takes no level from them.
  if (node.kind != NodeKind::Section || node.level != 0) ++place.depth;
  return place;
}

// The level of a `section` or `item` here; 0 in bonus and penalty blocks and below four levels.
inline int usual_level(const Place& place) {
  const bool in_block = place.in_bonus || place.in_penalty;
  return in_block || place.depth >= 4 ? 0 : place.depth + 1;
}

}  // namespace xize::ast
