// Lists in quoted text and the numbers that the text gives them.
#include <algorithm>
#include <array>

#include "compiler/analysis/wording.h"
#include "compiler/source/unicode.h"

namespace xize::analysis {

namespace {

using Words = std::u32string_view;

// What is counted as a list; other nouns stand behind numbers for other reasons.
constexpr std::array<Words, 16> kNouns = {
    U"维度", U"方面", U"部分", U"要素", U"环节", U"一级指标", U"二级指标", U"类别",
    U"板块", U"领域", U"层面", U"等次", U"等级", U"档次",     U"步骤",     U"阶段"};
// What stands before the first of a list, and what may be part of a name besides.
constexpr std::array<Words, 4> kOpeners = {U"按照", U"包括", U"涉及", U"分为"};
constexpr std::array<Words, 5> kBeforeFirst = {U"围绕", U"通过", U"根据", U"依据", U"从"};
constexpr Words kEnds = U"。；;，,：:！!？?【】\n";
constexpr Words kNumerals = U"零一二三四五六七八九十";

bool is_space(char32_t c) { return c == U' ' || c == U'\u3000'; }

// The number that ends before `end`, and where it begins; 0 if there is none.
int number_before(Words text, std::size_t& end) {
  std::size_t at = end;
  while (at > 0 && is_space(text[at - 1])) --at;
  int number = 0, place = 1;
  std::size_t digits = at;
  for (; digits > 0 && text[digits - 1] >= U'0' && text[digits - 1] <= U'9' && place < 1000;
       place *= 10) {
    number += static_cast<int>(text[--digits] - U'0') * place;
  }
  if (digits == at && at > 0) {
    const auto numeral = kNumerals.find(text[at - 1]);
    const bool tens = at > 1 && kNumerals.find(text[at - 2]) != Words::npos;
    if (numeral == Words::npos || tens) return 0;
    number = static_cast<int>(numeral);
    digits = at - 1;
  }
  end = digits;
  return number;
}

Words trimmed(Words text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// What stands in brackets belongs to the name before it.
std::u32string without_brackets(Words text) {
  std::u32string result;
  int depth = 0;
  for (const char32_t c : text) {
    depth += c == U'（' || c == U'(';
    if (depth == 0) result.push_back(c);
    if (depth > 0 && (c == U'）' || c == U')')) --depth;
  }
  return result;
}

CountedList list_of(int stated, Words names) {
  CountedList list;
  list.stated = stated;
  names = trimmed(names);
  if (names.ends_with(U"等")) {
    list.more = true;
    names.remove_suffix(1);
  }
  while (!names.empty()) {
    const auto comma = std::min(names.find(U'、'), names.size());
    const Words name = trimmed(names.substr(0, comma));
    list.joined = name.find_first_of(U"和及与") != Words::npos;
    list.names.push_back(source::to_utf8(name));
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return list;
}

// The list that ends at `end`: from the last end of a clause, or the last opening word.
Words list_before(Words text, std::size_t end) {
  Words names = text.substr(0, end);
  names = trimmed(names);
  if (names.ends_with(U'”')) names.remove_suffix(1);
  const auto stop = names.find_last_of(kEnds);
  if (stop != Words::npos) names.remove_prefix(stop + 1);
  const auto open = [&](Words opener, std::size_t from) {
    const auto at = names.rfind(opener, from);
    if (at != Words::npos) names.remove_prefix(at + opener.size());
  };
  for (const Words opener : kOpeners) open(opener, Words::npos);
  for (const Words opener : kBeforeFirst) open(opener, names.find(U'、'));
  return names;
}

// Reads one text.
class ListReader {
 public:
  explicit ListReader(Words text) : text_(text), plain_(without_brackets(text)) {}

  std::vector<CountedList> run() {
    for (const Words noun : kNouns) {
      find_before(noun);
      find_behind(noun);
    }
    return std::move(lists_);
  }

 private:
  // `A、B、C 3 个方面`.
  void find_before(Words noun) {
    const Words text = plain_;
    for (auto at = text.find(noun); at != Words::npos; at = text.find(noun, at + 1)) {
      std::size_t end = at;
      if (end > 0 && text[end - 1] == U'个') --end;
      if (const int stated = number_before(text, end)) add(stated, list_before(text, end));
    }
  }

  // `三要素：A、B、C`.
  void find_behind(Words noun) {
    for (auto at = text_.find(noun); at != Words::npos; at = text_.find(noun, at + 1)) {
      const std::size_t colon = at + noun.size();
      if (colon >= text_.size() || (text_[colon] != U'：' && text_[colon] != U':')) continue;
      std::size_t end = at;
      if (end > 0 && text_[end - 1] == U'个') --end;
      const int stated = number_before(text_, end);
      const Words rest = text_.substr(colon + 1);
      if (stated > 0) add(stated, rest.substr(0, rest.find_first_of(U"。；;，,：:】）)”\n")));
    }
  }

  void add(int stated, Words names) {
    CountedList list = list_of(stated, names);
    if (list.names.size() > 1) lists_.push_back(std::move(list));
  }

  Words text_;
  std::u32string plain_;
  std::vector<CountedList> lists_;
};

}  // namespace

std::vector<CountedList> counted_lists(std::string_view text) {
  const auto points = source::to_code_points(text);
  return ListReader(points).run();
}

}  // namespace xize::analysis
