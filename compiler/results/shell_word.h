// shell_word: a word of a command that people are told to type. In: any text. Out: the text as a
// shell takes it for one word.
#pragma once

#include <string>
#include <string_view>

namespace xize::results {

// In quotes where the shell would take it apart.
std::string shell_word(std::string_view text);

}  // namespace xize::results
