// Which meaning a word has where it stands: the rules of keywords.def's places.
#pragma once

#include <cstdint>
#include <string_view>

#include "compiler/syntax/words.h"

namespace xize::syntax {

// What surrounds a word. Token types; 0 stands for nothing (start, end of a line).
struct Surroundings {
  std::string_view word;
  std::uint16_t previous = 0;
  std::uint16_t before_previous = 0;
  std::uint16_t next = 0;           // raw type: WORD, NUMBER, LPAREN …
  std::string_view next_word;       // when next is WORD
  std::uint16_t head = 0;           // type of the entry's first token
  std::uint16_t block = 0;          // head of the enclosing block; 0 at top level
  bool at_head = false;             // first of its entry, or where a clause may begin
  bool head_line = false;           // between a node's name and its `{`
  bool in_parentheses = false;
  bool in_group = false;            // after `over` and `for`, where units are listed
  bool drop_seen = false;           // 去掉 / drop stands before in this entry
};

// True when the token can end an operand.
bool ends_operand(std::uint16_t type);
// The meaning of the word here, or null for a plain name.
const Word* meaning_of(const Surroundings& around);

}  // namespace xize::syntax
