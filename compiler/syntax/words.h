// The table of words (grammar/keywords.def) as data, indexed by spelling.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/entry.h"
#include "compiler/syntax/token.h"

namespace xize::syntax {

// One unit word: `万元` is Yuan with scale 10000.
struct UnitRow {
  ast::UnitWord unit;
  std::int64_t scale;
};
// One word of a claim and what it counts.
struct ClaimRow {
  ast::ClaimKind kind;
  int level;
};
const std::vector<UnitRow>& unit_words();
const std::vector<ClaimRow>& claim_words();

// Where a word is a keyword (the letters of keywords.def).
enum Place : std::uint8_t {
  kAnywhere = 1, kHead = 2, kHeadAlone = 4, kHeadLine = 8, kBetween = 16, kResult = 32, kScore = 64,
};

// One meaning of a spelling. A spelling has several (`合计` is a function and a way to combine).
struct Word {
  std::uint16_t type = 0;   // token type
  std::uint8_t places = 0;  // of keywords; 0 for the families
  std::int32_t role = -1;   // of the families
  bool english = false;
};

// All meanings of a spelling, in the order of keywords.def; empty for a plain name.
const std::vector<Word>& words_of(std::string_view spelling);
// The longest phrase of several parts (`half up`, `比 最好`) that starts with this part, as a count
// of parts; 0 where none does. `parts` are the next words of the line.
std::size_t phrase_length(const std::vector<std::string_view>& parts);
// The digits of a numeral that may stand behind 每 (`两` is 2); empty for any other text.
std::string_view numeral_digits(std::string_view text);
// Every spelling, for did-you-mean.
const std::vector<std::string>& all_spellings();

}  // namespace xize::syntax
