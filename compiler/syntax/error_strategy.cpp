#include "compiler/syntax/error_strategy.h"

#include <XizeLexer.h>
#include <XizeParser.h>

#include <algorithm>
#include <utility>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/expectation.h"
#include "compiler/syntax/token_kinds.h"
#include "compiler/syntax/words.h"

namespace xize::syntax {
namespace {

using P = grammar::XizeParser;
using T = grammar::XizeLexer;
namespace kinds = diagnostics::kinds;

bool ends_entry(std::size_t type) {
  return type == T::SEP || type == T::RBRACE || type == antlr4::Token::EOF;
}

bool is_outcome(std::size_t type) {
  switch (type) {
    case T::ZERO:
    case T::THIS_FULL:
    case T::THIS_GETS:
    case T::UNSCORED:
    case T::GETS:
    case T::VETO:
    case T::DEDUCT:
    case T::AWARD:
    case T::NOT_APPLICABLE:
    case T::NA:
    case T::GRADE_SET: return true;
    default: return false;
  }
}

bool is_chinese(std::string_view word) {
  return !word.empty() && static_cast<unsigned char>(word.front()) >= 0x80;
}

// The first token of the entry around `context`.
std::size_t entry_start(const antlr4::ParserRuleContext* context) {
  const antlr4::ParserRuleContext* rule = context;
  while (rule != nullptr && !is_entry_rule(rule->getRuleIndex())) {
    rule = dynamic_cast<const antlr4::ParserRuleContext*>(rule->parent);
  }
  return rule != nullptr && rule->start != nullptr ? rule->start->getTokenIndex() : 0;
}

}  // namespace

std::string_view ErrorStrategy::written(std::size_t index) const {
  const source::Span span = tokens_[index].span;
  return text_.substr(span.begin, span.size());
}

std::vector<std::string> ErrorStrategy::suggestions(std::size_t from, std::size_t index) const {
  for (const std::size_t i : {index, index > from ? index - 1 : from, from}) {
    if (tokens_[i].type != T::NAME) continue;
    auto near = diagnostics::did_you_mean(tokens_[i].text, all_spellings());
    if (!near.empty()) return near;
  }
  return {};
}

// A name of this file that is also a word of the language, at `index` or right before it: `case`
// as a column is a name where it is declared, but not in an expression.
std::optional<std::size_t> ErrorStrategy::reserved_name(std::size_t from, std::size_t index) {
  if (names_.empty()) {
    for (const Token& token : tokens_) {
      if (token.type == T::NAME) names_.insert(token.text);
    }
  }
  for (const std::size_t i : {index, index > from ? index - 1 : index}) {
    if ((tokens_[i].english || tokens_[i].chinese) && names_.contains(tokens_[i].text)) return i;
  }
  return std::nullopt;
}

bool ErrorStrategy::report_reserved(std::size_t from, std::size_t index) {
  const auto reserved = reserved_name(from, index);
  if (!reserved) return false;
  const source::Span span = tokens_[*reserved].span;
  const std::string word(written(*reserved));
  sink_->report<kinds::ReservedName>(span, word).fix(span, "`" + word + "`");
  return true;
}

bool ErrorStrategy::is_declared(std::string_view name) {
  if (declared_.empty()) collect_declared();
  return declared_.contains(name);
}

// The names before a colon, and before a list mark that one of them stands behind.
void ErrorStrategy::collect_declared() {
  for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
    if (tokens_[i + 1].type != T::COLON) continue;
    for (std::size_t k = i; tokens_[k].type == T::NAME; k -= 2) {
      declared_.insert(tokens_[k].text);
      if (k < 2 || (tokens_[k - 1].type != T::PAUSE && tokens_[k - 1].type != T::COMMA)) break;
    }
  }
}

