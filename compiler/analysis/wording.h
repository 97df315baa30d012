// Sentences and numbers in quoted text.
// In: text of the document. Out: its sentences, the number it begins with, the lists it counts, and
// what a sentence is besides the words that turn it into its opposite.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xize::analysis {

// Shorter ones repeat in any document without meaning anything.
inline constexpr std::size_t kSentenceMin = 8;  // code points

// The clauses between 。；; and line ends, without the numbers before them; long enough ones only.
std::vector<std::string> sentences_of(std::string_view text);
// 2 of `2.…`, `2、…`, `（2）…`, `(2)…`; not of `2.5`.
std::optional<int> leading_number(std::string_view text);

// The year that `2023年`, `2023 年度` speak of, the first of them.
std::optional<int> year_in(std::string_view text);

// A sentence without 不, 非, 高于, 以下 and the like, and these words with their places.
struct Polarity {
  std::u32string rest;
  std::vector<std::pair<std::size_t, int>> turns;  // place in `rest`, which way
};
Polarity polarity_of(std::string_view sentence);

// `A、B、C 3 个方面`, `三要素：A、B、C`: a list and the number that the text gives it.
struct CountedList {
  int stated = 0;
  std::vector<std::string> names;
  bool more = false;    // closed with 等
  bool joined = false;  // 和, 及 or 与 may join two in the last
};
std::vector<CountedList> counted_lists(std::string_view text);

}  // namespace xize::analysis
