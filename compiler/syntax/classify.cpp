#include "compiler/syntax/classify.h"

#include <XizeLexer.h>

#include <algorithm>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/source/unicode.h"
#include "compiler/syntax/place.h"
#include "compiler/syntax/token_kinds.h"
#include "runtime/value/decimal_text.h"

namespace xize::syntax {
namespace {

using T = grammar::XizeLexer;
namespace kinds = diagnostics::kinds;

constexpr std::size_t kPhrasePartsMax = 6;

// A `{`, `(` or `[` that is still open.
struct Bracket {
  std::uint16_t type = 0;
  std::uint16_t head = 0;  // of the entry that opened it
  bool in_group = false;   // it stands where a group of units does
  source::Span span;
};

// Where the search for a word in a phrase ended, and whether it was found there.
struct PhraseEnd {
  std::size_t at = 0;
  bool holds = false;
};

// ASCII digits.
std::string number_text(std::string_view text) {
  const std::string_view digits = numeral_digits(text);
  return digits.empty() ? value::half_width(text) : std::string(digits);
}

bool is_whole(std::string_view number) {
  return number.find_first_not_of("0123456789") == std::string_view::npos;
}

class Classifier {
 public:
  Classifier(std::string_view text, const std::vector<RawToken>& raw, diagnostics::Sink& sink)
      : text_(text), raw_(raw), sink_(sink) {}

