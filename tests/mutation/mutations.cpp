#include "tests/mutation/mutations.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "tests/support/text.h"

namespace xize::mutation {
namespace {

using Lines = std::vector<std::string>;

// Words that stand at the beginning of what does not score.
constexpr std::string_view kSilent[] = {"原文",   "理解为", "要点", "未明确", "准许",
                                        "数据项", "建议",   "#",    "算例",   "载明"};
// Words behind a number that make it points, and those that make it a bound or a count.
constexpr std::string_view kPoints[] = {"分"};
constexpr std::string_view kCounts[] = {"%", "个", "件", "次", "项", "天", "家", "种", "名"};
// Blocks whose lines are rows.
constexpr std::string_view kRowBlocks[] = {"分档", "等次", "排名", "取值", "就高", "就低"};
constexpr std::pair<std::string_view, std::string_view> kOperators[] = {
    {"不低于", "超过"},     {"不超过", "低于"},  {"达到", "超过"},       {"低于", "不超过"},
    {"大于等于", "超过"},   {"（含）", "（不含）"}, {"（不含）", "（含）"}, {"及以上", "以下"},
    {"不得分", "得满分"},   {"扣", "得"},        {" 且 ", " 或 "},       {" 或 ", " 且 "},
    {"最多扣", "最少扣"},   {"等于", "不等于"}};

bool begins_with_any(std::string_view text, const auto& words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.starts_with(word); });
}
bool has_any(std::string_view text, const auto& words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// The line with its quotations and its comment blanked out, byte for byte.
std::string code_of(const std::string& line) {
  constexpr std::string_view kOpen = "“", kClose = "”";
  std::string code = line;
  int depth = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const std::string_view rest = std::string_view(line).substr(i);
    if (rest.starts_with(kOpen)) ++depth;
    if (depth == 0 && rest.starts_with("#")) {
      std::fill(code.begin() + static_cast<std::ptrdiff_t>(i), code.end(), ' ');
      break;
    }
    const bool closes = rest.starts_with(kClose);
    if (depth > 0) code[i] = ' ';
    if (closes && depth > 0) {
      std::fill_n(code.begin() + static_cast<std::ptrdiff_t>(i), kClose.size(), ' ');
      i += kClose.size() - 1;
      --depth;
    }
  }
  return code;
}

// Which lines belong to a rubric and score, and which are rows of a table.
struct Layout {
  std::vector<bool> scores, rows;
};

Layout layout_of(const Lines& code) {
  Layout layout{std::vector<bool>(code.size()), std::vector<bool>(code.size())};
  std::vector<std::string> open;  // the lines that opened the blocks around
  for (std::size_t i = 0; i < code.size(); ++i) {
    const std::string_view text = support::trim(code[i]);
    const bool in_rubric = !open.empty() && open.front().starts_with("评分表");
    const bool silent = std::ranges::any_of(
        open, [](const std::string& head) { return begins_with_any(head, kSilent); });
    layout.scores[i] = (in_rubric || text.starts_with("定义")) && !silent &&
                       !begins_with_any(text, kSilent);
    layout.rows[i] = layout.scores[i] && has_any(open.empty() ? "" : open.back(), kRowBlocks) &&
                     text.find("未明确") == std::string_view::npos &&
                     text.find('{') == std::string_view::npos &&
                     text.find('}') == std::string_view::npos;
    for (const char c : text) {
      if (c == '{') open.emplace_back(text);
      if (c == '}' && !open.empty()) open.pop_back();
    }
  }
  return layout;
}

class Finder {
 public:
  explicit Finder(const Lines& lines) : lines_(lines) {
    for (const std::string& line : lines) code_.push_back(code_of(line));
    layout_ = layout_of(code_);
  }

  std::vector<Mutation> run() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!layout_.scores[i]) continue;
      numbers(i);
      operators(i);
      rows(i);
    }
    return std::move(found_);
  }

 private:
  void replace(Kind kind, std::size_t line, std::size_t at,
               std::pair<std::size_t, std::string> by) {
    std::string after = lines_[line];
    after.replace(at, by.first, by.second);
    found_.push_back({kind, line, {lines_[line]}, {std::move(after)}});
  }

  // Whole numbers with a word behind them that says what they are: one more.
  void numbers(std::size_t line) {
    const std::string& code = code_[line];
    for (std::size_t at = 0; at < code.size(); ++at) {
      if (code[at] < '0' || code[at] > '9') continue;
      const std::size_t end = std::min(code.find_first_not_of("0123456789.", at), code.size());
      const std::string number = code.substr(at, end - at);
      const std::string_view behind = support::trim(std::string_view(code).substr(end));
      const bool whole = number.find('.') == std::string::npos && number.size() < 4;
      if (whole && begins_with_any(behind, kPoints)) {
        replace(Kind::Point, line, at, {number.size(), std::to_string(std::stoi(number) + 1)});
      } else if (whole && begins_with_any(behind, kCounts)) {
        replace(Kind::Bound, line, at, {number.size(), std::to_string(std::stoi(number) + 1)});
      }
      at = end;
    }
  }

  void operators(std::size_t line) {
    for (const auto& [word, other] : kOperators) {
      const std::size_t at = code_[line].find(word);
      if (at == std::string::npos) continue;
      replace(Kind::Operator, line, at, {word.size(), std::string(other)});
    }
  }

  // Rows that exclude one another mean the same in any order, so their results change places.
  void rows(std::size_t line) {
    if (!layout_.rows[line] || support::trim(code_[line]).empty()) return;
    found_.push_back({Kind::DroppedRow, line, {lines_[line]}, {}});
    const std::size_t next = line + 1;
    if (next == lines_.size() || !layout_.rows[next]) return;
    const std::size_t at = result_at(line), next_at = result_at(next);
    if (at == std::string::npos || next_at == std::string::npos) return;
    const std::string& one = lines_[line];
    const std::string& other = lines_[next];
    found_.push_back({Kind::SwappedRows, line, {one, other},
                      {one.substr(0, at) + other.substr(next_at),
                       other.substr(0, next_at) + one.substr(at)}});
  }

  // Where the result of a row begins.
  [[nodiscard]] std::size_t result_at(std::size_t line) const {
    for (const std::string_view word : {"不得分", "得满分", "得 "}) {
      if (const auto at = code_[line].rfind(word); at != std::string::npos) return at;
    }
    return std::string::npos;
  }

  const Lines& lines_;
  Lines code_;
  Layout layout_;
  std::vector<Mutation> found_;
};

}  // namespace

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::Point: return "changed point";
    case Kind::Bound: return "changed bound";
    case Kind::Operator: return "changed operator";
    case Kind::DroppedRow: return "dropped row";
    case Kind::SwappedRows: return "swapped results";
  }
  return "";
}

std::vector<Mutation> mutations_of(const Lines& lines) { return Finder(lines).run(); }

std::string mutated(Lines lines, const Mutation& mutation) {
  const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(mutation.line);
  const auto end = begin + static_cast<std::ptrdiff_t>(mutation.before.size());
  const auto at = lines.erase(begin, end);
  lines.insert(at, mutation.after.begin(), mutation.after.end());
  return support::join_lines(lines);
}

}  // namespace xize::mutation
