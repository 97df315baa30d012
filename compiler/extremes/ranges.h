// ranges: what the text alone proves of the results of nodes and totals. Private to this room.
// In: a stand whose last run was of the unit in question. Out: ranges that no such unit leaves.
// Must hold: they are of units to which the same items apply as in that run.
#pragma once

#include <vector>

#include "compiler/analysis/interval.h"
#include "compiler/extremes/stand.h"

namespace xize::extremes {

using analysis::Interval;

class Ranges {
 public:
  explicit Ranges(Stand& stand);

  // Of an item before points are redistributed and before it is rounded.
  [[nodiscard]] const Interval& item(sema::NodeId item) const { return items_[item.index]; }
  // Of the score of a node, of a total.
  [[nodiscard]] Interval score(program::NodeId node) const;
  [[nodiscard]] Interval total(std::uint32_t rubric) const;

 private:
  [[nodiscard]] Interval together(const std::vector<program::NodeId>& parts,
                                  const sema::Node& around) const;
  [[nodiscard]] Interval decided(const std::vector<program::Decision>& decisions,
                                 const std::optional<Rational>& full, Interval range) const;
  [[nodiscard]] sema::NodeId model_node(program::Origin origin) const;

  Stand& stand_;
  std::vector<Interval> items_;
};

}  // namespace xize::extremes
