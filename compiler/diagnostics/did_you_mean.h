// Names nearly alike, for "did you mean".
// In: what was written and what would have been right. Out: at most kSuggestionsMax names, nearest
// first; empty rather than far-fetched.
// Cost: the product of the two lengths for each candidate of a similar length.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xize::diagnostics {

inline constexpr std::size_t kSuggestionsMax = 3;

// Latin letters are compared by Damerau-Levenshtein without regard to case. A Chinese character
// carries as much as a syllable: replacing it by one that looks or is typed alike (位 为, 列 例)
// costs little, by any other a whole step. A name glued to others (`当收入`) suggests the
// name inside. Candidates equal to `name` are left out.
std::vector<std::string> did_you_mean(std::string_view name,
                                      std::span<const std::string_view> candidates);
std::vector<std::string> did_you_mean(std::string_view name,
                                      const std::vector<std::string>& candidates);

}  // namespace xize::diagnostics