  Classified run() {
    out_.tokens.reserve(raw_.size() + 16);
    while (at_ < raw_.size() && !stopped_) take(raw_[at_]);
    if (stopped_) out_.tokens.clear();
    else close_all();
    drop_trailing_separator();
    add(static_cast<std::uint16_t>(antlr4::Token::EOF), end_span(), {});
    out_.surface = english_ > chinese_ ? ast::Surface::English : ast::Surface::Chinese;
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view slice(source::Span span) const {
    return text_.substr(span.begin, span.size());
  }
  [[nodiscard]] source::Span end_span() const {
    const auto end = static_cast<std::uint32_t>(text_.size());
    return {end, end};
  }
  [[nodiscard]] std::uint16_t previous(std::size_t back = 1) const {
    return out_.tokens.size() < back ? std::uint16_t{0}
                                     : out_.tokens[out_.tokens.size() - back].type;
  }
  // The next raw token that is not a comment, from index i.
  [[nodiscard]] std::size_t skip_comments(std::size_t i) const {
    while (i < raw_.size() && raw_[i].type == T::COMMENT) ++i;
    return i;
  }

  void add(std::uint16_t type, source::Span span, std::string text) {
    const bool starts_entry = starts_entry_ && type != T::SEP && type != T::LBRACE;
    if (starts_entry) {
      head_ = type;
      drop_seen_ = false;
      in_group_ = false;
      head_line_ = is_node(type);
    }
    if (out_.tokens.size() >= kTokensMax && !stopped_) {
      sink_.report<kinds::TooManyTokens>(span, static_cast<std::int64_t>(kTokensMax));
      stopped_ = true;
    }
    Token token;
    token.type = type;
    token.span = span;
    token.text = std::move(text);
    out_.tokens.push_back(std::move(token));
    at_head_ = type == T::SEP || type == T::LBRACE || type == T::SUGGEST || type == T::AWARD ||
               type == T::DEDUCT || (type == T::COMMA && previous(2) == T::DE);
    starts_entry_ = type == T::SEP || type == T::LBRACE;
    if (type == T::DROP) drop_seen_ = true;
    if (type == T::OVER || type == T::FOR) in_group_ = true;
    if (type == T::COMMA) in_group_ = false;
    count_nested_words(type, span);
  }

  // These words open an expression inside another without a bracket.
  void count_nested_words(std::uint16_t type, source::Span span) {
    switch (type) {
      case T::IF:
      case T::CASE:
      case T::CASE_PER:
      case T::TIER_VALUE: ++nested_words_; break;
      case T::ELSE:
      case T::LBRACE: nested_words_ = std::max(nested_words_ - 1, 0); break;
      case T::SEP: nested_words_ = 0; break;
      default: break;
    }
    if (nested_words_ <= kNestingMax || stopped_) return;
    sink_.report<kinds::NestingTooDeep>(span, static_cast<std::int64_t>(kNestingMax));
    stopped_ = true;
  }

  void take(RawToken token) {
    const std::size_t before = out_.tokens.size();
    take_by_type(token);
    for (std::size_t i = before; token.glued && i < out_.tokens.size(); ++i) {
      out_.tokens[i].glued = true;
    }
  }

  void take_by_type(RawToken token) {
    const std::string_view text = slice(token.span);
    switch (token.type) {
      case T::WORD: return take_word(token);
      case T::COMMENT: take_comment(token); break;
      case T::NEWLINE: take_newline(token); break;
      case T::SEMI: separate(token.span); break;
      case T::LBRACE:
      case T::LPAREN:
      case T::LBRACK: open(token); break;
      case T::RBRACE: close_brace(token); break;
      case T::RPAREN:
      case T::RBRACK: close_parenthesis(token); break;
      case T::NUMBER: take_number(token); break;
      case T::DATE:
      case T::MONTH_LIT: take_date(token); break;
      case T::STRING:
      case T::BACKTICK:
      case T::TRIPLE: take_quoted(token); break;
      case T::ERROR_CHAR: take_error(token); break;
      case T::MINUS: take_minus(token); break;
      case T::COLON: take_colon(token); break;
      default: add(token.type, token.span, std::string(text)); break;
    }
    ++at_;
  }

  // A colon behind a head word says nothing: `原文：“…”`, `扣分制：每1个 …`; one behind the name of a
  // group is its `=`.
  void take_colon(RawToken token) {
    const bool at_start = previous(2) == 0 || previous(2) == T::SEP || previous(2) == T::LBRACE;
    const bool is_group = head_ == T::GROUP || head_ == T::REFERENCE_GROUP;
    if (is_group && previous() == T::NAME && previous(2) == head_) {
      return add(T::EQ, token.span, std::string(slice(token.span)));
    }
    if (previous() == 0 || !at_start || !out_.tokens.back().chinese) {
      return add(token.type, token.span, std::string(slice(token.span)));
    }
    if (previous() == T::DEDUCTING || previous() == T::ORDERED) separate(token.span);
  }

  // `得 8-10 分` is a range, and no subtraction.
  void take_minus(RawToken token) {
    const bool unit = previous() == T::UNIT;
    const auto before = previous(unit ? 3 : 2);
    const bool tight = at_ > 0 && at_ + 1 < raw_.size() && raw_[at_ + 1].type == T::NUMBER &&
                       raw_[at_ - 1].span.end == token.span.begin &&
                       token.span.end == raw_[at_ + 1].span.begin;
    const bool ranges = tight && previous(unit ? 2 : 1) == T::NUMBER &&
                        (before == T::GETS || before == T::ARROW);
    add(ranges ? std::uint16_t{T::TILDE} : token.type, token.span, std::string(slice(token.span)));
  }

  void take_comment(RawToken token) {
    std::string_view text = slice(token.span);
    text.remove_prefix(text.starts_with('#') ? 1 : 3);
    const bool own_line = at_ == 0 || raw_[at_ - 1].type == T::NEWLINE;
    out_.comments.push_back({std::string(text), token.span, own_line});
  }

  // ---- separators

  void separate(source::Span span) {
    if (previous() == 0 || previous() == T::SEP || previous() == T::LBRACE) return;
    head_line_ = false;
    add(T::SEP, span, {});
  }

  void drop_trailing_separator() {
    if (previous() == T::SEP) out_.tokens.pop_back();
  }

  void take_newline(RawToken token) {
    if (at_ < blank_until_) return;  // looked at from the first of these empty lines
    const std::size_t next = skip_blank_lines();
    blank_until_ = next;
    if (parentheses_ > 0) {
      if (next < raw_.size() && begins_new_entry(next)) close_open_parentheses(token.span);
      else return;
    }
    if (next >= raw_.size() || joins_previous_line(next)) return;
    if (joins_next_line(previous()) && !begins_after_break(next)) return;
    separate(token.span);
  }

  [[nodiscard]] std::size_t skip_blank_lines() const {
    std::size_t i = at_ + 1;
    while (i < raw_.size() && (raw_[i].type == T::COMMENT || raw_[i].type == T::NEWLINE)) ++i;
    return i;
  }

  // An operator is the last thing of an unfinished entry where the next line clearly begins one.
  [[nodiscard]] bool begins_after_break(std::size_t next) const {
    if (previous() == 0 || previous() == T::SEP || previous() == T::LBRACE) return false;
    const std::uint16_t second = next + 1 < raw_.size() ? raw_[next + 1].type : std::uint16_t{0};
    return raw_[next].type == T::WORD && (second == T::WORD || second == T::STRING) &&
           begins_new_entry(next);
  }

  [[nodiscard]] bool joins_previous_line(std::size_t i) const {
    switch (raw_[i].type) {
      case T::PLUS:
      case T::STAR:
      case T::SLASH:
      case T::AMP:
      case T::RPAREN:
      case T::RBRACK:
      case T::RBRACE:
      case T::ARROW:
      case T::DOT: return true;
      case T::STRING: return describes_column(i);
      case T::MINUS: {
        const auto end = raw_[i].span.end;
        return i + 1 < raw_.size() && raw_[i + 1].span.begin > end;
      }
      case T::WORD:
        for (const Word& word : words_of(slice(raw_[i].span))) {
          if (word.type == T::AND || word.type == T::OR || word.type == T::WHERE ||
              word.type == T::THEN || word.type == T::ELSE) {
            return true;
          }
        }
        return false;
      default: return false;
    }
  }

  // A quotation below a column is its description, unless a column is named so.
  [[nodiscard]] bool describes_column(std::size_t i) const {
    const std::uint16_t block = enclosing_block();
    const bool in_column = block == T::TABLE || block == T::RECORDS || head_ == T::INPUT ||
                           head_ == T::PARAMETER;
    if (!in_column || i + 1 >= raw_.size()) return in_column;
    const std::uint16_t next = raw_[i + 1].type;
    return next != T::COLON && next != T::COMMA && next != T::PAUSE && next != T::EQ;
  }

  // Inside parentheses a line that begins like an entry of its own means one was not closed.
  [[nodiscard]] bool begins_new_entry(std::size_t i) const {
    if (raw_[i].type == T::RBRACE || raw_[i].type == T::TRIPLE) return true;
    if (raw_[i].type != T::WORD) return false;
    for (const Word& word : words_of(slice(raw_[i].span))) {
      if (is_node(word.type) || word.type == T::QUOTE || word.type == T::INPUT ||
          word.type == T::DEFINE || word.type == T::TEST || word.type == T::ASSUME) {
        return true;
      }
    }
    return false;
  }

  // ---- brackets

  void open(RawToken token) {
    if (static_cast<int>(brackets_.size()) >= kNestingMax) {
      sink_.report<kinds::NestingTooDeep>(token.span, static_cast<std::int64_t>(kNestingMax));
      stopped_ = true;
      return;
    }
    if (token.type != T::LBRACE) ++parentheses_;
    const std::uint16_t head = token.type == T::LBRACE && previous() == T::CHECKLIST
                                   ? static_cast<std::uint16_t>(T::CHECKLIST)
                                   : head_;
    brackets_.push_back({token.type, head, in_group_, token.span});
    const std::uint16_t type = opening_type(token.type);
    if (token.type == T::LBRACE) head_line_ = false;
    add(type, token.span, std::string(slice(token.span)));
    if (token.type != T::LBRACE) return;
    saved_parentheses_.push_back(parentheses_);
    parentheses_ = 0;
  }

  // Brackets that cannot hold arguments: `A（10 分）`, `R（其中 C）`, `N（不足 5 天的按 5 天计）`,
  // `的天数（含首日）`. Tokens of their own let the parser decide without looking further.
  [[nodiscard]] std::uint16_t opening_type(std::uint16_t type) const {
    if (type != T::LPAREN) return type;
    const bool in_head = previous() == head_ || previous(2) == head_ ||
                         (previous() == T::STRING && previous(3) == head_);
    if (head_line_ && in_head) return T::NOTE;
    const std::size_t next = skip_comments(at_ + 1);
    if (next >= raw_.size()) return type;
    if (raw_[next].type == T::LT) return T::STARTED_NOTE;
    if (raw_[next].type != T::WORD) return type;
    for (const Word& word : words_of(slice(raw_[next].span))) {
      if (word.type == T::WHERE) return T::WHERE_NOTE;
      if (word.type == T::LT) return T::STARTED_NOTE;
      if (word.type == T::COUNTING_FIRST) return T::FIRST_NOTE;
    }
    return slice(raw_[next].span) == "counting" ? std::uint16_t{T::FIRST_NOTE} : type;
  }

  void close_parenthesis(RawToken token) {
    if (brackets_.empty() || brackets_.back().type == T::LBRACE) {
      sink_.report<kinds::StrayParenthesis>(token.span, slice(token.span)).fix(token.span, "");
      return;
    }
    brackets_.pop_back();
    --parentheses_;
    add(token.type, token.span, std::string(slice(token.span)));
  }

  void close_brace(RawToken token) {
    close_open_parentheses(token.span);
    if (brackets_.empty()) {
      sink_.report<kinds::StrayBrace>(token.span);
      return;
    }
    drop_trailing_separator();
    head_ = brackets_.back().head;
    in_group_ = brackets_.back().in_group;
    brackets_.pop_back();
    parentheses_ = saved_parentheses_.back();
    saved_parentheses_.pop_back();
    add(T::RBRACE, token.span, "}");
    head_line_ = false;
  }

  // Reports and closes the parentheses opened since the last `{`.
  void close_open_parentheses(source::Span here) {
    while (!brackets_.empty() && brackets_.back().type != T::LBRACE) {
      const Bracket bracket = brackets_.back();
      brackets_.pop_back();
      --parentheses_;
      sink_.report<kinds::UnclosedParenthesis>(bracket.span, slice(bracket.span));
      const auto type = bracket.type == T::LPAREN ? T::RPAREN : T::RBRACK;
      add(static_cast<std::uint16_t>(type), {here.begin, here.begin}, {});
    }
  }

  void close_all() {
    close_open_parentheses(end_span());
    while (!brackets_.empty()) {
      sink_.report<kinds::UnclosedBrace>(brackets_.back().span);
      brackets_.pop_back();
      drop_trailing_separator();
      add(T::RBRACE, end_span(), {});
      close_open_parentheses(end_span());
    }
  }

  // ---- literals

  void take_number(RawToken token) {
    std::string text = number_text(slice(token.span));
    if (begins_fraction()) {
      at_ += 2;
      token.span = source::join(token.span, raw_[at_].span);
      text += '/' + number_text(slice(raw_[at_].span));
    }
    add(T::NUMBER, token.span, std::move(text));
  }

  // `300/7` without blanks is one number, so that `300/7 分` is what it looks like.
  [[nodiscard]] bool begins_fraction() const {
    if (at_ + 2 >= raw_.size() || previous() == T::SLASH) return false;
    const RawToken &above = raw_[at_], &bar = raw_[at_ + 1], &below = raw_[at_ + 2];
    const bool tight = bar.type == T::SLASH && slice(bar.span) != "÷" &&
                       below.type == T::NUMBER && above.span.end == bar.span.begin &&
                       bar.span.end == below.span.begin;
    if (!tight) return false;
    const std::string divisor = number_text(slice(below.span));
    return is_whole(number_text(slice(above.span))) && is_whole(divisor) &&
           divisor.find_first_not_of('0') != std::string::npos;
  }

  void take_date(RawToken token) {
    const std::string_view text = slice(token.span);
    if (token.type == T::DATE) {
      const auto date = value::parse_date(text);
      if (const auto* day = std::get_if<value::Date>(&date)) {
        return add(T::DATE, token.span, value::to_string(*day));
      }
    } else {
      const auto month = value::parse_month(text);
      if (const auto* found = std::get_if<value::Month>(&month)) {
        return add(T::MONTH_LIT, token.span, value::to_string(*found));
      }
    }
    sink_.report<kinds::BadDate>(token.span, text);
    add(T::MONTH_LIT, token.span, "1970-01");
  }

  void take_quoted(RawToken token) {
    std::string_view text = slice(token.span);
    const std::size_t mark = token.type == T::TRIPLE || text.starts_with("“") ? 3 : 1;
    text.remove_prefix(mark);
    text.remove_suffix(mark);
    const auto type = token.type == T::BACKTICK ? std::uint16_t{T::NAME} : token.type;
    add(static_cast<std::uint16_t>(type), token.span,
        token.type == T::BACKTICK ? source::nfc(text) : std::string(text));
  }

  void take_error(RawToken token) {
    const std::string_view text = slice(token.span);
    if (text == "\"" || text == "“" || text == "`") {
      sink_.report<kinds::UnclosedString>(token.span);
      while (at_ + 1 < raw_.size() && raw_[at_ + 1].type != T::NEWLINE) ++at_;
      add(T::STRING, token.span, {});
    } else {
      sink_.report<kinds::UnknownCharacter>(token.span, text).fix(token.span, "");
    }
  }

  // ---- words

  [[nodiscard]] Surroundings surroundings(std::string_view word, std::size_t after) const {
    Surroundings s;
    s.word = word;
    s.previous = previous();
    s.before_previous = previous(2);
    const std::size_t next = skip_comments(after);
    if (next < raw_.size()) {
      s.next = raw_[next].type;
      if (s.next == T::WORD) s.next_word = slice(raw_[next].span);
    }
    s.head = head_;
    s.block = brackets_.empty() ? std::uint16_t{0} : enclosing_block();
    s.at_head = at_head_;
    s.head_line = head_line_;
    s.in_parentheses = parentheses_ > 0;
    s.in_group = in_group_;
    s.drop_seen = drop_seen_;
    return s;
  }

  [[nodiscard]] std::uint16_t enclosing_block() const {
    for (auto it = brackets_.rbegin(); it != brackets_.rend(); ++it) {
      if (it->type == T::LBRACE) return it->head;
    }
    return 0;
  }

  // A name is wanted right after certain heads; the optional name of a bonus block only where the
  // word is none of the facts of its head line.
  [[nodiscard]] bool name_is_wanted(const Surroundings& s) const {
    return takes_name(s.previous) && s.previous == head_;
  }

  // `n/a` without blanks.
  [[nodiscard]] bool spells_na() const {
    if (at_ + 2 >= raw_.size()) return false;
    const source::Span whole = source::join(raw_[at_].span, raw_[at_ + 2].span);
    return raw_[at_ + 2].type == T::WORD && slice(whole) == "n/a";
  }

  void take_word(RawToken token) {
    if (spells_na()) {
      at_ += 2;
      token.span = source::join(token.span, raw_[at_].span);
    }
    const std::string_view first = slice(token.span);
    const std::size_t parts = token.span == raw_[at_].span ? phrase_parts() : 1;
    if (parts > 1) {
      const source::Span span = source::join(token.span, raw_[at_ + parts - 1].span);
      std::string phrase = spaced(parts);
      const Surroundings s = surroundings(phrase, at_ + parts);
      if (const Word* word = name_is_wanted(s) ? nullptr : meaning_of(s)) {
        at_ += parts;
        return add_keyword(*word, span, std::move(phrase));
      }
    }
    const Surroundings s = surroundings(first, at_ + 1);
    const Word* word = name_is_wanted(s) ? nullptr : meaning_of(s);
    ++at_;
    if (word != nullptr) return add_keyword(*word, token.span, std::string(first));
    warn_glued_title(token.span);
    add(T::NAME, token.span, source::nfc(first));
  }

  // Two words whose role is settled by a later word of the same phrase: 按 x 取值, a 至 b 的天数.
  std::uint16_t settled_type(std::uint16_t type) {
    if (type == T::PER && phrase_holds({T::TAKES}, takes_)) return T::CASE_PER;
    if (type == T::ZHI && phrase_holds({T::DAYS_OF, T::WORKDAYS_OF}, days_)) return T::DAYS_TO;
    return type;
  }

  // Does one of these words stand before the phrase ends? `last` is the answer found last, which
  // is the same for every place up to where it was found.
  bool phrase_holds(std::initializer_list<std::uint16_t> types, PhraseEnd& last) const {
    if (at_ > last.at || last.at == 0) last = phrase_end(types);
    return last.holds;
  }

  [[nodiscard]] PhraseEnd phrase_end(std::initializer_list<std::uint16_t> types) const {
    for (std::size_t i = at_; i < raw_.size(); ++i) {
      switch (raw_[i].type) {
        case T::NEWLINE: case T::SEMI: case T::COMMA: case T::LBRACE: case T::RBRACE:
          return {i, false};
        case T::WORD:
          for (const Word& word : words_of(slice(raw_[i].span))) {
            if (std::find(types.begin(), types.end(), word.type) != types.end()) return {i, true};
            if (word.type == T::ZHI) return {i, false};
          }
          break;
        default: break;
      }
    }
    return {raw_.size(), false};
  }

  void add_keyword(const Word& word, source::Span span, std::string text) {
    (word.english ? english_ : chinese_) += 1;
    if (word.type == T::UNIT && previous() == T::SLASH && previous(2) == T::UNIT) {
      out_.tokens.back().type = T::UNIT_SLASH;  // 次/月, not a division
    }
    add(settled_type(word.type), span, std::move(text));
    out_.tokens.back().role = word.role;
    out_.tokens.back().english = word.english;
    out_.tokens.back().chinese = !word.english;
  }

  // How many words from here make a phrase of the table.
  [[nodiscard]] std::size_t phrase_parts() const {
    std::vector<std::string_view> parts;
    for (std::size_t i = at_; i < raw_.size() && parts.size() < kPhrasePartsMax; ++i) {
      if (raw_[i].type != T::WORD) break;
      parts.push_back(slice(raw_[i].span));
    }
    return phrase_length(parts);
  }

  [[nodiscard]] std::string spaced(std::size_t parts) const {
    std::string phrase;
    for (std::size_t i = at_; i < at_ + parts; ++i) {
      if (i > at_) phrase += ' ';
      phrase += slice(raw_[i].span);
    }
    return phrase;
  }

  void warn_glued_title(source::Span span) {
    const std::string_view text = slice(span);
    if (is_node(previous()) && text.ends_with("”")) {
      sink_.report<kinds::TitleGluedToName>(span, text);
    }
  }

  std::string_view text_;
  const std::vector<RawToken>& raw_;
  diagnostics::Sink& sink_;
  Classified out_;
  std::size_t at_ = 0;
  std::vector<Bracket> brackets_;
  std::vector<int> saved_parentheses_;
  int parentheses_ = 0;
  std::uint16_t head_ = 0;
  bool at_head_ = true;
  bool starts_entry_ = true;
  bool head_line_ = false;
  bool drop_seen_ = false;
  bool in_group_ = false;
  PhraseEnd takes_, days_;
  std::size_t blank_until_ = 0;  // the lines before this token are empty
  bool stopped_ = false;
  int nested_words_ = 0;  // of the entry, not yet ended
  std::size_t english_ = 0;
  std::size_t chinese_ = 0;
};

}  // namespace

Classified classify(std::string_view text, const std::vector<RawToken>& words,
                    diagnostics::Sink& sink) {
  return Classifier(text, words, sink).run();
}

}  // namespace xize::syntax
