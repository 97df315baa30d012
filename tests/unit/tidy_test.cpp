#include <doctest/doctest.h>

#include "tests/golden/golden_file.h"
#include "tests/support/process.h"
#include "tests/support/text.h"
#include "tests/tidy/functions.h"
#include "tests/tidy/rules.h"

namespace {

using namespace xize;  // NOLINT: a test file

// A tree of files that are not on disk.
tidy::SourceTree tree_of(std::vector<std::pair<std::string, std::string>> files) {
  tidy::SourceTree tree;
  for (auto& [path, text] : files) {
    auto code = tidy::is_cpp(path) ? tidy::blank_comments_and_literals(text) : std::string();
    tree.files.push_back({path, text, code});
  }
  return tree;
}

// `rule path:line` for each finding, in order.
std::vector<std::string> places(const std::vector<tidy::Verdict>& verdicts) {
  std::vector<std::string> all;
  for (const auto& verdict : verdicts) {
    for (const auto& finding : verdict.findings) {
      all.push_back(verdict.rule + " " + finding.path + ":" + std::to_string(finding.line));
    }
  }
  return all;
}

using Places = std::vector<std::string>;

const char* const kTable =
    "| room | may include | libraries |\n| --- | --- | --- |\n"
    "| `runtime/base` | — | — |\n| `runtime/value` | `runtime/base` | `fmt` |\n"
    "| `compiler/sema` | `runtime/*` | `antlr` |\n";

}  // namespace

TEST_CASE("tidy: comments, strings and characters are blank, numbers are whole") {
  const std::string text = "int a = 1'000; // {\nauto s = \"}{\"; char c = '{'; /* { */ R\"(\"})\"";
  const auto code = tidy::blank_comments_and_literals(text);
  CHECK(code.size() == text.size());
  CHECK(code.find('{') == std::string::npos);
  CHECK(code.find('}') == std::string::npos);
  CHECK(code.find("1'000") != std::string::npos);
}

TEST_CASE("tidy: functions are found with their lines and parameters") {
  const auto found = tidy::find_definitions(R"(
namespace xize::value {
template <class T, int N>
struct Point : Base<T> {
  Point(int x, std::map<int, int> y)
      : x_{x},
        y_(y) {
    run();
  }
  int x() const { return x_; }
  std::vector<int> z = {1, 2};
};
static const int kTable[] = {
  1, 2,
};
enum class Kind : int { A, B };
auto make(int a, int b = f(1, 2), int c) -> int {
  auto g = [](int d, int e, int f, int h, int i) { return d; };
  if (a) { return g(1, 2, 3, 4, 5); }
  return 0;
}
}  // namespace xize::value
)");
  REQUIRE(found.functions.size() == 3);
  CHECK(found.functions[0].name == "Point");
  CHECK(found.functions[0].first_line == 5);
  CHECK(found.functions[0].last_line == 9);
  CHECK(found.functions[0].parameters == 2);
  CHECK(found.functions[1].name == "x");
  CHECK(found.functions[1].parameters == 0);
  CHECK(found.functions[2].name == "make");
  CHECK(found.functions[2].last_line - found.functions[2].first_line == 4);
  CHECK(found.functions[2].parameters == 3);
  REQUIRE(found.types.size() == 2);
  CHECK(found.types[0].name == "Point");
  CHECK(found.types[1].name == "Kind");
  CHECK(found.namespaces == std::vector<std::string>{"xize::value"});
}

TEST_CASE("tidy: an include outside the table is found, whatever its kind") {
  const auto verdicts = tidy::check_layering(tree_of({
      {"compiler/README.md", kTable},
      {"compiler/sema/a.h", "#include \"runtime/value/b.h\"\n#include <antlr4-runtime.h>\n"},
      {"runtime/base/c.h", "#include <vector>\n#include \"runtime/value/b.h\"\n"},
      {"runtime/base/d.h", "#include \"c.h\"\n#include <unistd.h>\n"},
      {"runtime/other/e.h", "\n"},
      {"runtime/value/b.h", "#include <fmt/core.h>\n#include <gmpxx.h>\n"},
  }));
  CHECK(places(verdicts) == Places{"includes compiler/sema/a.h:2", "includes runtime/base/c.h:2",
                                   "includes runtime/base/d.h:1", "includes runtime/base/d.h:2",
                                   "includes runtime/other/e.h:0", "includes runtime/value/b.h:2"});
}

TEST_CASE("tidy: a link line outside the table and an include cycle are found") {
  const auto verdicts = tidy::check_layering(tree_of({
      {"compiler/README.md", kTable},
      {"runtime/base/CMakeLists.txt", "xize_room(\n  DEPS runtime/value LIBS fmt::fmt)\n"},
      {"runtime/value/CMakeLists.txt", "xize_room(DEPS runtime/base LIBS fmt::fmt)\n"},
      {"runtime/value/f.h", "#include \"runtime/value/g.h\"\n"},
      {"runtime/value/g.h", "#include \"runtime/value/f.h\"\n"},
  }));
  CHECK(places(verdicts) ==
        Places{"link lines runtime/base/CMakeLists.txt:2", "cycles runtime/value/g.h:1"});
}

