// What the text alone proves of the result of each item: the range that no unit leaves.
// In: a checked model. Out: by NodeId a range, after the item's points cut it off and before it is
// rounded or points are redistributed; of a penalty item, of what is taken away. All numbers where
// nothing is known: of sections and of items without constant points.
#pragma once

#include <vector>

#include "compiler/analysis/interval.h"
#include "compiler/sema/model.h"

namespace xize::analysis {

std::vector<Interval> ends_of_items(const sema::Model& model);
// The same where results are rounded as the entry says, if it is one.
Interval rounded(const sema::Model& model, sema::EntryId round, const Interval& range);

}  // namespace xize::analysis
