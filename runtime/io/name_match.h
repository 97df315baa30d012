// name_match: when two spellings of a name are the same, and which name was probably meant.
// In: text of headers and cells. Out: normalised spellings and candidates; it never decides alone.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace xize::io {

// Without blanks around it (also U+3000, U+00A0, U+200B, U+FEFF).
std::string_view trim(std::string_view text);

// Trimmed and in NFC: what a text cell means.
std::string normalize(std::string_view text);

// Normalised, full-width ASCII as half-width, each run of blanks or line ends as one blank: two
// headers, labels or unit names with the same fold are the same.
std::string fold_name(std::string_view text);

// True if folding would certainly change nothing: visible ASCII and Chinese ideographs only.
bool is_plainly_folded(std::string_view text);

// The length of a UTF-8 text in code points.
std::size_t code_point_count(std::string_view text);

// Insertions, deletions, replacements and swaps of neighbours, in code points.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate nearest to `name`, if it is near enough to be a slip; else empty. The first of
// equals wins.
std::string_view nearest_name(std::string_view name, std::span<const std::string> candidates);
std::string_view nearest_name(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace xize::io