TEST_CASE("tidy: sizes are measured in lines, parameters and code points") {
  const std::string wide(34, 'x');
  const std::string chinese = support::replace_all(wide, "x", "考核字");  // 102 code points
  const std::string fits = support::replace_all(wide.substr(1), "x", "考核字");
  const auto verdicts = tidy::check_sizes(tree_of({
      {"runtime/value/a.cpp", "void f() {" + std::string(69, '\n') + "}\n"},
      {"runtime/value/b.cpp", "void f() {" + std::string(70, '\n') + "}\n"},
      {"runtime/value/c.cpp",
       "void f(int a, int b, int c, int d, int e) {}\n"
       "struct A { void f(int a, int b, int c, int d, int e) override {} };\n"},
      {"runtime/value/d.cpp", std::string(601, '\n')},
      {"runtime/value/e.cpp", "//\n//" + chinese + "\n//" + fits.substr(6) + "\n"},
  }));
  CHECK(places(verdicts) ==
        Places{"function length runtime/value/b.cpp:1", "parameters runtime/value/c.cpp:1",
               "file length runtime/value/d.cpp:0", "columns runtime/value/e.cpp:2"});
}

TEST_CASE("tidy: names that say nothing or are spelled otherwise are found") {
  auto tree = tree_of({
      {"runtime/value/BadName.cpp", "namespace xize::value {}\n"},
      {"runtime/value/date_utils.cpp", "namespace xize::value {}\n"},
      {"runtime/value/a.cpp", "namespace xize::value { struct CacheManager { int a; }; }\n"},
      {"runtime/value/b.cpp", "namespace xize::other { struct snake_type { int a; }; }\n"},
      {"runtime/value/c.cpp", "namespace xize::value { struct CommonPrefix { int a; }; }\n"},
  });
  tree.top_level = {".ci", "README.md", "notes.txt", "runtime"};
  CHECK(places(tidy::check_names(tree)) ==
        Places{"file names runtime/value/BadName.cpp:0",
               "vague names runtime/value/date_utils.cpp:0", "vague names runtime/value/a.cpp:1",
               "vague names runtime/value/c.cpp:1", "namespaces runtime/value/b.cpp:0",
               "type names runtime/value/b.cpp:1", "top level notes.txt:0"});
}

TEST_CASE("tidy: names that two files of a room keep for themselves are found") {
  const auto verdicts = tidy::check_room_names(tree_of({
      {"runtime/a/CMakeLists.txt", "xize_room()\n"},
      {"runtime/a/b.cpp",
       "namespace xize::a {\nnamespace {\nint f(int x) { return x; }\nclass C {\n  int g() { "
       "return 1; }\n};\nconstexpr int kA[] = {1, 2}, kStop{3};\nstatic_assert(kA[0] == 1);\n"
       "int kept() { return 1; }\n}\nint h() { return 1; }\n}\n"},
      {"runtime/a/inner/c.cpp",
       "namespace xize::a {\nnamespace {\ntemplate <class T>\nT f(T x) { return x; }\n"
       "struct C {};\nint g() { return 1; }\nconst char* const kA = \"kB\";\n"
       "bool operator<(C, C) { return false; }\n}\nint C2::kept() { return 1; }\n"
       "int h() { return 2; }\n}\n"},
      {"runtime/b/CMakeLists.txt", "xize_room()\n"},
      {"runtime/b/d.cpp", "namespace {\nint f(int x) { return x; }\nstruct C {};\n}\n"},
      {"tests/unit/CMakeLists.txt", "\n"},
      {"tests/unit/a.cpp", "namespace {\nint f() { return 1; }\n}\n"},
      {"tests/unit/b.cpp", "namespace {\nint f() { return 1; }\n}\n"},
  }));
  const std::string rule = "names in rooms runtime/a/inner/c.cpp:";
  CHECK(places(verdicts) == Places{rule + "3", rule + "5", rule + "7"});
}

TEST_CASE("tidy: headers without comments, and promises, are found") {
  const std::string promise = std::string("// TO") + "DO\n";
  const auto verdicts = tidy::check_comments(tree_of({
      {"runtime/value/a.h", "// A.\n#pragma once\nstruct B {\n};\n// Said.\nstruct C {\n};\n"},
      {"runtime/value/b.h", "#pragma once\n"},
      {"runtime/value/c.cpp", promise},
  }));
  CHECK(places(verdicts) ==
        Places{"header comments runtime/value/a.h:3", "header openings runtime/value/b.h:1",
               "header openings runtime/value/b.h:0", "promises runtime/value/c.cpp:1"});
}

TEST_CASE("golden: a file falls into runs, source, files and expectation") {
  const std::string text =
      "# RUN: score %s --data %t\nsource\n# ---- 文件 / file: a.csv\n# x,y\n#\n"
      "# ---- 输出 / output ----\n# out\n#\n# exit: 0\n";
  const auto golden = golden::parse(text);
  CHECK(golden.runs == std::vector<std::string>{"score %s --data %t"});
  CHECK(golden.source == "# RUN: score %s --data %t\nsource\n");
  REQUIRE(golden.files.size() == 1);
  CHECK(golden.files[0].first == "a.csv");
  CHECK(golden.files[0].second == "x,y\n\n");
  CHECK(golden.expectation == std::vector<std::string>{"out", "", "exit: 0"});
  CHECK(golden::with_expectation(golden, golden.expectation) == text);
}

TEST_CASE("support: words, differences and processes") {
  CHECK(support::split_words("a 'b c'  \"d'\"e ''") ==
        std::vector<std::string>{"a", "b c", "d'e", ""});
  CHECK(support::unified_diff({"a"}, {"a"}).empty());
  CHECK(support::unified_diff({"a", "b", "c"}, {"a", "x", "c"}) ==
        "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n");
  const auto ended = support::run({{"sh", "-c", "echo out; echo err >&2; exit 3"}, {}, {}});
  CHECK(ended.status == 3);
  CHECK(ended.out == "out\n");
  CHECK(ended.err == "err\n");
  CHECK(support::run({{"xize-no-such-program"}, {}, {}}).status == 127);
  support::Command endless{{"sleep", "60"}, {}, {}};
  endless.limit = std::chrono::seconds(1);
  CHECK(support::run(endless).timed_out);
}
