// Unified differences by the longest common subsequence, in quadratic time and space.
#include <algorithm>
#include <cstdint>

#include "tests/support/text.h"

namespace xize::support {
namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t kCellsMax = 16'000'000;  // 64 MB of table

// One line of an edit script: ' ' kept, '-' only expected, '+' only seen.
struct Edit {
  char kind;
  const std::string* line;
};

// lengths[i * width + j]: the longest common subsequence of the tails from i and j.
std::vector<std::uint32_t> tail_lengths(const Lines& a, const Lines& b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::uint32_t> lengths((a.size() + 1) * width, 0);
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      lengths[i * width + j] =
          a[i] == b[j] ? lengths[(i + 1) * width + j + 1] + 1
                       : std::max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  return lengths;
}

std::vector<Edit> edit_script(const Lines& a, const Lines& b) {
  const auto lengths = tail_lengths(a, b);
  const std::size_t width = b.size() + 1;
  std::vector<Edit> edits;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      edits.push_back({' ', &a[i++]});
      ++j;
    } else if (j == b.size() ||
               (i < a.size() && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])) {
      edits.push_back({'-', &a[i++]});
    } else {
      edits.push_back({'+', &b[j++]});
    }
  }
  return edits;
}

// For texts too long for the table: the first line that differs.
std::string first_difference(const Lines& a, const Lines& b) {
  std::size_t k = 0;
  while (k < a.size() && k < b.size() && a[k] == b[k]) ++k;
  if (k == a.size() && k == b.size()) return {};
  const std::string place = std::to_string(k + 1);
  std::string text = "@@ -" + place + " +" + place + " @@ (only the first difference)\n";
  if (k < a.size()) text += "-" + a[k] + "\n";
  if (k < b.size()) text += "+" + b[k] + "\n";
  return text;
}

// Prints edits[first, last) under the header that says where they stand in both texts.
std::string hunk(const std::vector<Edit>& edits, std::size_t first, std::size_t last) {
  const auto count = [&edits](std::size_t from, std::size_t to, char other) {
    return std::count_if(edits.begin() + static_cast<std::ptrdiff_t>(from),
                         edits.begin() + static_cast<std::ptrdiff_t>(to),
                         [other](const Edit& edit) { return edit.kind != other; });
  };
  std::string text = "@@ -" + std::to_string(count(0, first, '+') + 1) + "," +
                     std::to_string(count(first, last, '+')) + " +" +
                     std::to_string(count(0, first, '-') + 1) + "," +
                     std::to_string(count(first, last, '-')) + " @@\n";
  for (std::size_t k = first; k < last; ++k) text += edits[k].kind + *edits[k].line + "\n";
  return text;
}

}  // namespace

std::string unified_diff(const Lines& expected, const Lines& actual) {
  const std::size_t context = 3;
  if (expected.size() * actual.size() > kCellsMax) return first_difference(expected, actual);
  const auto edits = edit_script(expected, actual);
  std::string text;
  for (std::size_t k = 0; k < edits.size(); ++k) {
    if (edits[k].kind == ' ') continue;
    const std::size_t first = k < context ? 0 : k - context;
    std::size_t last = k;
    for (std::size_t quiet = 0; last < edits.size() && quiet <= 2 * context; ++last) {
      quiet = edits[last].kind == ' ' ? quiet + 1 : 0;
    }
    std::size_t changed = last;
    while (edits[changed - 1].kind == ' ') --changed;
    const std::size_t end = std::min(edits.size(), changed + context);
    text += hunk(edits, first, end);
    k = end - 1;
  }
  return text;
}

}  // namespace xize::support
