// What the parser does about a token that does not fit: one message, then on with the next entry.
// An error anywhere inside an entry leaves that entry; reading resumes after it, at its own brace
// depth. So independent mistakes are all reported, and one mistake once.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <antlr4-runtime.h>

#include "compiler/diagnostics/sink.h"
#include "compiler/syntax/token.h"

namespace xize::syntax {

class ErrorStrategy final : public antlr4::DefaultErrorStrategy {
 public:
  // `sink` null: count only.
  ErrorStrategy(const std::vector<Token>& tokens, std::string_view text, diagnostics::Sink* sink)
      : tokens_(tokens), text_(text), sink_(sink) {}

  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override;
  void recover(antlr4::Parser* parser, std::exception_ptr error) override;
  antlr4::Token* recoverInline(antlr4::Parser* parser) override;
  void sync(antlr4::Parser* parser) override;

  [[nodiscard]] std::size_t error_count() const { return errors_; }

 private:
  void report_at(std::size_t index, antlr4::ParserRuleContext* context);
  // These report where they find their mistake between the entry's start and `index`.
  bool report_reserved(std::size_t from, std::size_t index);
  bool report_misspelt(std::size_t from, std::size_t index);
  std::optional<std::size_t> reserved_name(std::size_t from, std::size_t index);
  void report_second_entry(std::size_t index, antlr4::ParserRuleContext* context);
  // `细则 考核（…）{`: a head that is none.
  bool report_unknown_head(std::size_t from, antlr4::ParserRuleContext* context);
  // `不涉及的，按比例分摊` without saying among which items.
  bool report_open_share(std::size_t index);
  // `A 的，得 5 分，B 的，得 5 分`: two sentences with a comma between them.
  bool report_joined(std::size_t index);
  // 每低, 每超过 where no condition stands before it.
  bool report_difference(std::size_t index);
  // `C 的，得 8 至 10 分`.
  bool report_range(std::size_t index);
  // A comparison without what it measures.
  bool report_headless(std::size_t index);
  [[nodiscard]] bool begins_sentence(std::size_t index) const;
  // Whether at most one entry ends between the two.
  [[nodiscard]] bool is_next_entry(std::size_t before, std::size_t index) const;
  [[nodiscard]] bool is_declared(std::string_view name);
  void collect_declared();
  [[nodiscard]] std::size_t bare_outcome(std::size_t from, std::size_t index) const;
  void report_missing_de(std::size_t outcome);
  void report_bare_points(std::size_t number);
  static void spoil_last_entry(antlr4::ParserRuleContext* list);
  // Consumes up to the end of the entry that began at token `from`.
  void leave_entry(antlr4::Parser* parser, std::size_t from);
  [[nodiscard]] std::string_view written(std::size_t index) const;
  // A keyword that a name near `index` was probably meant to be.
  [[nodiscard]] std::vector<std::string> suggestions(std::size_t from, std::size_t index) const;

  const std::vector<Token>& tokens_;
  std::string_view text_;
  diagnostics::Sink* sink_;
  std::size_t errors_ = 0;
  std::size_t last_error_ = 0;  // the token of the one before
  std::unordered_set<std::string_view> names_;  // of the file, once they are asked for
  std::unordered_set<std::string_view> declared_;  // those it declares, likewise
};

}  // namespace xize::syntax
