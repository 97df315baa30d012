// Feeds our tokens to the generated parser: token n of the parser is token n of the list.
#pragma once

#include <memory>
#include <vector>

#include <antlr4-runtime.h>

#include "compiler/syntax/token.h"

namespace xize::syntax {

class TokenFeed final : public antlr4::TokenSource {
 public:
  explicit TokenFeed(const std::vector<Token>& tokens) : tokens_(tokens) {}

  std::unique_ptr<antlr4::Token> nextToken() override;
  [[nodiscard]] size_t getLine() const override { return 1; }
  size_t getCharPositionInLine() override { return 0; }
  antlr4::CharStream* getInputStream() override { return nullptr; }
  std::string getSourceName() override { return {}; }
  antlr4::TokenFactory<antlr4::CommonToken>* getTokenFactory() override {
    return antlr4::CommonTokenFactory::DEFAULT.get();
  }

 private:
  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
};

}  // namespace xize::syntax
