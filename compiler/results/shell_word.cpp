#include "compiler/results/shell_word.h"

namespace xize::results {

std::string shell_word(std::string_view text) {
  constexpr std::string_view kSpecial = " \t\n\"'\\$`&|;<>()*?[]{}#~!";
  if (!text.empty() && text.find_first_of(kSpecial) == text.npos) return std::string(text);
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

}  // namespace xize::results