bool ErrorStrategy::report_unknown_head(std::size_t from, antlr4::ParserRuleContext* context) {
  if (from + 2 >= tokens_.size() || tokens_[from].type != T::NAME) return false;
  const bool named = tokens_[from + 1].type == T::NAME || tokens_[from + 1].type == T::STRING;
  const auto after = tokens_[from + 2].type;
  if (!named || (after != T::LPAREN && after != T::LBRACE && after != T::NOTE)) return false;
  const auto& word = tokens_[from].text;
  if (!is_chinese(word)) return false;
  auto near = diagnostics::did_you_mean(word, all_spellings());
  std::erase_if(near, [](const std::string& one) {
    const auto& meanings = words_of(one);
    return std::none_of(meanings.begin(), meanings.end(),
                        [](const Word& meaning) { return is_node(meaning.type); });
  });
  if (near.empty()) {
    near.emplace_back(context->getRuleIndex() == P::RuleFile ? "评分表" : "二级指标");
  }
  sink_->report<kinds::UnknownHead>(tokens_[from].span, word).suggest(near.front());
  return true;
}

bool ErrorStrategy::report_open_share(std::size_t index) {
  for (const std::string_view word : {"按比例分摊", "平均分摊"}) {
    if (tokens_[index].type != T::NAME || !tokens_[index].text.starts_with(word)) continue;
    const std::string phrase(word);
    sink_->report<kinds::ShareWithoutRange>(tokens_[index].span, written(index),
                                           phrase + "至全表其余", phrase + "至本级其余");
    return true;
  }
  return false;
}

bool ErrorStrategy::report_difference(std::size_t index) {
  const Token& token = tokens_[index];
  if (token.type != T::SHORT && token.type != T::OVER_BY) return false;
  sink_->report<kinds::NoLimitToCountFrom>(token.span, written(index));
  return true;
}

bool ErrorStrategy::report_range(std::size_t index) {
  const auto type = tokens_[index].type;
  const bool dash = type == T::MINUS || type == T::TILDE || type == T::ZHI || type == T::TO;
  const std::size_t unit = index > 0 && tokens_[index - 1].type == T::UNIT ? 1 : 0;
  if (!dash || index < unit + 2 || tokens_[index - unit - 1].type != T::NUMBER) return false;
  const auto before = tokens_[index - unit - 2].type;
  if (before != T::GETS && before != T::AWARD && before != T::DEDUCT) return false;
  sink_->report<kinds::UnexpectedToken>(
      tokens_[index].span, written(index),
      diagnostics::Term{"one number; ranges stand in the rows of `tier`, the levels of `judge`",
                        "一个分数；得分是一个范围的，写在 `分档`、`视情况得分` 的各档里"});
  return true;
}

// `X 达到 90% 的，得10分；达到 80% 的，得8分`: the second has no measure.
bool ErrorStrategy::report_headless(std::size_t index) {
  switch (tokens_[index].type) {
    case T::LT:
    case T::LE:
    case T::GT:
    case T::GE: break;
    default: return false;
  }
  sink_->report<kinds::UnexpectedToken>(tokens_[index].span, written(index), missing_measure());
  return true;
}

bool ErrorStrategy::report_joined(std::size_t index) {
  if (index < 3 || tokens_[index - 1].type != T::COMMA || tokens_[index - 2].type != T::DE) {
    return false;
  }
  std::size_t comma = index - 2;
  while (comma > 0 && tokens_[comma].type != T::COMMA && tokens_[comma].type != T::SEP) --comma;
  if (tokens_[comma].type != T::COMMA) return false;
  sink_->report<kinds::EntryNotEnded>(tokens_[comma + 1].span, written(comma + 1))
      .fix(tokens_[comma].span, "；");
  return true;
}

// `理解位 “…”`, `收入 按比列得分`: a word that is nearly one of the language.
bool ErrorStrategy::report_misspelt(std::size_t from, std::size_t index) {
  for (const std::size_t i : {index, index > from ? index - 1 : index}) {
    if (tokens_[i].type != T::NAME || (i != from && i != index)) continue;
    if (is_declared(tokens_[i].text)) continue;
    auto near = diagnostics::did_you_mean(tokens_[i].text, all_spellings());
    if (near.empty()) continue;
    sink_->report<kinds::UnknownWord>(tokens_[i].span, written(i)).suggest(std::move(near));
    return true;
  }
  return false;
}

