// format: the policies in both surfaces.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "compiler/format/same_tree.h"
#include "compiler/format/words.h"
#include "compiler/syntax/parse.h"
#include "tests/unit/format_reading.h"

namespace xize::format {
namespace {

// The keywords of a text that are Chinese; not its measure words, which name what is counted.
std::string chinese_keywords(const std::string& text) {
  std::string found;
  std::istringstream tokens(syntax::print_tokens(source::File("test.xize", text)));
  for (std::string line; std::getline(tokens, line);) {
    const std::string type = line.substr(0, line.find(' '));
    const bool is_keyword =
        std::ranges::any_of(kKeywordRows, [&](const WordRow& row) { return row.role == type; }) ||
        type == "FUNCTION" || type == "TYPE_WORD" || type == "PERIOD_WORD" || type == "ROUNDING" ||
        type == "CLAIM_WORD" || type == "FAULT_WORD";
    const bool is_chinese = std::ranges::any_of(line, [](char c) { return c < 0; });
    if (is_keyword && is_chinese) found += line + '\n';
  }
  return found;
}

TEST_CASE("the policies convert there and back") {
  for (const std::string name :
       {"baoshan-2023", "city-departments", "qingpu-2023", "qingpu-2024", "shanghai-2021"}) {
    std::ifstream in(std::filesystem::path("policies") / name / "policy.xize");
    std::stringstream text;
    text << in.rdbuf();
    REQUIRE(text.str() != "");
    const Read read(text.str());
    CHECK(read.errors == "");
    const std::string zh = to_text(read.module, read.file, {Surface::Chinese});
    const std::string en = english(zh);
    CHECK(chinese_keywords(en) == "");
    CHECK(same_tree(read.module, Read(zh).module));
    CHECK(same_tree(read.module, Read(en).module));
    CHECK(chinese(zh) == zh);
    CHECK(english(en) == en);
    CHECK(same_tree(read.module, Read(chinese(en)).module));
  }
}

}  // namespace
}  // namespace xize::format
