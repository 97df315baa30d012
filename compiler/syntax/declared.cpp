#include <XizeLexer.h>

#include "compiler/syntax/split.h"
#include "compiler/syntax/token_kinds.h"
#include "compiler/syntax/words.h"

namespace xize::syntax {
namespace {

using T = grammar::XizeLexer;

bool ends_raw_entry(std::uint16_t type) {
  return type == T::NEWLINE || type == T::SEMI || type == T::LBRACE || type == T::RBRACE;
}

// The head words after which names are declared.
enum class HeadKind : std::uint8_t { None, OneName, NameList };

HeadKind head_kind(std::string_view word) {
  for (const Word& meaning : words_of(word)) {
    switch (meaning.type) {
      case T::INPUT: case T::GROUP: case T::REFERENCE_GROUP: case T::ALIAS: case T::TABLE:
      case T::RECORDS:
        return HeadKind::NameList;
      case T::DEFINE: case T::METHOD: case T::LOOKUP: case T::PARAMETER: case T::TYPE:
      case T::RUBRIC: case T::SECTION: case T::ITEM: case T::PLAIN_SECTION: case T::PLAIN_ITEM:
      case T::LEVEL_1: case T::LEVEL_2: case T::LEVEL_3: case T::LEVEL_4: case T::SAMPLE:
      case T::REPORT: case T::SELECT:
        return HeadKind::OneName;
      default: break;
    }
  }
  return HeadKind::None;
}

// A line of its own such as `当收入低于100得5分` is a clause whose blanks were forgotten, no label.
bool reads_like_a_clause(std::string_view word) {
  if (word.find_first_of("0123456789") != std::string_view::npos) return true;
  for (const std::string_view first : {"当", "每", "若", "否则", "其余", "保留", "发现"}) {
    if (word.starts_with(first)) return true;
  }
  for (const std::string_view last : {"得满分", "不得分", "按比例得分"}) {
    if (word.size() > last.size() && word.ends_with(last)) return true;
  }
  return false;
}

class Collector {
 public:
  Collector(std::string_view text, const std::vector<RawToken>& raw) : text_(text), raw_(raw) {}

  NameSet run() {
    bool at_head = true;
    for (std::size_t i = 0; i < raw_.size(); ++i) {
      if (raw_[i].type == T::COMMENT) continue;
      if (at_head && raw_[i].type == T::WORD) collect_entry(i);
      at_head = ends_raw_entry(raw_[i].type);
    }
    return std::move(names_);
  }

 private:
  [[nodiscard]] std::string_view word(std::size_t i) const {
    return text_.substr(raw_[i].span.begin, raw_[i].span.size());
  }
  [[nodiscard]] std::string two_words(std::size_t i) const {
    return std::string(word(i)).append(" ").append(word(i + 1));
  }
  [[nodiscard]] std::uint16_t type(std::size_t i) const {
    return i < raw_.size() ? raw_[i].type : static_cast<std::uint16_t>(T::NEWLINE);
  }

  void collect_entry(std::size_t i) {
    const bool is_phrase = type(i + 1) == T::WORD && phrase_length({word(i), word(i + 1)}) == 2;
    const std::size_t name = is_phrase ? i + 2 : i + 1;
    switch (is_phrase ? head_kind(two_words(i)) : head_kind(word(i))) {
      case HeadKind::OneName:
        if (type(name) == T::WORD) names_.insert(word(name));
        return;
      case HeadKind::NameList: return collect_list(name);
      case HeadKind::None: return collect_columns(i);
    }
  }

  // Everything up to the end of the entry that is a word before `:` or in a list.
  void collect_list(std::size_t i) {
    for (; i < raw_.size() && type(i) != T::COLON; ++i) {
      if (type(i) == T::NEWLINE && !is_list_mark(type(i - 1))) return;
      if (type(i) == T::SEMI || type(i) == T::RBRACE) return;
      if (type(i) == T::WORD) names_.insert(word(i));
    }
  }

  // `A, B :` declares both; a word alone on its line is a label; `A =` is a computed column.
  void collect_columns(std::size_t i) {
    std::size_t k = i;
    while (type(k) == T::WORD && is_list_mark(type(k + 1))) k += 2;
    if (type(k) != T::WORD) return;
    const std::uint16_t after = type(k + 1);
    const bool is_label = k == i && ends_raw_entry(after) && !reads_like_a_clause(word(i));
    if (after != T::COLON && after != T::EQ && !is_label) return;
    if (after == T::EQ && word(i).starts_with("否则")) return;  // 否则得分 = E
    for (std::size_t n = i; n <= k; n += 2) names_.insert(word(n));
  }

  std::string_view text_;
  const std::vector<RawToken>& raw_;
  NameSet names_;
};

}  // namespace

NameSet declared_names(std::string_view text, const std::vector<RawToken>& raw) {
  return Collector(text, raw).run();
}

}  // namespace xize::syntax
