#include <cctype>
#include <cmath>
#include <regex>

#include "tests/support/text.h"
#include "tests/tidy/functions.h"
#include "tests/tidy/rules.h"

namespace xize::tidy {
namespace {

constexpr double kCommentedShareMin = 0.80;

// A sentence above the head, or on the line that opens it.
bool is_commented(const std::vector<std::string>& lines, std::size_t head_line) {
  if (head_line > lines.size()) return false;
  if (lines[head_line - 1].find("//") != std::string::npos) return true;
  return head_line >= 2 && support::trim(lines[head_line - 2]).starts_with("//");
}

// One line that holds the whole type is its own sentence; a specialisation has its type's.
bool needs_comment(const TypeDefinition& type) {
  return !type.is_nested && type.last_line > type.line && type.name.find("::") == std::string::npos;
}

// A header's opening comment is that of the type it is named after.
bool is_namesake(const TypeDefinition& type, const std::string& path) {
  std::string name;
  for (const char c : type.name) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0 && !name.empty()) name += '_';
    name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return name == stem_of(path);
}

Verdict check_type_comments(const SourceTree& tree) {
  Verdict verdict{
      "header comments", "a type without a sentence has to be guessed from its uses", {}, {}};
  std::size_t types = 0;
  std::vector<Finding> bare;
  for (const auto& file : tree.files) {
    if (!is_header(file.path)) continue;
    const auto lines = support::split_lines(file.text);
    for (const auto& type : find_definitions(file.code).types) {
      if (!needs_comment(type)) continue;
      ++types;
      if (!is_commented(lines, type.line) && !is_namesake(type, file.path)) {
        bare.push_back({file.path, type.line, "`" + type.name + "` has no comment"});
      }
    }
  }
  const double share =
      types == 0 ? 1.0 : 1.0 - static_cast<double>(bare.size()) / static_cast<double>(types);
  verdict.note = std::to_string(types) + " types, " + std::to_string(std::lround(100 * share)) +
                 " % with a comment";
  if (share < kCommentedShareMin) verdict.findings = bare;
  return verdict;
}

Verdict check_header_openings(const SourceTree& tree) {
  Verdict verdict{
      "header openings", "a header says what it is before it says anything else", {}, {}};
  for (const auto& file : tree.files) {
    if (!is_header(file.path)) continue;
    if (!file.text.starts_with("//")) {
      verdict.findings.push_back({file.path, 1, "does not open with a comment"});
    }
    if (file.text.find("\n#pragma once\n") == std::string::npos) {
      verdict.findings.push_back({file.path, 0, "has no `#pragma once`"});
    }
  }
  return verdict;
}

Verdict check_promises(const SourceTree& tree) {
  Verdict verdict{"promises",
                  "what is not done belongs into the list of issues; the code says what "
                  "it does",
                  {},
                  {}};
  static const std::regex kPromise(
      "\\b(TO"
      "DO|FIX"
      "ME|XX"
      "X|HA"
      "CK)\\b|not yet implem"
      "ented");
  for (const auto& file : tree.files) {
    const auto is_a = [&](std::string_view kind) { return file.path.ends_with(kind); };
    if (!is_cpp(file.path) && !is_a(".def") && !is_a(".inc") && !is_a(".g4")) continue;
    const auto lines = support::split_lines(file.text);
    for (std::size_t k = 0; k < lines.size(); ++k) {
      std::smatch match;
      if (std::regex_search(lines[k], match, kPromise)) {
        verdict.findings.push_back({file.path, k + 1, "`" + match.str() + "`"});
      }
    }
  }
  return verdict;
}

}  // namespace

std::vector<Verdict> check_comments(const SourceTree& tree) {
  return {check_type_comments(tree), check_header_openings(tree), check_promises(tree)};
}

}  // namespace xize::tidy
