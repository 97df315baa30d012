#include "compiler/driver/compilation.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/analysis/analysis.h"
#include "compiler/diagnostics/report.h"
#include "compiler/driver/imports.h"
#include "compiler/driver/scoring.h"
#include "compiler/sema/sema.h"
#include "compiler/syntax/parse.h"

namespace xize::driver {
namespace {

// What the policy accepts: `allow CODE because "…"`, and where it stands.
struct Allowed {
  std::string code;
  source::Span scope;
};

std::vector<Allowed> allowed_by(const sema::Model& model, const source::File& file) {
  std::vector<Allowed> all;
  for (const ast::EntryId entry : model.allows) {
    const source::Span at = model.entry(entry).span;
    const auto end = static_cast<std::uint32_t>(file.text().size());
    Allowed allowed{model.entry_as<ast::Allow>(entry).code, {0, end}};
    // A parent stands before its children, so the last that holds it is the innermost.
    for (std::size_t i = 0; i < model.nodes.size(); ++i) {
      const source::Span node = model.entry(model.nodes[sema::NodeId(i)].entry).span;
      if (node.begin <= at.begin && at.end <= node.end) allowed.scope = node;
    }
    all.push_back(std::move(allowed));
  }
  return all;
}

bool is_allowed(const diagnostics::Diagnostic& finding, const std::vector<Allowed>& all) {
  const auto* place = std::get_if<diagnostics::InSource>(&finding.where);
  if (finding.severity == diagnostics::Severity::Error || place == nullptr) return false;
  return std::any_of(all.begin(), all.end(), [&](const Allowed& allowed) {
    return allowed.code == diagnostics::row(finding.kind).code &&
           allowed.scope.begin <= place->span.begin && place->span.end <= allowed.scope.end;
  });
}

// Checks the tree; what the policy accepts is known only afterwards.
sema::Model check(ast::Module& module, const source::File& file, diagnostics::Sink& sink) {
  diagnostics::Sink own(file);
  sema::Model model = sema::check(module, own);
  const std::vector<Allowed> allowed = allowed_by(model, file);
  for (const diagnostics::Diagnostic& finding : own.findings()) {
    if (!is_allowed(finding, allowed)) sink.accept(finding);
  }
  return model;
}

}  // namespace

std::string policy_path(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::path inside = std::filesystem::path(path) / "policy.xize";
  return std::filesystem::is_regular_file(inside, ignored) ? inside.string() : path;
}

namespace {

std::optional<source::File> load(const std::string& path, diagnostics::Sink& sink) {
  auto loaded = source::load(policy_path(path));
  if (auto* file = std::get_if<source::File>(&loaded)) return std::move(*file);
  diagnostics::report_load_error(sink, std::get<source::LoadError>(loaded));
  return std::nullopt;
}

}  // namespace

std::unique_ptr<Compilation> read(const std::string& path, diagnostics::Sink& sink) {
  auto file = load(path, sink);
  return file ? read(std::move(*file), sink) : nullptr;
}

std::unique_ptr<Compilation> read(source::File file, diagnostics::Sink& sink) {
  auto compilation = std::make_unique<Compilation>(std::move(file));
  sink.enter(compilation->file_);
  const std::size_t before = sink.error_count();
  compilation->module_ = syntax::parse(compilation->file_, sink);
  compilation->sound_ = sink.error_count() == before;
  return compilation;
}

std::unique_ptr<Compilation> compile(const std::string& path, diagnostics::Sink& sink) {
  auto file = load(path, sink);
  return file ? compile(std::move(*file), sink) : nullptr;
}

namespace {

std::optional<analysis::KnownDays> known_days() {
  const auto first = calendar().first_known();
  const auto last = calendar().last_known();
  if (!first || !last) return std::nullopt;
  return analysis::KnownDays{*first, *last};
}

}  // namespace

std::unique_ptr<Compilation> compile(source::File file, diagnostics::Sink& sink) {
  const std::size_t before = sink.error_count();
  auto compilation = read(std::move(file), sink);
  read_imports(compilation->module_, compilation->file_, sink);
  compilation->sound_ = sink.error_count() == before;
  compilation->model_ = check(compilation->module_, compilation->file_, sink);
  if (compilation->sound_) analysis::run(compilation->model_, sink, known_days());
  compilation->sound_ = sink.error_count() == before;
  return compilation;
}

}  // namespace xize::driver
