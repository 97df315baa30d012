#include "compiler/syntax/token_feed.h"

namespace xize::syntax {

std::unique_ptr<antlr4::Token> TokenFeed::nextToken() {
  const bool at_end = at_ + 1 >= tokens_.size();
  const std::size_t type = at_end ? antlr4::Token::EOF : tokens_[at_].type;
  auto token = std::make_unique<antlr4::CommonToken>(type);
  if (!tokens_.empty()) {
    const Token& mine = tokens_[std::min(at_, tokens_.size() - 1)];
    token->setStartIndex(mine.span.begin);
    token->setStopIndex(mine.span.end);
  }
  if (!at_end) ++at_;
  return token;
}

}  // namespace xize::syntax
