#include "compiler/driver/versions.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/driver/compilation.h"

namespace xize::driver {
namespace {

namespace fs = std::filesystem;

// When a policy holds; a missing end is open.
struct Version {
  std::string path;
  value::Date from;
  std::optional<value::Date> until;
};

std::vector<std::string> files_of(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return {path};
  std::vector<std::string> files;
  for (fs::directory_iterator it(path, ignored), end; it != end; it.increment(ignored)) {
    if (it->path().extension() == ".xize") files.push_back(it->path().string());
  }
  std::ranges::sort(files);
  return files;
}

std::optional<value::Date> date_of(const ast::Module& module, ast::ExprId id) {
  if (!id.valid()) return std::nullopt;
  const auto* literal = std::get_if<ast::DateLit>(&module.exprs[id].node);
  return literal == nullptr ? std::nullopt : std::optional(literal->date);
}

// The dates in the head of a policy; a file without a first day is no version.
std::optional<Version> version_of(const std::string& path) {
  diagnostics::Sink silent;  // the version that is chosen reports its own mistakes
  const auto compilation = read(path, silent);
  if (!compilation) return std::nullopt;
  const ast::Module& module = compilation->module();
  std::optional<Version> found;
  for (const ast::EntryId top : module.top) {
    const auto* policy = std::get_if<ast::Policy>(&module.entries[top].node);
    if (policy == nullptr) continue;
    for (const ast::EntryId id : policy->entries) {
      const auto* effective = std::get_if<ast::Effective>(&module.entries[id].node);
      if (effective == nullptr) continue;
      if (const auto from = date_of(module, effective->from)) {
        found = Version{path, *from, date_of(module, effective->until)};
      }
    }
  }
  return found;
}

}  // namespace

std::optional<std::string> version_on(const std::string& path, value::Date day,
                                      diagnostics::Sink& sink) {
  std::optional<Version> chosen;
  diagnostics::List seen;
  for (const std::string& file : files_of(path)) {
    const auto version = version_of(file);
    if (!version) continue;
    std::string dates = fs::path(file).filename().string() + " " + value::to_string(version->from);
    if (version->until) dates += "–" + value::to_string(*version->until);
    seen.value.push_back(std::move(dates));
    const bool holds = version->from <= day && (!version->until || day <= *version->until);
    if (holds && (!chosen || chosen->from < version->from)) chosen = version;
  }
  if (chosen) return chosen->path;
  if (seen.value.empty()) {
    sink.report_at<diagnostics::kinds::NoVersionDated>(diagnostics::Nowhere{}, path);
  } else {
    sink.report_at<diagnostics::kinds::NoVersionInForce>(diagnostics::Nowhere{}, path, day, seen);
  }
  return std::nullopt;
}

}  // namespace xize::driver
