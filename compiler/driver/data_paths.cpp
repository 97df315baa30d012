#include "compiler/driver/data_paths.h"

#include <algorithm>
#include <filesystem>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/command.h"

namespace xize::driver {

namespace {

// Folders and CSV files beside a path that does not exist, spelt as the user would write them.
std::vector<std::string> neighbours_of(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.parent_path();
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator entry(folder.empty() ? "." : folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const std::filesystem::path name = entry->path().filename();
    std::error_code ignored;
    const bool holds_data = name.extension() == ".csv" || entry->is_directory(ignored);
    if (holds_data) names.push_back((folder / name).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

std::optional<io::DataRequest> data_request(const std::vector<std::string>& paths,
                                            const sema::Model& model, diagnostics::Sink& sink) {
  bool all = true;
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) continue;
    const std::string name = path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
    sink.report_at<diagnostics::kinds::DataFolderMissing>(diagnostics::Nowhere{}, path)
        .suggest(diagnostics::did_you_mean(name, neighbours_of(name)));
    all = false;
  }
  if (!all) return std::nullopt;
  // What an alias stands for may be named by either in the data.
  io::DataRequest request{paths, {model.aliases.begin(), model.aliases.end()}};
  std::sort(request.aliases.begin(), request.aliases.end());
  return request;
}

}  // namespace xize::driver
