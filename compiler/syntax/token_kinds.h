// What the types of tokens have in common, wherever they stand.
#pragma once

#include <cstdint>

namespace xize::syntax {

// A name is wanted right after this head.
bool takes_name(std::uint16_t head);
// A rubric, section, item, bonus or penalty begins with it.
bool is_node(std::uint16_t head);
// `，`, `、`: another one of a list may follow.
bool is_list_mark(std::uint16_t type);
// The entry goes on after the line end that follows this token.
bool joins_next_line(std::uint16_t type);

}  // namespace xize::syntax
