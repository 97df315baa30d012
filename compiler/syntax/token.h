// A token as the parser sees it: typed by role, with what the scanner already knows of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/source/span.h"

namespace xize::syntax {

// The functions of keywords.def.
enum class Function : std::uint8_t {
#define XIZE_FUNCTION(role, english, chinese, meaning) role,
#include "grammar/keywords.def"
};

// `type` is a token type of the generated grammar (grammar::XizeLexer). `role` belongs to the
// family of the word: a Function, ast::TypeKind, ast::PeriodKind, value::Rounding or
// value::FaultKind as an integer; for UNIT and CLAIM_WORD a row of unit_words() / claim_words().
// `text` is the clean text: a name after NFC without quoting marks, the content of a string, a
// number in ASCII (`4万`, `5%`, `12.5`), a date as `2023-11-30`, a unit or keyword as written.
struct Token {
  std::uint16_t type = 0;
  bool english = false;  // a keyword spelled in Latin letters
  bool chinese = false;  // a keyword spelled in Chinese
  bool glued = false;    // part of a run that was reported as glued
  std::int32_t role = -1;
  source::Span span;
  std::string text;
};

}  // namespace xize::syntax
