// xize_limits XIZE: every declared limit is met with an error of its own, what just fits is not.
// In: the program. Out: one case for each limit; the closing line counts them.
#include <filesystem>
#include <functional>
#include <iostream>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "compiler/diagnostics/sink.h"
#include "compiler/sema/sema.h"
#include "compiler/source/file.h"
#include "compiler/syntax/classify.h"
#include "runtime/io/cell_reader.h"
#include "runtime/io/csv_scanner.h"
#include "runtime/value/rational.h"
#include "tests/support/process.h"
#include "tests/support/text.h"

namespace xize::limits {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

// Limits of private headers: operators of one expression, rows that a test gives.
constexpr std::size_t kOperatorsMax = 2'000;
constexpr std::size_t kTestRowsMax = 100'000;

const Words kCheck = {"check", "policy.xize"};
const Words kScore = {"score", "policy.xize", "--data", "data"};
const Words kTest = {"test", "policy.xize"};

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string number(std::size_t n) { return std::to_string(n); }

// A policy with one item; `more` stands before its rubric.
std::string policy(const std::string& clause, const std::string& more = {}) {
  return "policy p { period yearly }\n"
         "table u { name : unit; n : number; yes : bool }\n" +
         more + "rubric r for all u total 10 {\n  item i points 10 uncapped { " + clause +
         " }\n}\n";
}

void write_policy(const fs::path& folder, const std::string& text) {
  support::write_file(folder / "policy.xize", text);
}
void write_data(const fs::path& folder, const std::string& text) {
  fs::create_directory(folder / "data");
  support::write_file(folder / "data" / "u.csv", text);
}

// ---- what holds n of the thing that is limited --------------------------------------------------

void of_bytes(const fs::path& folder, std::size_t n) {
  std::string text = policy("base full") + "#";
  text += repeated("x", n - text.size() - 1) + "\n";
  write_policy(folder, text);
}

void of_tokens(const fs::path& folder, std::size_t n) {
  write_policy(folder, policy("base full") + "define d = 1" + repeated(" 1", n) + "\n");
}

void of_brackets(const fs::path& folder, std::size_t n) {
  const std::size_t inside = n - 2;  // those of the rubric and the item
  write_policy(folder, policy("award " + repeated("(", inside) + "10 分" + repeated(")", inside)));
}

void of_conditions(const fs::path& folder, std::size_t n) {
  write_policy(folder,
               policy("award " + repeated("if yes then ", n) + "10 分" + repeated(" else 0 分", n)));
}

void of_operators(const fs::path& folder, std::size_t n) {
  write_policy(folder, policy("award 1 分" + repeated(" + 1 分", n)));
}

void of_literal_digits(const fs::path& folder, std::size_t n) {
  write_policy(folder, policy("award " + repeated("9", n) + " 分"));
}

void of_computed_digits(const fs::path& folder, std::size_t n) {
  write_policy(folder, policy("award power(10, n) / power(10, n) * 1 分"));
  write_data(folder, "name,n,yes\nA," + number(n - 1) + ",1\n");
}

void of_expansions(const fs::path& folder, std::size_t doublings) {
  std::string functions = "define f0(a) = a + 1\n";
  for (std::size_t i = 1; i <= doublings; ++i) {
    const std::string below = "f" + number(i - 1) + "(a)";
    functions += "define f" + number(i) + "(a) = " + below + " + " + below + "\n";
  }
  write_policy(folder, policy("award f" + number(doublings) + "(n) * 1 分", functions));
}

void of_definitions(const fs::path& folder, std::size_t n) {
  std::string chain = "define d1 = n\n";
  for (std::size_t i = 2; i <= n; ++i) {
    chain += "define d" + number(i) + " = d" + number(i - 1) + " + 1\n";
  }
  write_policy(folder, policy("award d" + number(n) + " * 1 分", chain));
}

void of_errors(const fs::path& folder, std::size_t n) {
  std::string wrong;
  for (std::size_t i = 0; i < n; ++i) {
    wrong += "define d" + number(i) + " = no" + number(i) + "\n";
  }
  write_policy(folder, policy("base full", wrong));
}

void of_warnings(const fs::path& folder, std::size_t n) {
  std::string items;
  for (std::size_t i = 0; i < n; ++i) {
    items += "  item j" + number(i) + " points 0 { tier n { 5 以上 => 0; otherwise 0 } }\n";
  }
  write_policy(folder, "policy p { period yearly }\n"
                       "table u { name : unit; n : number }\n"
                       "rubric r for all u total 10 {\n  item i points 10 { base full }\n" +
                           items + "}\n");
}

void of_cell_bytes(const fs::path& folder, std::size_t n) {
  write_policy(folder, "policy p { period yearly }\n"
                       "table u { name : unit; t : text }\n"
                       "rubric r for all u total 10 { item i points 10 { base full } }\n");
  write_data(folder, "name,t\nA," + repeated("x", n) + "\n");
}

void of_row_bytes(const fs::path& folder, std::size_t n) {
  constexpr std::size_t kCells = 16;
  std::string columns, head = "name", row = "A";
  for (std::size_t i = 0; i < kCells; ++i) {
    columns += "; t" + number(i) + " : text";
    head += ",t" + number(i);
    row += "," + repeated("x", n / kCells - 2);
  }
  row += repeated("x", n - row.size());
  write_policy(folder, "policy p { period yearly }\ntable u { name : unit" + columns +
                           " }\nrubric r for all u total 10 { item i points 10 { base full } }\n");
  write_data(folder, head + "\n" + row + "\n");
}

void of_cells(const fs::path& folder, std::size_t n) {
  write_policy(folder, policy("base full"));
  const std::string blank = repeated(",", n - 3);
  write_data(folder, "name,n,yes" + blank + "\nA,1,1" + blank + "\n");
}

void of_cell_digits(const fs::path& folder, std::size_t n) {
  write_policy(folder, policy("base full; deduct 1 分 when n > 0"));
  write_data(folder, "name,n,yes\nA," + repeated("7", n) + ",1\n");
}

void of_test_rows(const fs::path& folder, std::size_t n) {
  write_policy(folder, "policy p { period yearly }\n"
                       "table u { name : unit }\n"
                       "records c { unit : unit; late : bool }\n"
                       "rubric r for all u total 10 { item i points 10 { deduct 1 per c } }\n"
                       "test \"t\" { given " +
                           number(n) + " c; expect i = 0 }\n");
}

// ---- the cases ----------------------------------------------------------------------------------

struct Case {
  std::string name;
  std::size_t fits = 0, beyond = 0;
  std::function<void(const fs::path&, std::size_t)> make;
  Words command;
  std::set<std::string> codes;  // of `beyond`, and no others
};

std::vector<Case> cases() {
  const auto above = [](std::size_t limit) { return limit + 1; };
  const std::size_t bytes = source::kFileBytesMax, brackets = syntax::kNestingMax,
                    digits = value::kMaxDigits, definitions = sema::kDefinitionDepthMax,
                    errors = diagnostics::kErrorsMax;
  return {
      {"bytes of a policy", bytes, above(bytes), of_bytes, kCheck, {"XZ1006"}},
      {"words of a policy", 1000, syntax::kTokensMax, of_tokens, kCheck, {"XZ1112"}},
      {"brackets", brackets, above(brackets), of_brackets, kCheck, {"XZ1107"}},
      {"conditions", brackets, above(brackets), of_conditions, kCheck, {"XZ1107"}},
      {"operators", kOperatorsMax, above(kOperatorsMax), of_operators, kCheck, {"XZ1153"}},
      {"digits of a number", digits, above(digits), of_literal_digits, kCheck, {"XZ1156"}},
      {"digits of a result", digits, digits + 100, of_computed_digits, kScore, {"XZ5012"}},
      {"expansions", 10, 20, of_expansions, kCheck, {"XZ2024"}},
      {"definitions", definitions, definitions + 2, of_definitions, kCheck, {"XZ2025"}},
      {"errors", errors, above(errors), of_errors, kCheck, {"XZ2001", "XZ1001"}},
      {"warnings", errors, above(errors), of_warnings, kCheck, {"XZ2118", "XZ1002"}},
      {"bytes of a cell", io::kCellBytesMax, above(io::kCellBytesMax), of_cell_bytes, kScore,
       {"XZ4033"}},
      {"bytes of a row", io::kRowBytesMax, io::kRowBytesMax + 100, of_row_bytes, kScore,
       {"XZ4033"}},
      {"cells of a row", io::kRowCellsMax, above(io::kRowCellsMax), of_cells, kScore, {"XZ4034"}},
      {"digits of a cell", io::kCellDigitsMax, above(io::kCellDigitsMax), of_cell_digits, kScore,
       {"XZ4046"}},
      {"rows of a test", 1000, above(kTestRowsMax), of_test_rows, kTest, {"XZ4048"}},
  };
}

// The codes of what the program says about `n` of the thing.
std::set<std::string> codes_of(const fs::path& xize, const Case& one, std::size_t n,
                               std::string& said) {
  const support::TemporaryFolder folder;
  one.make(folder.path(), n);
  support::Command command;
  command.words = {xize.string(), "--lang", "en"};
  command.words.insert(command.words.end(), one.command.begin(), one.command.end());
  command.folder = folder.path();
  command.merged = true;
  const auto ended = support::run(command);
  said = ended.out.substr(0, 2000);
  static const std::regex kCode("\\[?(XZ[0-9]{4})\\]?|at most [0-9]+ rows");
  std::set<std::string> codes;
  for (std::sregex_iterator it(ended.out.begin(), ended.out.end(), kCode), end; it != end; ++it) {
    codes.insert((*it)[1].matched ? std::string((*it)[1]) : "XZ4048");
  }
  if (ended.by_signal || ended.timed_out) codes.insert("crash");
  return codes;
}

// What is wrong with one case; empty if nothing.
std::string judge(const fs::path& xize, const Case& one) {
  std::string said;
  const auto fitting = codes_of(xize, one, one.fits, said);
  for (const std::string& code : one.codes) {
    const bool made_of = code == "XZ2001" || code == "XZ2118";  // what there is too much of
    if (!made_of && fitting.contains(code)) return "what fits is refused\n" + said;
  }
  if (fitting.contains("crash")) return "what fits does not end\n" + said;
  if (codes_of(xize, one, one.beyond, said) != one.codes) {
    return "what is too much is not met with its own error\n" + said;
  }
  return {};
}

int run(const fs::path& xize) {
  std::size_t passed = 0, failed = 0;
  for (const Case& one : cases()) {
    const std::string wrong = judge(xize, one);
    ++(wrong.empty() ? passed : failed);
    if (!wrong.empty()) std::cout << "FAILED " << one.name << ": " << wrong << "\n";
  }
  return support::close_run(passed, failed);
}

}  // namespace
}  // namespace xize::limits

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: xize_limits XIZE\n";
    return 2;
  }
  return xize::limits::run(std::filesystem::absolute(argv[1]));
}
