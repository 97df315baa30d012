// What every printer writes to: the tree, the words of the surface, the sheet and the comments.
// In: a module and its file. Out: lines. Nothing here decides how a construct looks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/ast/level.h"
#include "compiler/ast/module.h"
#include "compiler/format/comments.h"
#include "compiler/format/sheet.h"
#include "compiler/format/words.h"
#include "compiler/source/file.h"

namespace xize::format {

// How tightly an expression must bind to stand where it does without parentheses.
enum class Binding : std::uint8_t {
  Any,
  Or,
  And,
  Not,
  Compared,
  Operand,
  Sum,
  Term,
  Factor,
  Postfix,
};

// An expression among the pieces of a line.
struct Value {
  ast::ExprId id;
  Binding binding = Binding::Any;
};
// A name among the pieces of a line. `label`: this place also takes a quoted string.
struct Called {
  const ast::Name& name;
  NamePlace place = NamePlace::Declared;
  bool label = false;
};
// A string literal among the pieces of a line.
struct Quoted {
  std::string_view text;
};
// A keyword in the spelling that the file has between two places, as the author chose among its
// synonyms; else in the first, or in `usual`.
struct Written {
  Keyword keyword;
  source::Span within;
  std::string_view usual = {};
};
// A list mark `，` or `, ` after which the line may be broken.
struct Comma {};
// A list mark `、` or `, ` after which the line may be broken.
struct Pause {};
// A blank at which the line may be broken.
struct Gap {};

// One run of the formatter.
class Page {
 public:
  Page(const ast::Module& tree, const source::File& source, ast::Surface surface)
      : module(tree), file(source), words(surface), comments(tree.comments) {}

  [[nodiscard]] bool zh() const { return words.chinese(); }
  [[nodiscard]] const ast::ExprNode& node(ast::ExprId id) const { return module.exprs[id].node; }
  // The literal behind a handle, or null.
  [[nodiscard]] const ast::NumberLit* literal(ast::ExprId id) const;

  [[nodiscard]] source::Span span(ast::ExprId id) const { return module.exprs[id].span; }
  // What stands between two expressions in the file.
  [[nodiscard]] source::Span between(ast::ExprId a, ast::ExprId b) const {
    return {span(a).end, span(b).begin};
  }
  // How the file spells a keyword within a span; empty where it does not.
  [[nodiscard]] std::string_view found(Keyword keyword, source::Span within) const;
  // How the file spells a keyword right before `end`, or right behind `begin`; empty where another
  // word stands there.
  [[nodiscard]] std::string_view found_before(Keyword keyword, std::uint32_t end) const;
  [[nodiscard]] std::string_view found_behind(Keyword keyword, std::uint32_t begin) const;
  // The keyword that the entry at hand begins with, as written.
  [[nodiscard]] Written head(Keyword keyword) const;

  // Writes the pieces one after the other to the open line.
  template <class... Pieces>
  void put(const Pieces&... pieces) {
    (put_piece(pieces), ...);
  }

  const ast::Module& module;
  const source::File& file;
  Words words;
  Sheet sheet;
  Comments comments;
  ast::Place place;
  bool names_results = false;   // `total` and `grade` are those of the rubric here
  int column_width = 0;         // of the names in the table that is being printed
  ast::ExprId record_column;    // the column whose records 的 has already named
  source::Span entry;           // the entry or row that is being printed, in the file

 private:
  // No blank follows `）`, which brings its own.
  void put_piece(std::string_view text) {
    if (text.starts_with(' ') && sheet.ends_with("）")) text.remove_prefix(1);
    sheet.put(text);
  }
  void put_piece(const char* text) { put_piece(std::string_view(text)); }
  void put_piece(const std::string& text) { put_piece(std::string_view(text)); }
  void put_piece(Keyword keyword) { sheet.put(words(keyword)); }
  void put_piece(const Written& word);
  void put_piece(Function function) { sheet.put(words(function)); }
  void put_piece(Value value);
  void put_piece(const Called& called);
  void put_piece(Quoted quoted);
  void put_piece(Comma) {
    sheet.put(zh() ? "，" : ", ");
    sheet.may_break();
  }
  void put_piece(Pause) {
    sheet.put(zh() ? "、" : ", ");
    sheet.may_break();
  }
  void put_piece(Gap) {
    put_piece(" ");
    sheet.may_break();
  }
};

// While it lives, `total` and `grade` in expressions are the rubric's.
class ResultNames {
 public:
  explicit ResultNames(Page& page) : page_(page), outer_(page.names_results) {
    page.names_results = true;
  }
  ~ResultNames() { page_.names_results = outer_; }
  ResultNames(const ResultNames&) = delete;
  ResultNames& operator=(const ResultNames&) = delete;

 private:
  Page& page_;
  bool outer_;
};

// Prints a list with `、` or `,` between its items; `print` writes one.
template <class List, class Print>
void put_list(Page& page, const List& list, const Print& print) {
  bool is_first = true;
  for (const auto& item : list) {
    if (!is_first) page.put(Pause{});
    print(item);
    is_first = false;
  }
}
void put_names(Page& page, const std::vector<ast::Name>& names, bool labels);
void put_values(Page& page, const std::vector<ast::ExprId>& values, Binding binding);
void put_strings(Page& page, const std::vector<std::string>& texts);

// How a string literal is written so that it reads back as `text`.
std::string quoted(std::string_view text, bool chinese);
// True when every `“` has its `”` in order, so that the text can stand in a pair of them.
bool has_paired_quotes(std::string_view text);

}  // namespace xize::format
