#include "compiler/driver/compilation.h"

#include <filesystem>
#include <optional>
#include <utility>

#include "compiler/analysis/analysis.h"
#include "compiler/diagnostics/report.h"
#include "compiler/driver/allowances.h"
#include "compiler/driver/imports.h"
#include "compiler/driver/scoring.h"
#include "compiler/sema/sema.h"

namespace xize::driver {
namespace {

// Checks the tree; what the policy accepts is known only afterwards.
sema::Model check(ast::Module& module, const source::File& file, diagnostics::Sink& sink) {
  diagnostics::Sink own(file);
  sema::Model model = sema::check(module, own);
  pass_on(own, model, file, sink);
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

std::unique_ptr<Compilation> read(source::File file, diagnostics::Sink& sink,
                                  syntax::Examples examples) {
  auto compilation = std::make_unique<Compilation>(std::move(file));
  sink.enter(compilation->file_);
  const std::size_t before = sink.error_count();
  compilation->module_ = syntax::parse(compilation->file_, sink, examples);
  compilation->sound_ = sink.error_count() == before;
  return compilation;
}

std::unique_ptr<Compilation> compile(const std::string& path, diagnostics::Sink& sink,
                                     syntax::Examples examples) {
  auto file = load(path, sink);
  return file ? compile(std::move(*file), sink, examples) : nullptr;
}

namespace {

std::optional<analysis::KnownDays> known_days() {
  const auto first = calendar().first_known();
  const auto last = calendar().last_known();
  if (!first || !last) return std::nullopt;
  return analysis::KnownDays{*first, *last};
}

}  // namespace

std::unique_ptr<Compilation> compile(source::File file, diagnostics::Sink& sink,
                                     syntax::Examples examples) {
  const std::size_t before = sink.error_count();
  auto compilation = read(std::move(file), sink, examples);
  read_imports(compilation->module_, compilation->file_, sink);
  compilation->sound_ = sink.error_count() == before;
  compilation->model_ = check(compilation->module_, compilation->file_, sink);
  compilation->runnable_ = sink.error_count() == before;
  const bool with_examples = examples == syntax::Examples::Read;
  if (compilation->sound_) {
    analysis::run(compilation->model_, sink, known_days(), with_examples);
  }
  compilation->sound_ = sink.error_count() == before;
  return compilation;
}

}  // namespace xize::driver
