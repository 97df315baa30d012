// Which level of 一级指标 … 四级指标 an indicator's head says.
// English says `section` and `item`, and the Chinese word only where the level is not the one that
// its depth gives. Chinese says the level of the tree; for the `section` and `item` of an English
// file that of the depth, and 评分项 in bonus and penalty blocks and below four levels.
#pragma once

#include "compiler/format/page.h"

namespace xize::format {

// The level that a depth gives; 0 where it gives none.
int usual_level(const Place& place);
// 1 to 4, or 0 where English says `section` or `item`.
int printed_level(const ast::Node& node, const Place& place);
// Where the children of a node stand.
Place place_within(const ast::Node& node, Place place);

}  // namespace xize::format
