#include "compiler/driver/imports.h"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/report.h"
#include "compiler/driver/library.h"
#include "compiler/syntax/parse.h"

namespace xize::driver {
namespace {

using diagnostics::Kind;

// The names the standard library goes by in the two surfaces.
constexpr std::string_view kLibraryNames[] = {"标准库/", "standard/"};

// The imports that the tree says, in order.
std::vector<ast::EntryId> imports_in(const ast::Module& module) {
  std::vector<ast::EntryId> imports;
  std::vector<ast::EntryId> open = module.top;
  for (std::size_t i = 0; i < open.size(); ++i) {
    const ast::EntryNode& node = module.entries[open[i]].node;
    if (std::holds_alternative<ast::Import>(node)) imports.push_back(open[i]);
    const auto* policy = std::get_if<ast::Policy>(&node);
    if (policy != nullptr) open.insert(open.end(), policy->entries.begin(), policy->entries.end());
  }
  return imports;
}

// What a file of the library is called in an import, without the library's name: `计分方法`.
std::optional<std::string_view> import_name(const LibraryFile& file) {
  constexpr std::string_view kEnd = ".xize";
  const bool top = file.path.find('/') == file.path.npos && file.path.ends_with(kEnd);
  if (!top) return std::nullopt;
  return file.path.substr(0, file.path.size() - kEnd.size());
}

class Importer {
 public:
  Importer(source::File& file, ast::Module& module, diagnostics::Sink& sink)
      : file_(file), module_(module), sink_(sink) {}

  void run() {
    const auto own_end = static_cast<std::uint32_t>(file_.text().size());
    const ast::Surface surface = module_.surface;
    seen_.insert(normal(file_.path()));
    while (append_all()) {
      module_ = syntax::parse(file_, sink_);
      module_.surface = surface;
      module_.imports_begin = own_end;
    }
    mark_missing();
  }

 private:
  // Appends every imported file that is not there yet; false if there was none.
  bool append_all() {
    bool any = false;
    for (const ast::EntryId id : imports_in(module_)) {
      const source::Span span = module_.entries[id].span;
      const std::string& path = std::get<ast::Import>(module_.entries[id].node).path;
      auto found = find(path, span);
      if (!found) continue;
      if (file_.append(std::move(*found))) {
        any = true;
      } else {
        sink_.report<Kind::FileTooLarge>(span, path, source::kFileBytesMax >> 20);
      }
    }
    return any;
  }

  // An import without a path is one that could not be had: see sema's `lacks_import`.
  void mark_missing() {
    for (const ast::EntryId id : imports_in(module_)) {
      std::string& path = std::get<ast::Import>(module_.entries[id].node).path;
      if (missing_.contains(path)) path.clear();
    }
  }

  // The file, unless it is there already or cannot be had, which is reported.
  std::optional<source::File> find(const std::string& path, source::Span span) {
    for (const std::string_view library : kLibraryNames) {
      if (!path.starts_with(library)) continue;
      return from_library(path, path.substr(library.size()), span);
    }
    const std::filesystem::path here = file_.home(span).file->path();
    const std::string beside = (here.parent_path() / path).string();
    if (!seen_.insert(normal(beside)).second) return std::nullopt;
    auto loaded = source::load(beside);
    if (auto* file = std::get_if<source::File>(&loaded)) return std::move(*file);
    missing_.insert(path);
    sink_.report<Kind::ImportUnreadable>(span, path)
        .suggest(diagnostics::did_you_mean(path, library_names(kLibraryNames[0])));
    return std::nullopt;
  }

  std::optional<source::File> from_library(const std::string& path, const std::string& name,
                                           source::Span span) {
    for (const LibraryFile& file : library_files()) {
      if (import_name(file) != name) continue;
      if (!seen_.insert("library " + name).second) return std::nullopt;
      return source::File(path, std::string(file.text));
    }
    missing_.insert(path);
    const std::string library = path.substr(0, path.size() - name.size());
    sink_.report<Kind::ImportUnknown>(span, path, diagnostics::List{library_names(library)})
        .suggest(diagnostics::did_you_mean(path, library_names(library)));
    return std::nullopt;
  }

  static std::vector<std::string> library_names(std::string_view library) {
    std::vector<std::string> names;
    for (const LibraryFile& file : library_files()) {
      if (const auto name = import_name(file)) {
        names.push_back(std::string(library) + std::string(*name));
      }
    }
    return names;
  }

  static std::string normal(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::weakly_canonical(path, ignored).string();
  }

  source::File& file_;
  ast::Module& module_;
  diagnostics::Sink& sink_;
  std::set<std::string> seen_, missing_;
};

}  // namespace

void add_imports(source::File& file, ast::Module& module, diagnostics::Sink& sink) {
  if (!imports_in(module).empty()) Importer(file, module, sink).run();
}

}  // namespace xize::driver
