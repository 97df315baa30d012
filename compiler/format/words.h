// The words of one surface, by role: the first spelling that keywords.def gives a role.
// In: a role. Out: what `fmt` prints for it. A role that has no word in a surface has the other
// surface's, which the parser reads anywhere.
#pragma once

#include <cstddef>
#include <string_view>

#include "compiler/ast/module.h"

namespace xize::format {

// One row of keywords.def: a keyword's token or a function's role, and its spellings.
struct WordRow {
  std::string_view role, places, english, chinese;
};

inline constexpr WordRow kKeywordRows[] = {
#define XIZE_KEYWORD(token, places, english, chinese, meaning) {#token, places, english, chinese},
#include "grammar/keywords.def"
};
inline constexpr WordRow kFunctionRows[] = {
#define XIZE_FUNCTION(role, english, chinese, meaning) {#role, "", english, chinese},
#include "grammar/keywords.def"
};

// A keyword by its token: `Keyword("ZERO")`. A token that the table lacks does not compile.
class Keyword {
 public:
  consteval Keyword(const char* token) : row_(row_of(token)) {}  // NOLINT: reads as the word itself
  [[nodiscard]] constexpr const WordRow& row() const { return kKeywordRows[row_]; }

 private:
  static consteval std::size_t row_of(std::string_view token) {
    for (std::size_t i = 0; i < std::size(kKeywordRows); ++i) {
      if (kKeywordRows[i].role == token) return i;
    }
    throw "no such token in keywords.def";
  }
  std::size_t row_;
};

// A function by its role: `Function("Count")`.
class Function {
 public:
  consteval Function(const char* role) : row_(row_of(role)) {}  // NOLINT: reads as the word itself
  [[nodiscard]] constexpr const WordRow& row() const { return kFunctionRows[row_]; }

 private:
  static consteval std::size_t row_of(std::string_view role) {
    for (std::size_t i = 0; i < std::size(kFunctionRows); ++i) {
      if (kFunctionRows[i].role == role) return i;
    }
    throw "no such function in keywords.def";
  }
  std::size_t row_;
};

// The words of one surface.
class Words {
 public:
  explicit Words(ast::Surface surface) : chinese_(surface == ast::Surface::Chinese) {}

  [[nodiscard]] bool chinese() const { return chinese_; }
  [[nodiscard]] std::string_view operator()(Keyword keyword) const;
  // The longest spelling of the keyword that stands somewhere in `text`; empty where none does.
  [[nodiscard]] std::string_view found_in(std::string_view text, Keyword keyword) const;
  // The longest spelling of the keyword that `text` ends with, or begins with.
  [[nodiscard]] std::string_view found_at(std::string_view text, Keyword keyword, bool end) const;
  // The second spelling, where a phrase of the language reads better with it.
  [[nodiscard]] std::string_view synonym(Keyword keyword) const;
  [[nodiscard]] std::string_view operator()(Function function) const;
  [[nodiscard]] std::string_view operator()(ast::TypeKind kind) const;
  [[nodiscard]] std::string_view operator()(ast::PeriodKind kind) const;
  [[nodiscard]] std::string_view operator()(value::Rounding mode) const;
  // `舍去小数` for `舍去`, where no number of decimals stands before it.
  [[nodiscard]] std::string_view whole(value::Rounding mode) const;
  // Empty for None and for a measure word, which the tree spells itself.
  [[nodiscard]] std::string_view unit(ast::UnitWord unit, bool singular) const;
  // After `/`: `month`, 月.
  [[nodiscard]] std::string_view per_unit(ast::UnitWord unit) const;
  [[nodiscard]] std::string_view claim(ast::ClaimKind kind, int level) const;
  // The word of a fault named in either surface; the name itself when it names none.
  [[nodiscard]] std::string_view fault(std::string_view name) const;

 private:
  template <class Stands>
  [[nodiscard]] std::string_view longest(Keyword keyword, const Stands& stands) const;
  [[nodiscard]] std::string_view pick(std::string_view english, std::string_view chinese,
                                      std::size_t nth = 0) const;
  bool chinese_;
};

// What a node is called: a bonus or penalty block without a name has that of its keyword in the
// surface of its file.
std::string_view name_of(const ast::Node& node, ast::Surface surface);

// The fault that a word names, in English, so that two spellings compare; else the word itself.
std::string_view fault_in_english(std::string_view name);

// Where a word stands, as far as it decides whether it could be a keyword there.
enum class NamePlace : std::uint8_t {
  Head,      // an entry begins with it
  HeadLine,  // the name of a bonus or penalty block, which may have none
  Row,       // at the head of a row of grades or levels
  Declared,  // after a word that takes a name, before `:`, in a list
  Operand,   // within an expression
  Callee,    // before `(`
  Type,      // where a type may stand
  Result,    // within an expression in which `total` is the rubric's
};

// True when `word` is one of the spellings `a|b|c`.
bool has_spelling(std::string_view spellings, std::string_view word);
bool is_type_word(std::string_view name);

// True when a plain `name` in this place would be read as something else, or not as one name.
bool needs_quotes(std::string_view name, NamePlace place);

}  // namespace xize::format
