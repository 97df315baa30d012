#include "compiler/syntax/token_kinds.h"

#include <XizeLexer.h>

namespace xize::syntax {

using T = grammar::XizeLexer;

bool is_node(std::uint16_t head) {
  switch (head) {
    case T::RUBRIC:
    case T::SECTION:
    case T::ITEM:
    case T::PLAIN_SECTION:
    case T::PLAIN_ITEM:
    case T::LEVEL_1:
    case T::LEVEL_2:
    case T::LEVEL_3:
    case T::LEVEL_4:
    case T::BONUS:
    case T::PENALTY: return true;
    default: return false;
  }
}

bool takes_name(std::uint16_t head) {
  switch (head) {
    case T::POLICY:
    case T::TABLE:
    case T::RECORDS:
    case T::LOOKUP:
    case T::TYPE:
    case T::GROUP:
    case T::REFERENCE_GROUP:
    case T::ALIAS:
    case T::DEFINE:
    case T::METHOD:
    case T::USE:
    case T::SAMPLE:
    case T::SELECT:
    case T::REPORT:
    case T::INPUT:
    case T::PARAMETER:
    case T::SET:
    case T::AT_LEAST:
    case T::AT_MOST:
    case T::ALLOW: return true;
    default: return is_node(head) && head != T::BONUS && head != T::PENALTY;
  }
}

bool is_list_mark(std::uint16_t type) { return type == T::COMMA || type == T::PAUSE; }

bool joins_next_line(std::uint16_t type) {
  switch (type) {
    case 0:
    case T::SEP:
    case T::COMMA:
    case T::PAUSE:
    case T::ARROW:
    case T::COLON:
    case T::LBRACE:
    case T::PLUS:
    case T::MINUS:
    case T::STAR:
    case T::SLASH:
    case T::AMP:
    case T::EQ:
    case T::NE:
    case T::LT:
    case T::LE:
    case T::GT:
    case T::GE:
    case T::AND:
    case T::OR:
    case T::NOT:
    case T::DOT:
    case T::TURNS:
    case T::WHERE:
    case T::THEN:
    case T::ELSE:
    case T::IF:
    case T::IN: return true;
    default: return false;
  }
}

}  // namespace xize::syntax
