#include "runtime/io/new_files.h"

#include <filesystem>
#include <system_error>

namespace xize::io {
namespace {

namespace fs = std::filesystem;

std::optional<WriteFault> make_folder(const fs::path& folder) {
  std::error_code error;
  if (folder.empty() || fs::is_directory(folder, error)) return std::nullopt;
  fs::create_directories(folder, error);
  if (!error) return std::nullopt;
  const bool denied = error == std::errc::permission_denied ||
                      error == std::errc::read_only_file_system;
  return WriteFault{denied ? WriteFaultKind::NoPermission : WriteFaultKind::Failed,
                    folder.string(), error.message()};
}

}  // namespace

std::optional<std::variant<ExistsAlready, WriteFault>> write_new_files(
    const std::string& folder, const std::vector<std::pair<std::string, std::string>>& files) {
  std::error_code ignored;
  for (const auto& [name, text] : files) {
    const fs::path path = fs::path(folder) / name;
    if (fs::exists(path, ignored)) return ExistsAlready{path.string()};
  }
  std::vector<AtomicFile> open;
  for (const auto& [name, text] : files) {
    const fs::path path = fs::path(folder) / name;
    if (auto fault = make_folder(path.parent_path())) return std::move(*fault);
    auto created = AtomicFile::create(path.string());
    if (auto* fault = std::get_if<WriteFault>(&created)) return std::move(*fault);
    open.push_back(std::move(std::get<AtomicFile>(created)));
    if (auto fault = open.back().write(text)) return std::move(*fault);
  }
  for (std::size_t i = 0; i < open.size(); ++i) {
    auto fault = open[i].commit();
    if (!fault) continue;
    for (std::size_t done = 0; done < i; ++done) {
      fs::remove(fs::path(folder) / files[done].first, ignored);
    }
    return std::move(*fault);
  }
  return std::nullopt;
}

}  // namespace xize::io
