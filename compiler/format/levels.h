// Which level of 一级指标 … 四级指标 an indicator's head says.
// English says `section` and `item`, and the Chinese word only where the level is not the one that
// its depth gives; so the level is the same after a conversion there and back. Chinese says the
// level of the tree, or of the depth; 评分项 in bonus and penalty blocks and below four levels.
#pragma once

#include "compiler/format/page.h"

namespace xize::format {

// 1 to 4, or 0 where the head says `section`, `item` or 评分项.
int printed_level(const ast::Node& node, const Place& place, bool chinese);

// Where the children of a node stand.
Place place_within(const ast::Node& node, Place place);

}  // namespace xize::format
