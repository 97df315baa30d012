// describe: the data of an end as a reader of the policy knows them. Private to this room.
// In: a stand and a draft. Out: an End with the interpreter's result and what it used.
#pragma once

#include "compiler/extremes/climb.h"
#include "compiler/extremes/extremes.h"

namespace xize::extremes {

// The result of an item and of what it read; nothing is found where the result is another one.
End describe_item(Stand& stand, program::NodeId node, program::OpId result, const Found& found);
// Of a section or total; the guards are those that may decide it.
End describe_whole(Stand& stand, const std::vector<program::Decision>& decisions,
                   program::OpId result, const Found& found);

}  // namespace xize::extremes
