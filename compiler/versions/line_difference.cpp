// The lines that differ between two texts, and the part that differs between two sentences.
#include <algorithm>
#include <string_view>

#include "compiler/source/unicode.h"
#include "compiler/versions/report.h"

namespace xize::versions {
namespace {

// What stays on either side of a change within a sentence.
constexpr std::size_t kAround = 12;
// A part that both share is left out only where it is longer than this.
constexpr std::size_t kLeftOutMin = 8;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  if (text.empty()) return lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// The middle of a sentence, with some of what stands around it.
std::string middle(std::u32string_view text, std::size_t begin, std::size_t end) {
  const std::size_t tail = text.size() - end;
  std::string out;
  std::size_t from = begin > kAround + kLeftOutMin ? begin - kAround : 0;
  const std::size_t to = tail > kAround + kLeftOutMin ? end + kAround : text.size();
  if (from > 0) out += "……";
  out += source::to_utf8(text.substr(from, to - from));
  if (to < text.size()) out += "……";
  return out;
}

}  // namespace

std::vector<ReportLine> line_difference(const std::string& before, const std::string& after) {
  const auto were = lines_of(before), are = lines_of(after);
  // length[i][j]: of the longest common subsequence of the lines from i and from j.
  std::vector<std::vector<std::size_t>> length(were.size() + 1,
                                               std::vector<std::size_t>(are.size() + 1, 0));
  for (std::size_t i = were.size(); i-- > 0;) {
    for (std::size_t j = are.size(); j-- > 0;) {
      length[i][j] = were[i] == are[j] ? length[i + 1][j + 1] + 1
                                       : std::max(length[i + 1][j], length[i][j + 1]);
    }
  }
  std::vector<ReportLine> lines;
  for (std::size_t i = 0, j = 0; i < were.size() || j < are.size();) {
    if (i < were.size() && j < are.size() && were[i] == are[j]) {
      lines.push_back({LineKind::Plain, 0, were[i]});
      ++i, ++j;
    } else if (i < were.size() && (j == are.size() || length[i + 1][j] >= length[i][j + 1])) {
      lines.push_back({LineKind::Before, 0, were[i++]});
    } else {
      lines.push_back({LineKind::After, 0, are[j++]});
    }
  }
  return lines;
}

std::pair<std::string, std::string> shortened(const std::string& before, const std::string& after) {
  const std::u32string was = source::to_code_points(before), is = source::to_code_points(after);
  const std::size_t shorter = std::min(was.size(), is.size());
  std::size_t head = 0, tail = 0;
  while (head < shorter && was[head] == is[head]) ++head;
  while (tail < shorter - head && was[was.size() - 1 - tail] == is[is.size() - 1 - tail]) ++tail;
  return {middle(was, head, was.size() - tail), middle(is, head, is.size() - tail)};
}

}  // namespace xize::versions
