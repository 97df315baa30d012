#include "compiler/syntax/reference_lexer.h"

#include <XizeLexer.h>
#include <antlr4-runtime.h>

#include "compiler/source/unicode.h"

namespace xize::syntax {
namespace {

// The byte at which each code point begins, and the end: ANTLR counts code points.
std::vector<std::uint32_t> point_starts(std::string_view text) {
  std::vector<std::uint32_t> starts;
  for (std::uint32_t at = 0; at < text.size(); at += source::decode(text.substr(at)).length) {
    starts.push_back(at);
  }
  starts.push_back(static_cast<std::uint32_t>(text.size()));
  return starts;
}

}  // namespace

std::vector<RawToken> scan_by_grammar(std::string_view text) {
  const auto starts = point_starts(text);
  antlr4::ANTLRInputStream input{std::string(text)};
  grammar::XizeLexer lexer(&input);
  std::vector<RawToken> tokens;
  for (const auto& token : lexer.getAllTokens()) {
    const auto type = static_cast<std::uint16_t>(token->getType());
    if (type == grammar::XizeLexer::SPACE) continue;
    const source::Span span{starts[token->getStartIndex()], starts[token->getStopIndex() + 1]};
    tokens.push_back({type, span, false});
  }
  return tokens;
}

std::string_view raw_token_name(const RawToken& token) {
  static antlr4::ANTLRInputStream nothing;
  static const grammar::XizeLexer lexer(&nothing);
  static const auto names = [] {
    std::vector<std::string> list;
    for (std::size_t i = 0; i <= lexer.getVocabulary().getMaxTokenType(); ++i) {
      list.push_back(lexer.getVocabulary().getSymbolicName(i));
    }
    return list;
  }();
  return token.type < names.size() ? std::string_view(names[token.type]) : "EOF";
}

}  // namespace xize::syntax
