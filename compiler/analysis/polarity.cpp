// Words that turn a sentence into its opposite.
#include <array>

#include "compiler/analysis/wording.h"
#include "compiler/source/unicode.h"

namespace xize::analysis {

namespace {

// A word and which way it turns: words of one way mean the same.
struct Turn {
  std::u32string_view word;
  int way;
};

constexpr int kNot = 0, kAtLeast = 1, kAtMost = 2, kAbove = 3, kBelow = 4, kMore = 5, kLess = 6;

// Longer words stand before those that they begin with.
constexpr std::array<Turn, 38> kTurns = {{
    {U"大于等于", kAtLeast}, {U"小于等于", kAtMost}, {U"不低于", kAtLeast}, {U"不少于", kAtLeast},
    {U"不小于", kAtLeast},   {U"不高于", kAtMost},   {U"不超过", kAtMost},  {U"不大于", kAtMost},
    {U"不多于", kAtMost},    {U"及以上", kAtLeast},  {U"及以下", kAtMost},  {U"未达到", kBelow},
    {U"以上", kAtLeast},     {U"以下", kAtMost},     {U"以内", kAtMost},    {U"达到", kAtLeast},
    {U"高于", kAbove},       {U"超过", kAbove},      {U"大于", kAbove},     {U"多于", kAbove},
    {U"低于", kBelow},       {U"少于", kBelow},      {U"小于", kBelow},     {U"不足", kBelow},
    {U"不满", kBelow},       {U"没有", kNot},        {U"上升", kMore},      {U"增加", kMore},
    {U"提高", kMore},        {U"增长", kMore},       {U"下降", kLess},      {U"减少", kLess},
    {U"降低", kLess},        {U"缩减", kLess},       {U"不", kNot},         {U"非", kNot},
    {U"未", kNot},           {U"无", kNot},
}};

}  // namespace

Polarity polarity_of(std::string_view sentence) {
  const std::u32string points = source::to_code_points(sentence);
  std::u32string_view left(points);
  Polarity result;
  while (!left.empty()) {
    std::size_t length = 0;
    for (const Turn& turn : kTurns) {
      if (!left.starts_with(turn.word)) continue;
      result.turns.emplace_back(result.rest.size(), turn.way);
      length = turn.word.size();
      break;
    }
    if (length == 0) result.rest.push_back(left.front());
    left.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

}  // namespace xize::analysis
