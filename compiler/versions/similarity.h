// similarity: how alike two names or two sentences are, and the best way to pair many of them.
// In: UTF-8 text. Out: 0 (nothing in common) to 1 (the same). Quotation marks, punctuation and
// blanks do not count.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace xize::versions {

// By the longest common subsequence of characters: 服务质量 and 服务成效 are half alike.
double name_likeness(std::string_view a, std::string_view b);

// The pairs of neighbouring characters of a text, sorted.
using Grams = std::vector<std::uint64_t>;
Grams grams_of(std::string_view text);
// What both have, as a part of both together (Dice).
double likeness(const Grams& a, const Grams& b);
// What of `a` is also in `b`, as a part of `a`.
double share_found(const Grams& a, const Grams& b);

// A gain for each row and column; what is not above 0 is never chosen.
using Gains = std::vector<std::vector<double>>;
// The pairing of rows with columns, each used at most once, with the largest sum of gains: the
// column of each row, or -1. Cost: cubic (the Hungarian method).
std::vector<int> assign(const Gains& gains);

}  // namespace xize::versions
