// Sentences and numbers in quoted text.
// In: text of the document. Out: its sentences, and the number it begins with.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xize::analysis {

// Shorter ones repeat in any document without meaning anything.
inline constexpr std::size_t kSentenceMin = 8;  // code points

// The clauses between 。；; and line ends, without the numbers before them; long enough ones only.
std::vector<std::string> sentences_of(std::string_view text);
// 2 of `2.…`, `2、…`, `（2）…`, `(2)…`; not of `2.5`.
std::optional<int> leading_number(std::string_view text);

}  // namespace xize::analysis
