#include "compiler/analysis/wording.h"

#include "compiler/source/unicode.h"

namespace xize::analysis {

namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool ends_sentence(char32_t c) { return c == U'。' || c == U'；' || c == U';' || c == U'\n'; }

// Where the number that the text begins with ends; 0 if it begins with none.
std::size_t number_end(std::u32string_view text, int& number) {
  std::size_t at = text.starts_with(U"注：") || text.starts_with(U"注:") ? 2 : 0;
  const bool bracket = at < text.size() && (text[at] == U'（' || text[at] == U'(');
  if (bracket) ++at;
  const std::size_t first = at;
  for (number = 0; at < text.size() && is_digit(text[at]) && at - first < 3; ++at) {
    number = number * 10 + static_cast<int>(text[at] - U'0');
  }
  if (at == first || at == text.size()) return 0;
  const char32_t close = text[at];
  const bool closed = bracket ? close == U'）' || close == U')'
                              : close == U'.' || close == U'、' || close == U'．';
  const bool decimal = !bracket && at + 1 < text.size() && is_digit(text[at + 1]);
  return closed && !decimal ? at + 1 : 0;
}

}  // namespace

std::vector<std::string> sentences_of(std::string_view text) {
  const std::u32string points = source::to_code_points(text);
  std::vector<std::string> sentences;
  const std::u32string_view all(points);
  for (std::size_t begin = 0, at = 0; at <= all.size(); ++at) {
    if (at < all.size() && !ends_sentence(all[at])) continue;
    auto sentence = all.substr(begin, at - begin);
    int number = 0;
    sentence.remove_prefix(number_end(sentence, number));
    if (sentence.size() >= kSentenceMin) sentences.push_back(source::to_utf8(sentence));
    begin = at + 1;
  }
  return sentences;
}

std::optional<int> leading_number(std::string_view text) {
  int number = 0;
  if (number_end(source::to_code_points(text), number) == 0) return std::nullopt;
  return number;
}

std::optional<int> year_in(std::string_view text) {
  const std::u32string points = source::to_code_points(text);
  int year = 0;
  std::size_t digits = 0;
  for (const char32_t c : points) {
    if (is_digit(c)) {
      year = digits == 0 ? 0 : year;
      year = digits < 4 ? year * 10 + static_cast<int>(c - U'0') : 0;
      ++digits;
      continue;
    }
    if (c == U'年' && digits == 4) return year;
    if (c != U' ') digits = 0;
  }
  return std::nullopt;
}

}  // namespace xize::analysis
