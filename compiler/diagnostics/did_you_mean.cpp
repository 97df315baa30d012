#include "compiler/diagnostics/did_you_mean.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "compiler/source/unicode.h"

namespace xize::diagnostics {
namespace {

// Costs in half steps, so that a likely slip counts half.
constexpr int kStep = 2;
constexpr int kSlip = 1;

// Characters that are mistaken for each other in rubrics: alike to the eye, or next to each other
// among what an input method offers for the same keys. Groups are separated by spaces.
constexpr std::u32string_view kAlike =
    U"为位未维 列例 的得地 分份 像象向 帐账 做作 须需 至止 已己巳以 末未 人入 级极 标表 项向相 值直 "
    U"核合和 评平 档挡当 及即 其期 他它她 采彩 检捡 权杈 线限 数术 率律 低底抵 达答 报抱 记计纪 定订 "
    U"度渡 准淮 决绝 办班 件间 时是 事市 项顷 总统 汇会 按案安 比毕 满慢 扣口 加家 减简 题提 考拷 "
    U"截捷 日曰 千干于 各名 申甲由 大太 天夫 折拆析 密蜜 制治 质置 效校 率帅 遍编 辩辨 完元 "
    U"超起 单但 理里 解界 指值 部布步 门们 街接 镇真 乡相 同通 行形 型性 条调 数据 个各 "
    U"服复 务物 佳加 优忧 良粮 差查 否不 且切 或获 若弱 除出 乘成 等登 余于";

bool is_han(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x323AF); }

bool alike(char32_t a, char32_t b) {
  if (!is_han(a) || !is_han(b)) return false;
  std::size_t begin = 0;
  while (begin < kAlike.size()) {
    const auto end = std::min(kAlike.find(U' ', begin), kAlike.size());
    const auto group = kAlike.substr(begin, end - begin);
    const bool both = group.find(a) != group.npos && group.find(b) != group.npos;
    if (both) return true;
    begin = end + 1;
  }
  return false;
}

// Case and full-width forms do not tell names apart for a reader.
char32_t folded(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c >= U'A' && c <= U'Z') c += 32;
  return c;
}

std::u32string folded_points(std::string_view text) {
  auto points = source::to_code_points(text);
  std::ranges::transform(points, points.begin(), folded);
  return points;
}

int replace_cost(char32_t a, char32_t b) {
  if (a == b) return 0;
  return alike(a, b) ? kSlip : kStep;
}

// Damerau-Levenshtein (optimal string alignment) in half steps.
int distance(std::u32string_view a, std::u32string_view b) {
  std::vector<int> before(b.size() + 1);
  std::vector<int> above(b.size() + 1);
  std::vector<int> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = static_cast<int>(j) * kStep;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i) * kStep;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + kStep, row[j - 1] + kStep,
                         above[j - 1] + replace_cost(a[i - 1], b[j - 1])});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + kStep);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

// How much may differ in a name of this length: one slip in two Chinese characters, one character
// in three to five; a third of the letters of a Latin name.
int budget(std::u32string_view name) {
  const auto length = static_cast<int>(name.size());
  const bool chinese = std::ranges::any_of(name, is_han);
  if (!chinese) return length / 3 * kStep;
  if (length <= 2) return kSlip;
  if (length <= 5) return kStep;
  return length / 3 * kStep;
}

// One name is the head or the tail of the other, and more than a scrap of it.
bool holds(std::u32string_view longer, std::u32string_view shorter) {
  const std::size_t least = std::ranges::any_of(shorter, is_han) ? 2 : 4;
  if (shorter.size() < least || shorter.size() * 2 < longer.size()) return false;
  return longer.starts_with(shorter) || longer.ends_with(shorter);
}

bool same_characters(std::u32string a, std::u32string b) {
  if (a.size() != b.size() || a.size() < 4) return false;
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b;
}

// The cost of taking `candidate` for `name`, or empty when they are not alike.
std::optional<int> likeness(const std::u32string& name, const std::u32string& candidate) {
  const auto [shorter, longer] = std::minmax(
      name, candidate, [](const auto& x, const auto& y) { return x.size() < y.size(); });
  const int allowed = budget(longer);
  if (static_cast<int>(longer.size() - shorter.size()) * kStep <= allowed) {
    if (const int cost = distance(name, candidate); cost <= allowed) return cost;
  }
  constexpr int kBehindEdits = 1000;
  if (same_characters(name, candidate)) return kBehindEdits;
  const auto extra = static_cast<int>(longer.size() - shorter.size());
  return holds(longer, shorter) ? std::optional(kBehindEdits + extra) : std::nullopt;
}

}  // namespace

std::vector<std::string> did_you_mean(std::string_view name,
                                      std::span<const std::string_view> candidates) {
  const auto wanted = folded_points(name);
  std::vector<std::pair<int, std::string_view>> found;
  for (const auto candidate : candidates) {
    if (candidate == name || candidate.empty()) continue;
    if (const auto cost = likeness(wanted, folded_points(candidate))) {
      found.emplace_back(*cost, candidate);
    }
  }
  std::ranges::stable_sort(found, {}, &std::pair<int, std::string_view>::first);
  std::vector<std::string> names;
  for (const auto& [cost, candidate] : found) {
    // Beside a near name, one that is two steps further is noise.
    const bool noise = cost > found.front().first + 2 * kStep;
    if (noise || names.size() == kSuggestionsMax) break;
    if (std::ranges::find(names, candidate) == names.end()) names.emplace_back(candidate);
  }
  return names;
}

std::vector<std::string> did_you_mean(std::string_view name,
                                      const std::vector<std::string>& candidates) {
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  return did_you_mean(name, std::span<const std::string_view>(views));
}

}  // namespace xize::diagnostics