void ErrorStrategy::report_at(std::size_t index, antlr4::ParserRuleContext* context) {
  ++errors_;
  if (sink_ == nullptr) return;
  const Token& token = tokens_[index];
  const std::size_t from = entry_start(context);
  for (std::size_t i = from; i <= index; ++i) {
    if (tokens_[i].glued) return;  // the same mistake
  }
  const bool follows = token.type == T::ELSE || token.type == T::OTHERWISE;
  const auto in_error = std::exchange(last_error_, index);
  if (index == from && follows && in_error > 0 && is_next_entry(in_error, index)) return;
  if (index == from && report_headless(index)) return;
  if (report_open_share(index) || report_difference(index) || report_range(index)) return;
  if (is_outcome(token.type) && report_joined(index)) return;
  if (const std::size_t outcome = bare_outcome(from, index); outcome > 0) {
    --errors_;
    return report_missing_de(outcome);
  }
  const bool lacks_de = index > from + 1 && is_outcome(token.type) &&
                        tokens_[index - 1].type == T::COMMA && tokens_[from].type == T::NAME;
  if (lacks_de) {
    --errors_;
    report_missing_de(index);
  } else if (report_reserved(from, index)) {
    return;
  } else if (ends_entry(token.type)) {
    const source::Span last = index > 0 ? tokens_[index - 1].span : token.span;
    sink_->report<kinds::UnexpectedEnd>(source::Span{last.end, last.end}, expectation(context))
        .suggest(suggestions(from, index > 0 ? index - 1 : 0));
  } else if (index == from && token.type == T::NAME) {
    sink_->report<kinds::UnknownHead>(token.span, written(index)).suggest(suggestions(from, index));
  } else {
    sink_->report<kinds::UnexpectedToken>(token.span, written(index), expectation(context))
        .suggest(suggestions(from, index));
  }
}

bool ErrorStrategy::is_next_entry(std::size_t before, std::size_t index) const {
  int ends = 0;
  for (std::size_t i = before; i < index; ++i) {
    if (tokens_[i].type == T::LBRACE || tokens_[i].type == T::RBRACE) return false;
    if (tokens_[i].type == T::SEP) ++ends;
  }
  return ends <= 1;
}

// `完成 得满分`: the outcome that follows a condition without 的，; 0 where none does.
std::size_t ErrorStrategy::bare_outcome(std::size_t from, std::size_t index) const {
  if (tokens_[from].type != T::NAME) return 0;
  for (std::size_t i = from + 1; i <= index; ++i) {
    if (tokens_[i].type == T::DE || tokens_[i].type == T::COMMA) return 0;
    if (is_outcome(tokens_[i].type) || tokens_[i].type == T::GET_FULL) return i < index ? i : 0;
  }
  return 0;
}

// `每1个 …`, `C 的，…`.
bool ErrorStrategy::begins_sentence(std::size_t index) const {
  for (std::size_t i = index; i < tokens_.size() && !ends_entry(tokens_[i].type); ++i) {
    if (tokens_[i].type == T::EACH || tokens_[i].type == T::DE) return true;
    if (tokens_[i].type == T::COMMA) return false;
  }
  return false;
}

void ErrorStrategy::report_missing_de(std::size_t outcome) {
  ++errors_;
  if (sink_ == nullptr) return;
  const Token& before = tokens_[outcome - 1];
  const bool comma = before.type == T::COMMA;
  const auto at = comma ? before.span.begin : before.span.end;
  sink_->report<kinds::ConditionWithoutDe>(tokens_[outcome].span, written(outcome))
      .fix({at, at}, comma ? " 的" : " 的，");
}

// `即办程度 5分`: points stand in brackets in Chinese, after `points` in English.
void ErrorStrategy::report_bare_points(std::size_t number) {
  ++errors_;
  if (sink_ == nullptr) return;
  source::Span span = tokens_[number].span;
  if (number + 1 < tokens_.size() && tokens_[number + 1].type == T::UNIT) {
    span = source::join(span, tokens_[number + 1].span);
  }
  const std::string points(text_.substr(span.begin, span.size()));
  sink_->report<kinds::PointsWithoutBrackets>(span, tokens_[number].text)
      .fix(span, "（" + points + "）");
}

