// xize_oracle_decimal [DIR]: the General Decimal Arithmetic test cases through runtime/value.
// Each case that rationals can express is one exact operation and one rounding; its value, the
// digits it is written with and the `Inexact` condition must be the suite's. Ends with
// `N passed, N failed`; exit status 1 if a case fails or too few run, 2 if there is no suite.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "runtime/value/rational.h"
#include "tests/oracles/decimal_case.h"
#include "tests/oracles/decimal_operation.h"

namespace {

using namespace xize::oracles;
using xize::value::Rational;
using xize::value::Rounding;

constexpr int kLeastRun = 7'000;
constexpr int kMostShown = 20;
constexpr const char* kDefaultDir = "/usr/lib/python3.11/test/decimaltestdata";

// What became of one case: passed, else why it was skipped, else how it failed.
struct Verdict {
  std::string_view skipped;
  std::string failure;
};

struct Tally {
  int passed = 0;
  int failed = 0;
  std::map<std::string, int, std::less<>> skipped;
  std::map<std::string, int> run;  // by operation

  void count(const std::string& file, const DecimalCase& c, const Verdict& verdict) {
    if (!verdict.skipped.empty()) {
      ++skipped[std::string(verdict.skipped)];
      return;
    }
    ++run[c.operation];
    if (verdict.failure.empty()) {
      ++passed;
    } else if (++failed <= kMostShown) {
      fmt::print("FAIL {} {}: {} {} -> {}: {}\n", file, c.id, c.operation,
                 fmt::join(c.operands, " "), c.result, verdict.failure);
    }
  }
};

// The suite's text without the sign of a zero, where it is written without an exponent.
std::string plain_text(const DecimalCase& c, const Decimal& expected) {
  if (c.result.find_first_of("eE") != std::string::npos || expected.exponent > 0) return {};
  return expected.number.is_zero() && c.result.front() == '-' ? c.result.substr(1) : c.result;
}

std::string failure_of(const DecimalCase& c, const Answer& got, const Decimal& expected) {
  if (got.number != expected.number) {
    return fmt::format("the value is {}", got.number.to_string());
  }
  if (const std::string plain = plain_text(c, expected); !plain.empty()) {
    const std::string text = got.number.to_fixed(-expected.exponent, Rounding::HalfUp);
    if (text != plain) return fmt::format("the text is {}", text);
  }
  if (c.operation == "reduce" && expected.exponent <= 0 && !plain_text(c, expected).empty() &&
      got.number.to_string() != plain_text(c, expected)) {
    return fmt::format("the shortest text is {}", got.number.to_string());
  }
  if (got.inexact && *got.inexact != c.has_condition("inexact")) {
    return *got.inexact ? "rounding changed the value" : "rounding did not change the value";
  }
  return {};
}

std::string_view why_outside(const DecimalCase& c) {
  for (const char* limit : {"overflow", "underflow", "subnormal", "clamped"}) {
    if (c.has_condition(limit)) return "exponent limits: overflow, underflow, subnormal, clamped";
  }
  if (!c.context.extended) return "operands rounded before the operation (extended: 0)";
  if (!rounding_mode(c.context.rounding)) return "rounding mode 05up";
  return why_no_counterpart(c.operation);
}

Verdict judge(const DecimalCase& c) {
  if (c.has_condition("conversion_syntax")) {  // must be no number here either
    const bool refused = !Rational::from_decimal(c.operands.front()).has_value();
    return {{}, refused ? "" : "the text is read as a number"};
  }
  if (const auto why = why_outside(c); !why.empty()) return {why, {}};
  std::vector<Decimal> operands;
  for (const std::string& text : c.operands) {
    const DecimalReading reading = read_decimal(text);
    if (reading.decimal) {
      operands.push_back(*reading.decimal);
    } else if (reading.why == NotDecimal::Special) {
      return {"operand NaN, Infinity or encoded", {}};
    } else if (reading.why == NotDecimal::TooLarge) {
      return {"beyond the limit of digits", {}};
    } else {
      return {{}, fmt::format("operand {} is not read", text)};
    }
  }
  const DecimalReading expected = read_decimal(c.result);
  if (!expected.decimal) return {"result NaN, Infinity or encoded", {}};
  const Answer got = answer(c, operands, *rounding_mode(c.context.rounding));
  if (!got.skipped.empty()) return {got.skipped, {}};
  return {{}, failure_of(c, got, *expected.decimal)};
}

std::vector<std::filesystem::path> suite_files(const std::filesystem::path& dir) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(dir, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".decTest") files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool run_file(const std::filesystem::path& path, Tally& tally) {
  std::ifstream in(path);
  CaseReader reader;
  for (std::string line; std::getline(in, line);) {
    if (const auto c = reader.read_line(line)) tally.count(path.filename(), *c, judge(*c));
  }
  return in.eof();
}

void print_report(const Tally& tally) {
  int skipped = 0;
  for (const auto& [why, n] : tally.skipped) skipped += n;
  fmt::print("run {}\n", tally.passed + tally.failed);
  for (const auto& [operation, n] : tally.run) fmt::print("  {:6} {}\n", n, operation);
  fmt::print("skipped {}\n", skipped);
  for (const auto& [why, n] : tally.skipped) fmt::print("  {:6} {}\n", n, why);
  if (tally.failed > kMostShown) fmt::print("{} failures shown of {}\n", kMostShown, tally.failed);
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path dir = argc > 1 ? argv[1] : kDefaultDir;
  const auto files = suite_files(dir);
  if (files.empty()) {
    fmt::print(stderr, "error: no .decTest files in {}\n", dir.string());
    fmt::print(stderr, "help: apt-get install libpython3.11-testsuite\n");
    return 2;
  }
  Tally tally;
  for (const auto& file : files) {
    if (!run_file(file, tally)) {
      fmt::print(stderr, "error: cannot read {}\n", file.string());
      return 2;
    }
  }
  print_report(tally);
  const bool enough = tally.passed + tally.failed >= kLeastRun;
  if (!enough) fmt::print("error: fewer than {} cases ran\n", kLeastRun);
  fmt::print("{} passed, {} failed\n", tally.passed, tally.failed);
  return enough && tally.failed == 0 ? 0 : 1;
}
