#include "compiler/driver/imports.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/names.h"
#include "compiler/diagnostics/kinds/notes.h"
#include "compiler/diagnostics/report.h"
#include "compiler/driver/library.h"
#include "compiler/syntax/parse.h"

namespace xize::driver {
namespace {

namespace fs = std::filesystem;

// One name for a file however it is spelt.
std::string identity_of(const fs::path& path) {
  std::error_code ignored;
  const fs::path known = fs::weakly_canonical(path, ignored);
  return (known.empty() ? path : known).string();
}

bool is_definition(const ast::EntryNode& node) {
  return std::holds_alternative<ast::Import>(node) || std::holds_alternative<ast::TypeDecl>(node) ||
         std::holds_alternative<ast::Lookup>(node) || std::holds_alternative<ast::Group>(node) ||
         std::holds_alternative<ast::Alias>(node) ||
         std::holds_alternative<ast::Parameter>(node) ||
         std::holds_alternative<ast::Define>(node) || std::holds_alternative<ast::Method>(node);
}

// The names the standard library goes by in the two surfaces.
constexpr std::string_view kLibraryNames[] = {"标准库/", "standard/"};

// The files of the library as an import in one surface names them: each has a name in both.
std::vector<std::string> names_in(std::string_view library) {
  constexpr std::string_view kEnd = ".xize";
  std::vector<std::string> names;
  for (const LibraryFile& file : library_files()) {
    const bool top = file.path.find('/') == file.path.npos && file.path.ends_with(kEnd);
    const bool ascii = static_cast<unsigned char>(file.path.front()) < 0x80;
    if (!top || ascii != (library == kLibraryNames[1])) continue;
    const auto name = file.path.substr(0, file.path.size() - kEnd.size());
    names.push_back(std::string(library) + std::string(name));
  }
  return names;
}

// Reads the files of one policy.
class Imports {
 public:
  Imports(ast::Module& module, source::File& file, diagnostics::Sink& sink)
      : module_(module), file_(file), sink_(sink) {
    read_.insert(identity_of(file.path()));
  }

  void run() {
    // Entries of imported files join at the end, imports of their own among them.
    for (std::size_t i = 0; i < module_.top.size(); ++i) {
      read_if_import(module_.top[i]);
      const auto& node = module_.entries[module_.top[i]].node;
      const auto* policy = std::get_if<ast::Policy>(&node);
      if (policy == nullptr) continue;
      const auto inside = policy->entries;  // a copy: reading adds entries
      for (const ast::EntryId id : inside) read_if_import(id);
    }
  }

 private:
  void read_if_import(ast::EntryId id) {
    const auto& entry = module_.entries[id];
    const auto* import = std::get_if<ast::Import>(&entry.node);
    if (import == nullptr) return;
    const std::string path = import->path;
    const ast::Span span = entry.span;
    // An import without a path is one that could not be had: see sema's `lacks_import`.
    if (!find(path, span)) std::get<ast::Import>(module_.entries[id].node).path.clear();
  }

  // False if it cannot be had, which is reported.
  bool find(const std::string& path, ast::Span at) {
    for (const std::string_view library : kLibraryNames) {
      if (path.starts_with(library)) return read_library(path, library, at);
    }
    return read(path, at);
  }

  bool read_library(const std::string& path, std::string_view library, ast::Span at) {
    for (const LibraryFile& file : library_files()) {
      if (file.path != path.substr(library.size()) + ".xize") continue;
      if (read_.insert("library " + std::string(file.path)).second) {
        join(source::File(path, std::string(file.text)));
      }
      return true;
    }
    const auto names = names_in(library);
    sink_.report<diagnostics::kinds::ImportUnknown>(at, path, diagnostics::List{names})
        .suggest(diagnostics::did_you_mean(path, names));
    return false;
  }

  // A path is relative to the file it is written in.
  bool read(const std::string& name, ast::Span at) {
    const fs::path folder = fs::path(file_.locate(at).file->path()).parent_path();
    const fs::path path = (folder / name).lexically_normal();
    if (!read_.insert(identity_of(path)).second) return true;
    auto loaded = source::load(path.string());
    if (auto* part = std::get_if<source::File>(&loaded)) {
      if (file_.text().size() + part->text().size() <= source::kFileBytesMax) {
        join(std::move(*part));
        return true;
      }
      loaded = source::LoadError{.fault = source::LoadFault::TooLarge, .path = path.string()};
    }
    diagnostics::report_load_error(sink_, std::get<source::LoadError>(loaded))
        .note<diagnostics::kinds::ImportedHere>(at, name);
    return false;
  }

  void join(source::File part) {
    const std::size_t before = module_.top.size();
    const std::uint32_t begin = file_.append(std::move(part));
    syntax::parse_part(module_, file_, begin, sink_);
    const auto first = module_.top.begin() + static_cast<std::ptrdiff_t>(before);
    const auto stays = [&](ast::EntryId id) { return !is_definition(module_.entries[id].node); };
    module_.top.erase(std::remove_if(first, module_.top.end(), stays), module_.top.end());
  }

  ast::Module& module_;
  source::File& file_;
  diagnostics::Sink& sink_;
  std::set<std::string> read_;
};

}  // namespace

void read_imports(ast::Module& module, source::File& file, diagnostics::Sink& sink) {
  Imports(module, file, sink).run();
}

}  // namespace xize::driver
