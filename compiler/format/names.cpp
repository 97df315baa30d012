// Which names can stand as they are.
#include <algorithm>
#include <array>
#include <unordered_map>

#include <unicode/uchar.h>

#include "compiler/format/words.h"
#include "compiler/source/unicode.h"

namespace xize::format {
namespace {

bool is_letter(char32_t c) { return c == U'_' || u_isalpha(static_cast<UChar32>(c)) != 0; }
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// The place after the pair that opens at `i`, or `i` when it does not close.
std::size_t pair_end(std::u32string_view text, std::size_t i) {
  if (text[i] == U'《') {
    const auto close = text.find(U'》', i);
    return close == std::u32string_view::npos ? i : close + 1;
  }
  int depth = 0;
  for (std::size_t k = i; k < text.size(); ++k) {
    if (text[k] == U'“') ++depth;
    if (text[k] == U'”' && --depth == 0) return k + 1;
  }
  return i;
}

// The lexer's WORD: letters, then digits, `_`, `%`, `.5`, “…”, 《…》 among them.
bool is_one_word(std::u32string_view text) {
  if (text.empty() || !is_letter(text.front())) return false;
  for (std::size_t i = 1; i < text.size();) {
    const char32_t c = text[i];
    if (is_letter(c) || is_digit(c) || c == U'%') {
      ++i;
    } else if (c == U'.' && i + 1 < text.size() && is_digit(text[i + 1])) {
      i += 2;
    } else if ((c == U'“' || c == U'《') && pair_end(text, i) > i) {
      i = pair_end(text, i);
    } else {
      return false;
    }
  }
  return true;
}

// Keywords that a neighbour other than the name itself has to call for: a number after `前`, `by`
// before `month`. As names they are safe within expressions.
bool is_tied_to_neighbour(std::string_view token) {
  constexpr std::array kTied = {std::string_view("HIGHEST"),
                                std::string_view("LOWEST"),
                                std::string_view("TOP"),
                                std::string_view("BEST"),
                                std::string_view("TRIM"),
                                std::string_view("DROP"),
                                std::string_view("IN_RUBRIC"),
                                std::string_view("IN_SECTION"),
                                std::string_view("IN_ITEM"),
                                std::string_view("EQUALLY"),
                                std::string_view("PROPORTIONALLY"),
                                std::string_view("BY_AVERAGE"),
                                std::string_view("BY_SUM"),
                                std::string_view("BY_LAST"),
                                std::string_view("BY_WEIGHTS"),
                                std::string_view("POINTS_OF"),
                                std::string_view("POINTS_FROM"),
                                std::string_view("STARTED"),
                                std::string_view("LEVELS"),
                                std::string_view("STOP")};
  return std::find(kTied.begin(), kTied.end(), token) != kTied.end();
}

bool names_result(std::string_view name) {
  return name == "total" || has_spelling(Keyword("TOTAL").row().chinese, name) ||
         has_spelling(Keyword("GRADE").row().english, name) ||
         has_spelling(Keyword("GRADE").row().chinese, name);
}

bool is_function(std::string_view name) {
  return std::any_of(std::begin(kFunctionRows), std::end(kFunctionRows), [&](const WordRow& row) {
    return has_spelling(row.english, name) || has_spelling(row.chinese, name);
  });
}

// Keywords that no neighbour makes a name of.
bool is_strong(std::string_view token) { return token == "EXPECT_ERROR" || token == "MONTH"; }

// 有, 无, 上限 …: keywords before the name of records or before a number alone, so that they are safe
// as names.
bool is_tied_to_next(std::string_view token, std::string_view spelling) {
  if (token == "EXISTS") return spelling != "存在";
  if (token == "EACH") return spelling == "发现";
  if (token == "MAX") return spelling[0] < 0 && !spelling.starts_with("最多");
  return token == "NONE";
}

struct Use {
  bool anywhere = false, head = false, head_alone = false, between = false;
  bool long_between = false;  // a keyword of three characters or more is one after anything
};

void add_spellings(std::unordered_map<std::string_view, Use>& uses, const WordRow& row,
                   std::string_view spellings) {
  const auto has = [&](char place) { return row.places.find(place) != std::string_view::npos; };
  for (std::size_t from = 0; from <= spellings.size();) {
    const auto to = std::min(spellings.find('|', from), spellings.size());
    const auto spelling = spellings.substr(from, to - from);
    from = to + 1;
    const bool is_phrase = spelling.find(' ') != std::string_view::npos;
    if (is_phrase || is_tied_to_next(row.role, spelling)) continue;
    Use& use = uses[spelling];
    use.anywhere |= has('A') || is_strong(row.role);
    use.head |= has('H') || has('O');
    use.head_alone |= has('O');
    const bool between =
        ((has('W') || has('R')) && !is_tied_to_neighbour(row.role)) || row.role == "SCORE";
    use.between |= between;
    use.long_between |=
        between && row.role != "SCORE" && source::display_width(spelling) >= 6 && spelling[0] < 0;
  }
}

const std::unordered_map<std::string_view, Use>& keyword_uses() {
  static const auto kUses = [] {
    std::unordered_map<std::string_view, Use> uses;
    for (const auto& row : kKeywordRows) {
      add_spellings(uses, row, row.english);
      add_spellings(uses, row, row.chinese);
    }
    return uses;
  }();
  return kUses;
}

}  // namespace

bool needs_quotes(std::string_view name, NamePlace place) {
  if (name.ends_with("的") || !is_one_word(source::to_code_points(name))) return true;
  if (place == NamePlace::Callee && is_function(name)) return true;
  if (place == NamePlace::HeadLine && is_function(name)) return true;
  if (place == NamePlace::Type && is_type_word(name)) return true;
  if (place == NamePlace::Result && names_result(name)) return true;
  const auto it = keyword_uses().find(name);
  if (it == keyword_uses().end()) return false;
  const Use& use = it->second;
  if (use.anywhere || use.long_between) return true;
  switch (place) {
    case NamePlace::Head: return use.head || use.between;
    case NamePlace::HeadLine:
    case NamePlace::Row: return true;
    case NamePlace::Declared: return use.head_alone;
    case NamePlace::Type: return false;
    case NamePlace::Operand:
    case NamePlace::Callee:
    case NamePlace::Result: return use.between;
  }
  return true;
}

}  // namespace xize::format
