// The ground of the tree builder: the tokens behind a parse tree, and new nodes of the tree.
// In: contexts of the generated parser, any of which may be absent or broken by an error.
// Out: names, spans, numbers, and handles into ast::Module.
// Must hold: an ANTLR token's index is the index of its Token; whatever a context lacks reads as
// nothing, for what is missing was reported by the parser.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "XizeParser.h"
#include "compiler/ast/module.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/syntax/token.h"

namespace xize::syntax {

using Grammar = grammar::XizeParser;
using Context = antlr4::ParserRuleContext;
using Terminal = antlr4::tree::TerminalNode;
using ParseTree = antlr4::tree::ParseTree;
using source::Span;

// How deep conditions, brackets and blocks may stand in each other; the scanner holds brackets
// alone to 200.
inline constexpr std::size_t kLevelsMax = 400;
// How many operators, `else if` and members an expression may chain.
inline constexpr std::size_t kOperatorsMax = 2'000;

// The tree as `T`, or null.
template <class T>
T* as(ParseTree* tree) {
  return dynamic_cast<T*>(tree);
}
// The token type of a terminal, 0 of anything else.
std::size_t type_of(ParseTree* tree);
// The first child that is a rule, or null.
Context* first_rule(Context* ctx);
// The type of the first word of a context that is no comma: what a tail begins with.
std::size_t head_type(Context* ctx);
// The first terminal of this type among the children, or null.
Terminal* find(Context* ctx, std::size_t type);
// Nothing to read: the context is absent, or the parser gave up in it.
bool broken(const Context* ctx);
// The i-th of a list, or null.
template <class T>
T* at(const std::vector<T*>& list, std::size_t i) {
  return i < list.size() ? list[i] : nullptr;
}

// The tails read so far of one clause, scale, call or head.
struct SeenTails {
  std::vector<std::pair<std::size_t, Span>> list;
};

// Reads tokens and adds nodes; the base of all parts of the builder.
class Reader {
 protected:
  Reader(ast::Module& out, const std::vector<Token>& tokens, diagnostics::Sink& sink)
      : module_(out), tokens_(tokens), sink_(sink) {}

  // The token behind a terminal; null where the parser made one up.
  const Token* token(Terminal* node) const;
  const Token* token(const antlr4::Token* symbol) const;
  // The text of a terminal, empty where there is none.
  std::string text(Terminal* node) const;
  std::vector<std::string> texts(const std::vector<Terminal*>& nodes) const;
  // The span of what stands there, else of the entry at hand.
  Span span_of(Context* ctx) const;
  Span span_of(Terminal* node) const;
  Span span_of(ast::ExprId id) const { return module_.exprs[id].span; }

  ast::Name name(Terminal* node) const;
  ast::Name name(Grammar::NameContext* ctx) const;
  ast::Name name(Grammar::NameOrStringContext* ctx) const;
  std::vector<ast::Name> names(const std::vector<Grammar::NameOrStringContext*>& list) const;
  std::vector<ast::Name> names(Grammar::NamesContext* ctx) const;
  std::vector<ast::Name> names(Grammar::NodeNamesContext* ctx) const;

  ast::ExprId add(ast::ExprNode node, Span span);
  ast::EntryId add_entry(ast::EntryNode node, Span span);
  ast::ExprId invalid(Context* ctx) { return add(ast::InvalidExpr{}, span_of(ctx)); }

  // `5%`, `4万`, `3 件`, `4000 次/月`: a number and the words of measure after it.
  ast::ExprId number(Terminal* digits, Terminal* unit, Terminal* per = nullptr);
  ast::ExprId quantity(Grammar::QuantityContext* ctx);
  value::Rounding rounding(Terminal* node) const;

  // True for the first tail of its kind; a second one is reported.
  bool first_time(SeenTails& seen, std::size_t kind, Context* tail);
  // The word a tail begins with, as written.
  std::string word_of(Context* tail) const;
  // One more level of nesting; false (and reported once) beyond the limit.
  bool enter(Context* ctx);
  void leave() { --nesting_; }
  // More operators in a chain; false (and reported) beyond the limit.
  bool chain(std::size_t operators, Context* ctx);
  void unchain(std::size_t operators) { operators_ -= operators; }

  ast::Module& module_;
  const std::vector<Token>& tokens_;
  diagnostics::Sink& sink_;
  Span here_;  // the entry at hand

 private:
  std::size_t nesting_ = 0;
  std::size_t operators_ = 0;
  bool too_deep_ = false;  // reported for the outermost expression or block at hand
};

}  // namespace xize::syntax
