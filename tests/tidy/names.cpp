#include <algorithm>
#include <array>
#include <regex>
#include <set>

#include "tests/support/text.h"
#include "tests/tidy/functions.h"
#include "tests/tidy/rules.h"

namespace xize::tidy {
namespace {

bool is_vague(const std::string& name) {
  static const std::regex kVague(
      "(^|_)(util|utils|helper|helpers|common|manager|managers|misc)(_|$)"
      "|Util(s|ity|ities)?(?![a-z])|Helpers?(?![a-z])|Common(?![a-z])"
      "|Managers?(?![a-z])");
  return std::regex_search(name, kVague);
}

bool is_ours(std::string_view path) {
  return path.starts_with("runtime/") || path.starts_with("compiler/") ||
         path.starts_with("tools/") || path.starts_with("tests/");
}

Verdict check_file_names(const SourceTree& tree) {
  Verdict verdict{"file names", "one spelling, so that a name is found without a search", {}, {}};
  static const std::regex kSnake("[a-z0-9]+(_[a-z0-9]+)*(\\.[a-z0-9]+)*");
  static const std::regex kFolder("[a-z0-9]+([_-][a-z0-9]+)*");
  std::set<std::string> folders;
  for (const auto& file : tree.files) {
    if (!is_ours(file.path)) continue;
    if (is_cpp(file.path)) {
      folders.insert(folder_of(file.path));
      if (!std::regex_match(file.path.substr(file.path.rfind('/') + 1), kSnake)) {
        verdict.findings.push_back({file.path, 0, "is not `snake_case`"});
      }
    }
  }
  for (const auto& folder : folders) {
    for (const auto& name : support::split_lines(support::replace_all(folder, "/", "\n"))) {
      if (!std::regex_match(name, kFolder)) {
        verdict.findings.push_back({folder, 0, "`" + name + "` is not lower case"});
      }
    }
  }
  return verdict;
}

Verdict check_vague_names(const SourceTree& tree) {
  Verdict verdict{"vague names",
                  "Utils, Helpers, Common and Manager say nothing and attract "
                  "everything; name the concept",
                  {},
                  {}};
  for (const auto& file : tree.files) {
    if (!is_ours(file.path) || !is_cpp(file.path)) continue;
    for (const auto& part :
         support::split_lines(support::replace_all(folder_of(file.path), "/", "\n"))) {
      if (is_vague(part)) verdict.findings.push_back({file.path, 0, "stands in `" + part + "`"});
    }
    if (is_vague(stem_of(file.path))) verdict.findings.push_back({file.path, 0, "is named so"});
    const auto found = find_definitions(file.code);
    for (const auto& type : found.types) {
      if (is_vague(type.name))
        verdict.findings.push_back({file.path, type.line, "`" + type.name + "`"});
    }
    for (const auto& name : found.namespaces) {
      if (is_vague(name)) verdict.findings.push_back({file.path, 0, "namespace `" + name + "`"});
    }
  }
  return verdict;
}

// They belong to no namespace.
bool has_only_macros(const SourceFile& file) {
  bool goes_on = false;  // a line of the macro before
  for (const auto& line : support::split_lines(file.code)) {
    const bool is_blank = line.find_first_not_of(' ') == std::string_view::npos;
    if (!is_blank && !goes_on && line.front() != '#') return false;
    goes_on = line.ends_with('\\');
  }
  return true;
}

Verdict check_namespaces(const SourceTree& tree) {
  Verdict verdict{
      "namespaces", "namespace = folder: a qualified name says where its code stands", {}, {}};
  for (const auto& file : tree.files) {
    const bool in_room = file.path.starts_with("runtime/") || file.path.starts_with("compiler/");
    if (!in_room || !is_cpp(file.path) || has_only_macros(file)) continue;
    const auto folder = folder_of(file.path);
    const auto path = support::replace_all(folder.substr(folder.find('/') + 1), "/", "::");
    const auto room = "xize::" + path.substr(0, path.find("::"));
    const auto names = find_definitions(file.code).namespaces;
    const bool holds = std::any_of(names.begin(), names.end(), [&room](const auto& name) {
      return name == room || name.starts_with(room + "::");
    });
    if (!holds) verdict.findings.push_back({file.path, 0, "does not open `" + room + "`"});
  }
  return verdict;
}

Verdict check_types(const SourceTree& tree) {
  Verdict verdict{"type names", "UpperCamel marks a type at first sight", {}, {}};
  static const std::regex kUpperCamel("([A-Z][A-Za-z0-9]*(::)?)*");
  for (const auto& file : tree.files) {
    if (!is_ours(file.path) || !is_cpp(file.path)) continue;
    for (const auto& type : find_definitions(file.code).types) {
      const bool foreign = type.name.find("::") != std::string::npos;  // a specialisation
      if (foreign || std::regex_match(type.name, kUpperCamel) ||
          file.code.find("struct " + type.name + "<") != std::string::npos)
        continue;
      verdict.findings.push_back({file.path, type.line, "`" + type.name + "` is not UpperCamel"});
    }
  }
  return verdict;
}

Verdict check_top_level(const SourceTree& tree) {
  Verdict verdict{
      "top level", "the first look at the project shows its parts and nothing else", {}, {}};
  static constexpr std::array<std::string_view, 20> kAllowed{"CMakeLists.txt",
                                                             "CMakePresets.json",
                                                             "README.md",
                                                             "README.zh-CN.md",
                                                             "LICENSE",
                                                             "CHANGELOG.md",
                                                             "CONTRIBUTING.md",
                                                             "docs",
                                                             "grammar",
                                                             "compiler",
                                                             "runtime",
                                                             "stdlib",
                                                             "policies",
                                                             "tests",
                                                             "tools",
                                                             "build",
                                                             "out",
                                                             "compile_commands.json"};
  for (const auto& name : tree.top_level) {
    const bool allowed = name.starts_with(".") ||
                         std::find(kAllowed.begin(), kAllowed.end(), name) != kAllowed.end();
    if (!allowed) verdict.findings.push_back({name, 0, "does not belong here"});
  }
  return verdict;
}

}  // namespace

std::vector<Verdict> check_names(const SourceTree& tree) {
  return {check_file_names(tree), check_vague_names(tree), check_namespaces(tree),
          check_types(tree), check_top_level(tree)};
}

}  // namespace xize::tidy
