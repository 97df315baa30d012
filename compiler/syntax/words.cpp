#include "compiler/syntax/words.h"

#include <algorithm>
#include <unordered_map>

#include <XizeLexer.h>

#include "runtime/value/value.h"

namespace xize::syntax {
namespace {

using T = grammar::XizeLexer;

std::uint8_t places_of(std::string_view letters) {
  std::uint8_t places = 0;
  for (const char c : letters) {
    switch (c) {
      case 'A': places |= kAnywhere; break;
      case 'H': places |= kHead; break;
      case 'O': places |= kHeadAlone; break;
      case 'L': places |= kHeadLine; break;
      case 'W': places |= kBetween; break;
      case 'R': places |= kResult; break;
      default: places |= kScore; break;
    }
  }
  return places;
}

// The table, built once: spelling → meanings, first part → phrases of several parts.
class Table {
 public:
  Table() {
#define XIZE_KEYWORD(token, places, english, chinese, meaning) \
  add(Word{T::token, places_of(places), -1, false}, english, chinese);
#define XIZE_FUNCTION(role, english, chinese, meaning) \
  add(Word{T::FUNCTION, 0, static_cast<int>(Function::role), false}, english, chinese);
#define XIZE_TYPE(kind, english, chinese, meaning) \
  add(Word{T::TYPE_WORD, 0, static_cast<int>(ast::TypeKind::kind), false}, english, chinese);
#define XIZE_UNIT(unit, scale, english, chinese)                                          \
  units.push_back({ast::UnitWord::unit, scale});                                          \
  add(Word{T::UNIT, 0, static_cast<int>(units.size()) - 1, false}, english, chinese);
#define XIZE_PERIOD(kind, english, chinese) \
  add(Word{T::PERIOD_WORD, 0, static_cast<int>(ast::PeriodKind::kind), false}, english, chinese);
#define XIZE_ROUNDING(mode, english, chinese) \
  add(Word{T::ROUNDING, 0, static_cast<int>(value::Rounding::mode), false}, english, chinese);
#define XIZE_CLAIM(kind, level, english, chinese)                                         \
  claims.push_back({ast::ClaimKind::kind, level});                                        \
  add(Word{T::CLAIM_WORD, 0, static_cast<int>(claims.size()) - 1, false}, english, chinese);
#define XIZE_FAULT(kind, english, chinese) \
  add(Word{T::FAULT_WORD, 0, static_cast<int>(value::FaultKind::kind), false}, english, chinese);
#include "grammar/keywords.def"
  }

  std::unordered_map<std::string_view, std::vector<Word>> meanings;
  std::unordered_map<std::string_view, std::vector<std::vector<std::string_view>>> phrases;
  std::vector<std::string> spellings;
  std::vector<UnitRow> units;
  std::vector<ClaimRow> claims;

 private:
  static std::vector<std::string_view> parts_of(std::string_view text, char mark) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from <= text.size();) {
      const auto to = std::min(text.find(mark, from), text.size());
      if (to > from) parts.push_back(text.substr(from, to - from));
      from = to + 1;
    }
    return parts;
  }

  void add(const Word& word, std::string_view english, std::string_view chinese) {
    for (const bool is_english : {true, false}) {
      for (const auto spelling : parts_of(is_english ? english : chinese, '|')) {
        if (spelling == "-") continue;
        auto& known = meanings[spelling];
        if (known.empty()) spellings.emplace_back(spelling);
        known.push_back(word);
        known.back().english = is_english;
        const auto parts = parts_of(spelling, ' ');
        if (parts.size() > 1) phrases[parts.front()].push_back(parts);
      }
    }
  }
};

const Table& table() {
  static const Table instance;
  return instance;
}

}  // namespace

std::string_view numeral_digits(std::string_view text) {
  struct Numeral {
    std::string_view text, digits;
  };
  static constexpr Numeral kNumerals[] = {
      {"一", "1"}, {"二", "2"}, {"两", "2"}, {"三", "3"}, {"四", "4"}, {"五", "5"},
      {"六", "6"}, {"七", "7"}, {"八", "8"}, {"九", "9"}, {"十", "10"}};
  for (const Numeral& numeral : kNumerals) {
    if (numeral.text == text) return numeral.digits;
  }
  return {};
}

const std::vector<UnitRow>& unit_words() { return table().units; }
const std::vector<ClaimRow>& claim_words() { return table().claims; }
const std::vector<std::string>& all_spellings() { return table().spellings; }

const std::vector<Word>& words_of(std::string_view spelling) {
  static const std::vector<Word> none;
  const auto it = table().meanings.find(spelling);
  return it == table().meanings.end() ? none : it->second;
}

std::size_t phrase_length(const std::vector<std::string_view>& parts) {
  if (parts.size() < 2) return 0;
  const auto it = table().phrases.find(parts.front());
  if (it == table().phrases.end()) return 0;
  std::size_t longest = 0;
  for (const auto& phrase : it->second) {
    if (phrase.size() > longest && phrase.size() <= parts.size() &&
        std::equal(phrase.begin(), phrase.end(), parts.begin())) {
      longest = phrase.size();
    }
  }
  return longest;
}

}  // namespace xize::syntax