void ErrorStrategy::report_second_entry(std::size_t index, antlr4::ParserRuleContext* context) {
  std::size_t from = index;
  while (from > 0 && !ends_entry(tokens_[from - 1].type) && tokens_[from - 1].type != T::LBRACE) {
    --from;
  }
  const bool before_outcome = tokens_[index].type == T::COMMA && index + 1 < tokens_.size() &&
                              is_outcome(tokens_[index + 1].type);
  if (before_outcome) return report_missing_de(index + 1);
  if (is_outcome(tokens_[index].type)) return report_at(index, context);
  if (tokens_[index].type == T::NUMBER && is_node(tokens_[from].type)) {
    return report_bare_points(index);
  }
  ++errors_;
  if (sink_ == nullptr || report_difference(index) || report_range(index)) return;
  if (report_reserved(from, index) || report_unknown_head(from, context)) return;
  if (report_misspelt(from, index)) return;
  if (tokens_[index].type == T::COMMA && index + 1 < tokens_.size()) {
    auto draft = sink_->report<kinds::UnexpectedToken>(
        tokens_[index + 1].span, written(index + 1),
        diagnostics::Term{"the rest of this sentence, such as `max 5`, or another after `;`",
                          "这一句的后半句，如 `最多扣5分`、`扣完为止`；另一句前应为 `；`"});
    if (begins_sentence(index + 1)) draft.fix(tokens_[index].span, "；");
    return;
  }
  sink_->report<kinds::EntryNotEnded>(tokens_[index].span, written(index));
}

void ErrorStrategy::reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) {
  if (inErrorRecoveryMode(parser)) return;
  beginErrorCondition(parser);
  const antlr4::Token* token = error.getOffendingToken();
  const std::size_t index = token != nullptr ? token->getTokenIndex() : tokens_.size() - 1;
  report_at(std::min(index, tokens_.size() - 1), parser->getContext());
}

void ErrorStrategy::recover(antlr4::Parser* parser, std::exception_ptr error) {
  antlr4::ParserRuleContext* context = parser->getContext();
  const std::size_t rule = context->getRuleIndex();
  if (!is_entry_rule(rule) && rule != P::RuleFile) std::rethrow_exception(error);
  leave_entry(parser, context->start != nullptr ? context->start->getTokenIndex() : 0);
  endErrorCondition(parser);
}

antlr4::Token* ErrorStrategy::recoverInline(antlr4::Parser* parser) {
  throw antlr4::InputMismatchException(parser);
}

void ErrorStrategy::sync(antlr4::Parser* parser) {
  if (!is_list_rule(parser->getContext()->getRuleIndex())) return;
  antlr4::TokenStream* input = parser->getTokenStream();
  if (ends_entry(input->LA(1)) || input->index() == 0) return;
  const std::size_t before = tokens_[input->index() - 1].type;
  if (before == T::SEP || before == T::LBRACE) return;
  const std::size_t rule = parser->getContext()->getRuleIndex();
  const bool before_block =
      before != T::RBRACE && (rule == P::RuleTest || rule == P::RuleAmends ||
                              rule == P::RuleClaims || rule == P::RuleChoiceLabels);
  if (before_block) return;
  report_second_entry(input->index(), parser->getContext());
  spoil_last_entry(parser->getContext());
  leave_entry(parser, input->index());
}

// What was read before the token that does not fit is part of the same mistake.
void ErrorStrategy::spoil_last_entry(antlr4::ParserRuleContext* list) {
  for (auto it = list->children.rbegin(); it != list->children.rend(); ++it) {
    if (auto* entry = dynamic_cast<antlr4::ParserRuleContext*>(*it)) {
      entry->exception = std::make_exception_ptr(antlr4::ParseCancellationException());
      return;
    }
  }
}

void ErrorStrategy::leave_entry(antlr4::Parser* parser, std::size_t from) {
  antlr4::TokenStream* input = parser->getTokenStream();
  int depth = 0;
  for (std::size_t i = from; i < input->index() && i < tokens_.size(); ++i) {
    if (tokens_[i].type == T::LBRACE) ++depth;
    if (tokens_[i].type == T::RBRACE) --depth;
  }
  for (std::size_t type = input->LA(1); type != antlr4::Token::EOF; type = input->LA(1)) {
    if (depth <= 0 && ends_entry(type)) return;
    if (type == T::LBRACE) ++depth;
    if (type == T::RBRACE) --depth;
    input->consume();
  }
}

}  // namespace xize::syntax
