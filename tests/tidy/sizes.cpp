#include <algorithm>
#include <map>

#include "tests/support/text.h"
#include "tests/tidy/functions.h"
#include "tests/tidy/rules.h"

namespace xize::tidy {
namespace {

constexpr std::size_t kFunctionLinesMax = 70;
constexpr std::size_t kFileLinesMax = 600;
constexpr std::size_t kParametersMax = 4;
constexpr std::size_t kColumnsMax = 100;
constexpr std::string_view kNamedLong = "tests/tidy/long_functions.txt";
constexpr std::string_view kNamedWide = "tests/tidy/many_parameters.txt";

std::size_t percentile_90(std::vector<std::size_t> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[(values.size() - 1) * 9 / 10];
}

std::string measured(const std::vector<std::size_t>& lines) {
  const std::size_t longest = lines.empty() ? 0 : *std::max_element(lines.begin(), lines.end());
  return std::to_string(lines.size()) + " measured, p90 " + std::to_string(percentile_90(lines)) +
         " lines, longest " + std::to_string(longest);
}

// `path function reason…` on each line: functions that may be long, and why.
std::map<std::string, bool> read_named(const SourceTree& tree, std::string_view path) {
  std::map<std::string, bool> named;
  for (const auto& file : tree.files) {
    if (file.path != path) continue;
    for (const auto& line : support::split_lines(file.text)) {
      if (line.empty() || line.starts_with("#")) continue;
      const auto second = line.find(' ', line.find(' ') + 1);
      named[line.substr(0, second)] = false;
    }
  }
  return named;
}

Verdict check_functions(const SourceTree& tree) {
  Verdict verdict{"function length",
                  "a function that does not fit on a screen is not read; split "
                  "it, or name it with its reason in tests/tidy/long_functions.txt",
                  {},
                  {}};
  std::vector<std::size_t> lengths;
  auto named = read_named(tree, kNamedLong);
  for (const auto& file : tree.files) {
    if (!is_cpp(file.path)) continue;
    for (const auto& function : find_definitions(file.code).functions) {
      const auto lines = function.last_line - function.first_line + 1;
      lengths.push_back(lines);
      if (lines <= kFunctionLinesMax) continue;
      const auto entry = named.find(file.path + " " + function.name);
      if (entry != named.end()) {
        entry->second = true;
        continue;
      }
      verdict.findings.push_back({file.path, function.first_line,
                                  "`" + function.name + "` has " + std::to_string(lines) +
                                      " lines, " + std::to_string(kFunctionLinesMax) + " at most"});
    }
  }
  for (const auto& [entry, used] : named) {
    if (used) continue;
    verdict.findings.push_back(
        {std::string(kNamedLong), 0, "names `" + entry + "`, which is not long"});
  }
  verdict.note = measured(lengths);
  return verdict;
}

Verdict check_parameters(const SourceTree& tree) {
  Verdict verdict{"parameters",
                  "a call with more than four arguments cannot be read at its place; "
                  "give them a struct, or name it with its reason in "
                  "tests/tidy/many_parameters.txt",
                  {},
                  {}};
  auto named = read_named(tree, kNamedWide);
  for (const auto& file : tree.files) {
    if (!is_cpp(file.path)) continue;
    for (const auto& function : find_definitions(file.code).functions) {
      if (function.parameters <= kParametersMax || function.is_override) continue;
      const auto entry = named.find(file.path + " " + function.name);
      if (entry != named.end()) {
        entry->second = true;
        continue;
      }
      verdict.findings.push_back({file.path, function.first_line,
                                  "`" + function.name + "` takes " +
                                      std::to_string(function.parameters) + " parameters, " +
                                      std::to_string(kParametersMax) + " at most"});
    }
  }
  for (const auto& [entry, used] : named) {
    if (used) continue;
    verdict.findings.push_back(
        {std::string(kNamedWide), 0, "names `" + entry + "`, which takes few"});
  }
  return verdict;
}

Verdict check_files(const SourceTree& tree) {
  Verdict verdict{"file length", "a file holds one thing; a longer one holds two", {}, {}};
  std::vector<std::size_t> lengths;
  for (const auto& file : tree.files) {
    if (!is_cpp(file.path) && !file.path.ends_with(".g4")) continue;
    const auto lines = support::split_lines(file.text).size();
    lengths.push_back(lines);
    if (lines <= kFileLinesMax) continue;
    verdict.findings.push_back(
        {file.path, 0,
         std::to_string(lines) + " lines, " + std::to_string(kFileLinesMax) + " at most"});
  }
  verdict.note = measured(lengths);
  return verdict;
}

std::size_t code_points(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

Verdict check_columns(const SourceTree& tree) {
  Verdict verdict{"columns", "two files stand side by side on one screen", {}, {}};
  for (const auto& file : tree.files) {
    if (!is_cpp(file.path) && !file.path.ends_with(".g4") && !file.path.ends_with(".cmake"))
      continue;
    const auto lines = support::split_lines(file.text);
    for (std::size_t k = 0; k < lines.size(); ++k) {
      const auto columns = code_points(lines[k]);
      if (columns <= kColumnsMax) continue;
      verdict.findings.push_back(
          {file.path, k + 1,
           std::to_string(columns) + " columns, " + std::to_string(kColumnsMax) + " at most"});
    }
  }
  return verdict;
}

}  // namespace

std::vector<Verdict> check_sizes(const SourceTree& tree) {
  return {check_functions(tree), check_parameters(tree), check_files(tree), check_columns(tree)};
}

}  // namespace xize::tidy
