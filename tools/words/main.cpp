// xize_words: prints the table of words for readers, from grammar/keywords.def.
// xize_words --check FILE: ends with 1 where FILE is not what it would print.
#include <array>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

namespace xize::words {
namespace {

// The columns of a table: keywords also say where they are keywords.
enum class Columns { None, Keyword, Meaning, Plain };

// A heading (no columns) or a word in both languages, synonyms between `|`.
struct Row {
  Columns columns;
  std::string_view english;
  std::string_view chinese;
  std::string_view places;
  std::string_view meaning;
};

constexpr Row kRows[] = {
#define XIZE_WORDS(english, chinese) {Columns::None, english, chinese, "", ""},
#define XIZE_KEYWORD(token, places, english, chinese, meaning) \
  {Columns::Keyword, english, chinese, places, meaning},
#define XIZE_FUNCTION(role, english, chinese, meaning) \
  {Columns::Meaning, english, chinese, "", meaning},
#define XIZE_TYPE(kind, english, chinese, meaning) \
  {Columns::Meaning, english, chinese, "", meaning},
#define XIZE_UNIT(unit, scale, english, chinese) {Columns::Plain, english, chinese, "", ""},
#define XIZE_PERIOD(kind, english, chinese) {Columns::Plain, english, chinese, "", ""},
#define XIZE_ROUNDING(mode, english, chinese) {Columns::Plain, english, chinese, "", ""},
#define XIZE_CLAIM(kind, level, english, chinese) {Columns::Plain, english, chinese, "", ""},
#define XIZE_FAULT(kind, english, chinese) {Columns::Plain, english, chinese, "", ""},
#include "grammar/keywords.def"
};

constexpr std::string_view kOpening = R"(# 词表 · Words

由 `grammar/keywords.def` 生成，测试核对它与程序一致。几种写法并列的，第一种是 `xize fmt` 印出的；
`—` 表示这一种语言里没有单独的词，由句式表达。

Made from `grammar/keywords.def`; a test holds it current. Of several spellings `xize fmt` prints
the first; `—`: the surface has no word of its own, the phrase says it.

“在哪里”说明一个词在什么位置才是关键词，在别处可以作名称：

| | 位置 | place |
| --- | --- | --- |
| 各处 | 任何位置 | everywhere |
| 句首 | 一句的开头 | the head of an entry |
| 标题 | 评分表、指标的标题行 | the head line of a rubric, section, item or block |
| 句中 | 式子之后，或下一个式子之前 | after an operand, or before one |
| 得后 | `得`、`=>`、`的，` 之后，或句首的词之后 | after `=>`, 得, `的，` or a head |
| 得分 | `得分 =` | before `=` |
)";

// The names of keywords.def's places.
struct Place {
  char letter;
  std::string_view name;
};
constexpr std::array<Place, 7> kPlaces{{{'A', "各处"},
                                        {'H', "句首"},
                                        {'O', "句首"},
                                        {'L', "标题"},
                                        {'W', "句中"},
                                        {'R', "得后"},
                                        {'S', "得分"}}};

std::string places_text(std::string_view letters) {
  std::string text;
  for (const auto& place : kPlaces) {
    if (letters.find(place.letter) == std::string_view::npos) continue;
    if (!text.empty()) text += "、";
    text += place.name;
  }
  return text;
}

std::string spellings(std::string_view words) {
  if (words == "-") return "—";
  std::string text = "`";
  for (const char c : words) {
    if (c == '|') text += "` `";
    else text += c;
  }
  return text + "`";
}

std::string head_of(Columns columns) {
  if (columns == Columns::Keyword) {
    return "| 中文 | English | 在哪里 | meaning |\n| --- | --- | --- | --- |\n";
  }
  if (columns == Columns::Meaning) return "| 中文 | English | meaning |\n| --- | --- | --- |\n";
  return "| 中文 | English |\n| --- | --- |\n";
}

std::string line_of(const Row& row) {
  std::string text = "| " + spellings(row.chinese) + " | " + spellings(row.english) + " |";
  if (row.columns == Columns::Keyword) text += " " + places_text(row.places) + " |";
  if (row.columns != Columns::Plain) text += " " + std::string(row.meaning) + " |";
  return text + "\n";
}

std::string table() {
  std::string text(kOpening);
  bool fresh = false;
  for (const auto& row : kRows) {
    if (row.columns == Columns::None) {
      text += "\n## " + std::string(row.chinese) + " · " + std::string(row.english) + "\n\n";
      fresh = true;
      continue;
    }
    if (fresh) text += head_of(row.columns);
    fresh = false;
    text += line_of(row);
  }
  return text;
}

int check(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string committed(std::istreambuf_iterator<char>(in), {});
  const bool current = committed == table();
  if (!current) std::cerr << path << " is out of date: `xize_words > " << path << "` writes it\n";
  std::cout << (current ? 1 : 0) << " passed, " << (current ? 0 : 1) << " failed\n";
  return current ? 0 : 1;
}

}  // namespace
}  // namespace xize::words

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--check") return xize::words::check(argv[2]);
  if (argc > 1) {
    std::cerr << "usage: xize_words [--check FILE]\n";
    return 2;
  }
  std::cout << xize::words::table();
  return 0;
}
