// xize_constructs CASES: does a conformance case use every word of grammar/keywords.def, in each of
// its spellings, and every operation of runtime/program/ops.def?
// Prints what no case uses; ends with 1 where there is something.
#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <set>
#include <string>
#include <string_view>

#include "compiler/diagnostics/sink.h"
#include "compiler/driver/compilation.h"
#include "compiler/driver/stages.h"
#include "tests/support/text.h"

namespace xize::conformance {
namespace {

namespace fs = std::filesystem;

// A row of keywords.def: the token its words become, and the words, synonyms between `|`.
struct Word {
  std::string_view token;
  std::string_view english;
  std::string_view chinese;
};

constexpr Word kWords[] = {
#define XIZE_KEYWORD(token, places, english, chinese, meaning) {#token, english, chinese},
#define XIZE_FUNCTION(role, english, chinese, meaning) {"FUNCTION", english, chinese},
#define XIZE_TYPE(kind, english, chinese, meaning) {"TYPE_WORD", english, chinese},
#define XIZE_UNIT(unit, scale, english, chinese) {"UNIT", english, chinese},
#define XIZE_PERIOD(kind, english, chinese) {"PERIOD_WORD", english, chinese},
#define XIZE_ROUNDING(mode, english, chinese) {"ROUNDING", english, chinese},
#define XIZE_CLAIM(kind, level, english, chinese) {"CLAIM_WORD", english, chinese},
#define XIZE_FAULT(kind, english, chinese) {"FAULT_WORD", english, chinese},
#include "grammar/keywords.def"
};

constexpr std::string_view kOperations[] = {
#define XIZE_OP(name, shape, result, operands, meaning) #name,
#include "runtime/program/ops.def"
};

// What a case cannot use, and why.
struct Exception {
  std::string_view what;
  std::string_view why;
};
constexpr std::array<Exception, 8> kExceptions{{
    {"import", "names another file, and a case is one file"},
    {"引用", "names another file, and a case is one file"},
    {"bad cell", "a test gives typed data; units/fail_bad_cell.xize shows it"},
    {"数据有误", "a test gives typed data; units/fail_bad_cell.xize shows it"},
    {"tie at the cut", "a test has one unit; units/fail_select_tie.xize shows it"},
    {"并列未定", "a test has one unit; units/fail_select_tie.xize shows it"},
    {"fraction of a place", "a test has one unit; units/fail_select_fraction.xize shows it"},
    {"名额不是整数", "a test has one unit; units/fail_select_fraction.xize shows it"},
}};

bool is_excepted(std::string_view what) {
  return std::any_of(kExceptions.begin(), kExceptions.end(),
                     [what](const auto& exception) { return exception.what == what; });
}

// The tokens (`TYPE text`) and the operations that the cases use.
struct Used {
  std::set<std::string> tokens;
  std::set<std::string> operations;
};

void read_case(const fs::path& path, Used& used) {
  diagnostics::Sink sink;
  const auto compilation = driver::compile(path.string(), sink);
  if (!compilation) return;
  for (auto& line : support::split_lines(driver::print_stage(*compilation, "tokens"))) {
    used.tokens.insert(std::move(line));
  }
  for (const auto& line : support::split_lines(driver::print_stage(*compilation, "program"))) {
    const auto at = line.find(" = ");
    if (at == std::string::npos || line.find('%') > at) continue;
    const auto end = line.find_first_of(" [<", at + 3);
    used.operations.insert(line.substr(at + 3, end - at - 3));
  }
}

Used read_cases(const fs::path& folder) {
  Used used;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".xize") read_case(entry.path(), used);
  }
  return used;
}

// Counts what is used, and prints what is not.
class Tally {
 public:
  void count(const std::string& what, bool used) {
    if (used) {
      ++used_;
      return;
    }
    std::cout << "no case uses " << what << "\n";
    ++unused_;
  }
  void words(const Word& word, std::string_view spellings, const Used& used) {
    while (!spellings.empty()) {
      const auto spelling = spellings.substr(0, spellings.find('|'));
      spellings.remove_prefix(std::min(spellings.size(), spelling.size() + 1));
      if (spelling == "-" || is_excepted(spelling)) continue;
      const auto token = std::string(word.token) + " " + std::string(spelling);
      count("`" + std::string(spelling) + "` (" + std::string(word.token) + ")",
            used.tokens.contains(token));
    }
  }
  [[nodiscard]] int close() const { return support::close_run(used_, unused_); }

 private:
  std::size_t used_ = 0;
  std::size_t unused_ = 0;
};

int run(const fs::path& folder) {
  const Used used = read_cases(folder);
  Tally tally;
  for (const auto& word : kWords) {
    tally.words(word, word.english, used);
    tally.words(word, word.chinese, used);
  }
  for (const auto operation : kOperations) {
    const std::string name(operation);
    if (is_excepted(name)) continue;
    tally.count("operation `" + name + "`", used.operations.contains(name));
  }
  return tally.close();
}

}  // namespace
}  // namespace xize::conformance

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: xize_constructs CASES\n";
    return 2;
  }
  return xize::conformance::run(argv[1]);
}
