#include "compiler/syntax/place.h"

#include <XizeLexer.h>

#include <optional>

#include "compiler/syntax/token_kinds.h"

namespace xize::syntax {
namespace {

using T = grammar::XizeLexer;

std::size_t count_points(std::string_view text) {
  std::size_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return n;
}

// Does the next word continue an expression (`总分 超过 100`), so that this one is a name?
bool next_word_is_operator(std::string_view next_word) {
  for (const Word& word : words_of(next_word)) {
    switch (word.type) {
      case T::LT:
      case T::LE:
      case T::GT:
      case T::GE:
      case T::EQ:
      case T::NE:
      case T::AND:
      case T::OR:
      case T::IN:
      case T::NOT_IN:
      case T::IS:
      case T::IS_MISSING:
      case T::IS_PRESENT:
      case T::RATIO_SCORE:
      case T::SUM_EQUALS:
      case T::SUM_AT_MOST: return true;
      default: break;
    }
  }
  return false;
}

bool next_ends_entry(const Surroundings& s) {
  switch (s.next) {
    case 0:
    case T::NEWLINE:
    case T::SEMI:
    case T::RBRACE: return true;
    default: return false;
  }
}

bool next_makes_name(const Surroundings& s) {
  switch (s.next) {
    case T::EQ:
    case T::COLON:
    case T::COMMA:
    case T::PAUSE:
    case T::ARROW:
    case T::DOT:
    case T::PLUS:
    case T::STAR:
    case T::SLASH:
    case T::AMP:
    case T::RPAREN:
    case T::LT:
    case T::LE:
    case T::GT:
    case T::GE:
    case T::NE:
    case T::RBRACK: return true;
    case T::WORD: return next_word_is_operator(s.next_word);
    default: return false;
  }
}

bool next_starts_operand(const Surroundings& s) {
  switch (s.next) {
    case T::NUMBER:
    case T::STRING:
    case T::DATE:
    case T::MONTH_LIT:
    case T::BACKTICK: return true;
    case T::WORD:
      for (const Word& word : words_of(s.next_word)) {
        if ((word.places & kAnywhere) != 0) return false;
      }
      return true;
    default: return false;
  }
}

bool scope_follows(std::uint16_t previous) {
  switch (previous) {
    case T::WITHIN:
    case T::ON:
    case T::REDISTRIBUTE:
    case T::PROPORTIONALLY:
    case T::EQUALLY: return true;
    default: return false;
  }
}

// Right after `C 的，`.
bool is_outcome_place(const Surroundings& s) {
  return s.previous == T::COMMA && s.before_previous == T::DE;
}

// Families: functions, types, units, and the words of one place.
bool family_fits(const Word& word, const Surroundings& s) {
  const bool before_parenthesis = s.next == T::LPAREN;
  switch (word.type) {
    case T::FUNCTION: {
      // `每1个 合计（…）`: what is counted follows its measure word.
      const bool counted = s.previous == T::UNIT && (s.head == T::EACH || s.head == T::EACH_FULL ||
                                                     s.head == T::EACH_STARTED);
      const bool checked = s.previous == T::STRING && s.before_previous == T::CHECK;
      return before_parenthesis && (counted || checked || !ends_operand(s.previous));
    }
    case T::TYPE_WORD:
      if (before_parenthesis && s.previous != T::DE) return false;
      if (s.block == T::CLAIMS) return false;
      return (s.previous == T::COLON && s.block != T::CHECKLIST) ||
             (s.previous == T::DE && !s.in_parentheses) ||
             (s.previous == T::EQ && s.head == T::TYPE) ||
             (s.previous == T::OPTIONAL && s.before_previous == T::COLON);
    case T::UNIT:
      // 加 x 分: a number by its name.
      if (s.previous == T::NAME && s.word == "分") return s.next != T::COLON;
      return s.previous == T::NUMBER || s.previous == T::EACH ||
             (s.previous == T::SLASH && s.before_previous == T::UNIT);
    case T::PERIOD_WORD: return s.previous == T::PERIOD;
    case T::ROUNDING:
      if (s.next == T::EQ) return false;
      if (s.at_head) return s.next == T::COMMA || s.next_word == "保留";
      return s.previous == T::TOTAL || s.previous == T::NUMBER || s.previous == T::UNIT ||
             s.previous == T::PLACES ||
             s.previous == T::COMMA || s.previous == T::ROUND;
    case T::CLAIM_WORD:
      return s.block == T::CLAIMS && (s.at_head || is_list_mark(s.previous) || s.previous == T::DE);
    case T::FAULT_WORD:
      return s.previous == T::EXPECT_ERROR ||
             (s.head == T::EXPECT_ERROR && is_list_mark(s.previous));
    default: return false;
  }
}

// Words whose place is tied to something else. True fits, false does not; empty: the general rule
// decides.
using Fit = std::optional<bool>;

bool is_drop_count(const Surroundings& s) {
  return s.drop_seen && (s.previous == T::NUMBER || s.previous == T::UNIT);
}

// Words that only follow one other word.
Fit previous_fit(const Word& word, const Surroundings& s) {
  switch (word.type) {
    case T::IN_RUBRIC:
    case T::IN_SECTION:
    case T::IN_ITEM: return scope_follows(s.previous);
    case T::EQUALLY:
    case T::PROPORTIONALLY: return s.previous == T::REDISTRIBUTE;
    case T::BY_AVERAGE:
    case T::BY_SUM:
    case T::BY_LAST:
    case T::BY_WEIGHTS: return s.previous == T::COMBINE;
    case T::HIGHEST:
    case T::LOWEST: return is_drop_count(s);
    case T::FLOOR:
    case T::CEILING: return is_drop_count(s) ? Fit(false) : Fit();  // 去掉 1 个最高 1 个最低
    case T::ON_ISSUE: return s.previous == T::EFFECTIVE;
    case T::STOP: return s.previous == T::DATE;
    case T::STARTED: return s.previous == T::EVERY;
    case T::UNITS: return s.previous == T::OVER || !word.english;
    case T::DOUBLE:
    case T::HALVE: return is_outcome_place(s) ? Fit(true) : Fit();
    case T::MONTH:
      return s.previous == T::BY || !word.english ||
             (s.previous == T::LPAREN && s.next_word == "where");
    case T::MISSING:
    case T::PENDING:
      return s.previous == T::IS || s.previous == T::NOT ||
             (s.head == T::GIVEN && s.previous == T::EQ);
    default: return std::nullopt;
  }
}

// Words that only stand before one other, or in brackets.
Fit next_fit(const Word& word, const Surroundings& s) {
  switch (word.type) {
    case T::TOP:
    case T::BEST:
    case T::TRIM:
    case T::DROP: return s.next == T::NUMBER;
    case T::LEVELS: return s.next == T::LBRACE;
    case T::SCORE: return s.next == T::EQ;
    case T::CHECK: return s.next == T::STRING ? Fit() : Fit(false);
    case T::COUNTING_FIRST: return s.in_parentheses;
    default: return std::nullopt;
  }
}

// 最高, 不超过, 上限 … are caps only after a comma or in the brackets of a head, before a number;
// `最多` always is one.
Fit cap_fit(const Word& word, const Surroundings& s) {
  if (word.english || s.word.starts_with("最多")) return std::nullopt;
  switch (s.block) {
    case T::TABLE:
    case T::RECORDS:
    case T::LOOKUP:
    case T::SAMPLE:
    case T::GRADE: return false;
    default: break;
  }
  if (s.head == T::INPUT || s.head == T::PARAMETER || s.head == T::TOTAL) return false;
  const bool in_clause = s.previous == T::COMMA && !s.at_head && !s.in_parentheses;
  return (in_clause || s.previous == T::NOTE) && s.next == T::NUMBER;
}

// 有, 发生, 无 … before the name of records: elsewhere they may be labels.
Fit existence_fit(const Word& word, const Surroundings& s) {
  if (s.word == "存在") return std::nullopt;
  if (word.type == T::EACH) {
    const bool counts = s.at_head && s.next == T::NUMBER && s.block != T::GRADE;
    return s.word == "发现" ? Fit(counts) : std::nullopt;
  }
  const bool names = s.next == T::BACKTICK || (s.next == T::WORD && words_of(s.next_word).empty());
  return names && !ends_operand(s.previous) && s.previous != T::DOT;
}

// Words of one kind of block or entry.
Fit block_fit(const Word& word, const Surroundings& s) {
  const bool amends = s.block == T::AMENDS;
  switch (word.type) {
    case T::NOT_APPLICABLE:
    case T::TIER: return s.at_head;
    case T::MAX: return cap_fit(word, s);
    case T::EACH:
    case T::EXISTS:
    case T::NONE: return existence_fit(word, s);
    case T::DE: return s.word == "时" ? Fit(s.next == T::COMMA) : Fit();
    case T::KEEP:
    case T::RENAME:
    case T::SPLIT:
    case T::MERGE:
    case T::REPLACE:
    case T::RESET:
    case T::REMOVE:
    case T::ADD:
    case T::AMEND_SUBJECT: return s.at_head && amends;
    case T::POINTS_OF:
      return amends && (s.at_head || s.previous == T::COMMA || s.previous == T::KEEP ||
                        ends_operand(s.previous));
    case T::POINTS_FROM: return amends;
    case T::COLUMNS: return s.at_head && s.block == T::LOOKUP;
    case T::GROUP_PLUS:
    case T::GROUP_MINUS:
    case T::GROUP_AND:
      return s.head == T::GROUP || s.head == T::REFERENCE_GROUP || s.in_group;
    case T::EXPECT_ERROR:
      return s.at_head ||
             (s.head == T::EXPECT && (s.previous == T::EXPECT || s.previous == T::COMMA));
    case T::UNSCORED:
      if (s.head != T::EXPECT) return std::nullopt;
      return s.previous == T::EXPECT || s.previous == T::COMMA;
    case T::ROUND:
      return !amends &&
             (s.at_head || ends_operand(s.previous) || s.previous == T::COMMA ||
              s.previous == T::TOTAL) &&
             (s.next == T::NUMBER || s.next == T::WORD);
    default: return std::nullopt;
  }
}

Fit tied_fit(const Word& word, const Surroundings& s) {
  if (const Fit fit = previous_fit(word, s)) return fit;
  if (const Fit fit = next_fit(word, s)) return fit;
  return block_fit(word, s);
}

// 一级指标, 定义 … are no names, so an operator behind one is the name that it declares.
bool only_declares(const Word& word) {
  switch (word.type) {
    case T::LEVEL_1:
    case T::LEVEL_2:
    case T::LEVEL_3:
    case T::LEVEL_4:
    case T::RUBRIC:
    case T::DEFINE:
    case T::METHOD:
    case T::INPUT:
    case T::REPORT: return !word.english;
    default: return false;
  }
}

// A column is being declared: whatever stands before its `:` is its name.
bool names_column(const Surroundings& s) {
  const bool in_table = s.block == T::TABLE || s.block == T::RECORDS;
  const bool declares = !s.at_head && (s.head == T::INPUT || s.head == T::PARAMETER);
  if (s.next == T::COLON) return in_table || declares;
  return in_table && s.at_head && (is_list_mark(s.next) || s.next == T::EQ);
}

bool head_fits(const Word& word, const Surroundings& s) {
  if (!s.at_head) return false;
  if (only_declares(word) && s.next == T::WORD) return true;
  // 原文：“…”, 扣分制：每1个 …: no column is named here.
  const bool colon = s.next == T::COLON && !word.english && s.block != T::SAMPLE;
  if ((word.places & kHeadAlone) != 0) return colon || !next_makes_name(s) || s.next == T::COMMA;
  if ((word.places & kHead) == 0) return false;
  return colon || (!next_makes_name(s) && !next_ends_entry(s));
}

bool between_fits(const Word& word, const Surroundings& s) {
  if (!word.english && count_points(s.word) >= 3) return true;
  if (ends_operand(s.previous)) return true;
  if (s.previous == T::COMMA) return !next_makes_name(s);
  return next_starts_operand(s) && !s.at_head;
}

bool result_fits(const Word& word, const Surroundings& s) {
  if (!word.english && count_points(s.word) >= 3) return true;
  // C 的，加倍，D 的，减半: a comma may follow.
  if (is_outcome_place(s) && s.next == T::COMMA) return true;
  switch (s.previous) {
    case T::ARROW:
    case T::GETS:
    case T::DEDUCT:
    case T::AWARD:
    case T::BASE:
    case T::MAX:
    case T::EVERY:
    case T::EACH:
    case T::ELSE:
    case T::OTHERWISE: return true;
    case T::DE: return !s.in_parentheses;
    default: return ends_operand(s.previous) || (s.at_head && !next_makes_name(s));
  }
}

bool keyword_fits(const Word& word, const Surroundings& s) {
  if (const Fit tied = tied_fit(word, s)) return *tied;
  if ((word.places & kAnywhere) != 0) return true;
  if (head_fits(word, s)) return true;
  if ((word.places & kHeadLine) != 0 && s.head_line) return true;
  if ((word.places & kBetween) != 0 && between_fits(word, s)) return true;
  return (word.places & kResult) != 0 && result_fits(word, s);
}

}  // namespace

bool ends_operand(std::uint16_t type) {
  switch (type) {
    case T::NAME:
    case T::NUMBER:
    case T::UNIT:
    case T::STRING:
    case T::TRIPLE:
    case T::RPAREN:
    case T::RBRACK:
    case T::RBRACE:
    case T::DATE:
    case T::MONTH_LIT:
    case T::TRUE:
    case T::FALSE:
    case T::FULL:
    case T::ZERO:
    case T::GET_FULL:
    case T::OWN_POINTS:
    case T::INCL:
    case T::EXCL:
    case T::TYPE_WORD:
    case T::OR_MORE:
    case T::OR_LESS:
    case T::ABOVE:
    case T::BELOW:
    case T::NA:
    case T::OPTIONAL:
    case T::KEY:
    case T::UNITS:
    case T::DAYS_OF:
    case T::WORKDAYS_OF:
    case T::IS_MISSING:
    case T::IS_PRESENT:
    case T::DESCENDING:
    case T::ASCENDING:
    case T::DENSE:
    case T::TO_BEST:
    case T::TO_AVERAGE:
    case T::TO_SUM:
    case T::PLACES:
    case T::ROUNDING:
    case T::UNTIL_GONE:
    case T::RATIO_SCORE:
    case T::JUDGE:
    case T::JUDGE_DEDUCTION:
    case T::COVERING_ALL:
    case T::EVERY_MONTH:
    case T::REQUIRES_EVIDENCE:
    case T::UNCAPPED:
    case T::OTHERWISE:
    case T::ON_ISSUE:
    case T::MONTH:
    case T::PENDING:
    case T::MISSING:
    case T::SEPARATELY:
    case T::EVERY_PERIOD:
    case T::UNSPECIFIED:
    case T::STARTED:
    case T::NO_POINTS:
    case T::UNSPECIFIED_POINTS:
    case T::NO_TOTAL:
    case T::BY_AVERAGE:
    case T::BY_SUM:
    case T::BY_LAST:
    case T::BY_WEIGHTS: return true;
    default: return false;
  }
}

const Word* meaning_of(const Surroundings& s) {
  if (names_column(s)) return nullptr;
  const std::vector<Word>& meanings = words_of(s.word);
  for (const Word& word : meanings) {
    if (word.places == 0 && word.type != T::ROUNDING && family_fits(word, s)) return &word;
  }
  for (const Word& word : meanings) {
    const bool fits = word.places == 0 ? family_fits(word, s) : keyword_fits(word, s);
    if (fits) return &word;
  }
  return nullptr;
}

}  // namespace xize::syntax
