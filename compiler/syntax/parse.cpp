#include "compiler/syntax/parse.h"

#include <XizeParser.h>

#include <memory>

#include "compiler/syntax/build/tree_builder.h"
#include "compiler/syntax/classify.h"
#include "compiler/syntax/error_strategy.h"
#include "compiler/syntax/examples.h"
#include "compiler/syntax/scan.h"
#include "compiler/syntax/split.h"
#include "compiler/syntax/token_feed.h"

namespace xize::syntax {
namespace {

Classified tokens_of(const source::File& file, diagnostics::Sink& sink,
                     std::uint32_t begin = 0) {
  const std::vector<RawToken> raw = scan(file.text(), begin);
  const NameSet declared = declared_names(file.text(), raw);
  return classify(file.text(), split_runs(file.text(), raw, declared, sink), sink);
}

// A parser over one token list, with everything it needs alive.
struct Parsing {
  Parsing(const std::vector<Token>& tokens, std::string_view text, diagnostics::Sink* sink)
      : feed(tokens),
        stream(&feed),
        parser(&stream),
        strategy(std::make_shared<ErrorStrategy>(tokens, text, sink)) {
    parser.removeErrorListeners();
    parser.setErrorHandler(strategy);
  }

  void set_mode(antlr4::atn::PredictionMode mode) {
    parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(mode);
  }

  TokenFeed feed;
  antlr4::CommonTokenStream stream;
  grammar::XizeParser parser;
  std::shared_ptr<ErrorStrategy> strategy;
};

// Notes what ANTLR's exact detection finds.
class AmbiguityListener final : public antlr4::BaseErrorListener {
 public:
  AmbiguityListener(const std::vector<Token>& tokens, std::vector<Ambiguity>& found)
      : tokens_(tokens), found_(found) {}

  void reportAmbiguity(antlr4::Parser* parser, const antlr4::dfa::DFA& dfa, size_t start,
                       size_t stop, bool /*exact*/, const antlrcpp::BitSet& /*alternatives*/,
                       antlr4::atn::ATNConfigSet* /*configs*/) override {
    const std::size_t rule = dfa.atnStartState->ruleIndex;
    found_.push_back(
        {source::join(tokens_[start].span, tokens_[std::min(stop, tokens_.size() - 1)].span),
         parser->getRuleNames()[rule]});
  }

 private:
  const std::vector<Token>& tokens_;
  std::vector<Ambiguity>& found_;
};

// First the fast prediction; what it cannot read is read again with the full one, which reports.
void build(ast::Module& module, const std::vector<Token>& tokens, std::string_view text,
           diagnostics::Sink& sink) {
  TreeBuilder builder(module, tokens, sink);
  Parsing fast(tokens, text, nullptr);
  fast.set_mode(antlr4::atn::PredictionMode::SLL);
  grammar::XizeParser::FileContext* tree = fast.parser.file();
  if (fast.strategy->error_count() == 0) return builder.build(tree);
  Parsing full(tokens, text, &sink);
  builder.build(full.parser.file());
}

}  // namespace

ast::Module parse(const source::File& file, diagnostics::Sink& sink, Examples examples) {
  Classified classified = tokens_of(file, sink);
  if (examples == Examples::LeftOut) leave_out_examples(classified.tokens);
  ast::Module module;
  module.comments = std::move(classified.comments);
  module.surface = classified.surface;
  build(module, classified.tokens, file.text(), sink);
  return module;
}

void parse_part(ast::Module& module, const source::File& file, std::uint32_t begin,
                diagnostics::Sink& sink) {
  build(module, tokens_of(file, sink, begin).tokens, file.text(), sink);
}

std::vector<Ambiguity> find_ambiguities(const source::File& file) {
  diagnostics::Sink sink(file);
  const Classified classified = tokens_of(file, sink);
  std::vector<Ambiguity> found;
  Parsing parsing(classified.tokens, file.text(), nullptr);
  AmbiguityListener listener(classified.tokens, found);
  parsing.parser.addErrorListener(&listener);
  // What the fast prediction has learnt so far would hide ambiguities.
  parsing.parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->clearDFA();
  parsing.set_mode(antlr4::atn::PredictionMode::LL_EXACT_AMBIG_DETECTION);
  parsing.parser.file();
  return found;
}

std::string print_tokens(const source::File& file) {
  diagnostics::Sink sink(file);
  const Classified classified = tokens_of(file, sink);
  Parsing parsing(classified.tokens, file.text(), nullptr);
  std::string out;
  for (const Token& token : classified.tokens) {
    const bool is_end = &token == &classified.tokens.back();
    out += is_end ? "EOF" : parsing.parser.getVocabulary().getSymbolicName(token.type);
    out += ' ';
    out += token.text;
    out += '\n';
  }
  return out;
}

}  // namespace xize::syntax
