#include "compiler/driver/compilation.h"

#include <filesystem>
#include <utility>

#include "compiler/analysis/analysis.h"
#include "compiler/diagnostics/report.h"
#include "compiler/driver/imports.h"
#include "compiler/sema/sema.h"
#include "compiler/syntax/parse.h"

namespace xize::driver {

std::string policy_path(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::path inside = std::filesystem::path(path) / "policy.xize";
  return std::filesystem::is_regular_file(inside, ignored) ? inside.string() : path;
}

std::unique_ptr<Compilation> read(const std::string& path, diagnostics::Sink& sink) {
  auto loaded = source::load(policy_path(path));
  if (const auto* error = std::get_if<source::LoadError>(&loaded)) {
    diagnostics::report_load_error(sink, *error);
    return nullptr;
  }
  auto compilation = std::make_unique<Compilation>(std::get<source::File>(std::move(loaded)));
  sink.enter(compilation->file_);
  const std::size_t before = sink.error_count();
  compilation->module_ = syntax::parse(compilation->file_, sink);
  compilation->sound_ = sink.error_count() == before;
  return compilation;
}

std::unique_ptr<Compilation> compile(const std::string& path, diagnostics::Sink& sink) {
  const std::size_t before = sink.error_count();
  auto compilation = read(path, sink);
  if (!compilation) return nullptr;
  add_imports(compilation->file_, compilation->module_, sink);
  compilation->sound_ = sink.error_count() == before;
  compilation->model_ = sema::check(compilation->module_, sink);
  if (compilation->sound_) analysis::run(compilation->model_, sink);
  compilation->sound_ = sink.error_count() == before;
  return compilation;
}

}  // namespace xize::driver
