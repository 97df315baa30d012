#include "compiler/driver/data_paths.h"

#include <algorithm>
#include <filesystem>

namespace xize::driver {

std::optional<io::DataRequest> data_request(const std::vector<std::string>& paths,
                                            const sema::Model& model, diagnostics::Sink& sink) {
  bool all = true;
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) continue;
    sink.report_at<diagnostics::Kind::DataFolderMissing>(diagnostics::Nowhere{}, path);
    all = false;
  }
  if (!all) return std::nullopt;
  // What an alias stands for may be named by either in the data.
  io::DataRequest request{paths, {model.aliases.begin(), model.aliases.end()}};
  std::sort(request.aliases.begin(), request.aliases.end());
  return request;
}

}  // namespace xize::driver
