#include "compiler/driver/skeleton.h"

#include <string_view>

#include "compiler/driver/library.h"

namespace xize::driver {

std::vector<std::pair<std::string, std::string>> skeleton_files(diagnostics::Language language) {
  const std::string_view folder =
      language == diagnostics::Language::Chinese ? "skeleton/zh/" : "skeleton/en/";
  std::vector<std::pair<std::string, std::string>> files;
  for (const LibraryFile& file : library_files()) {
    if (!file.path.starts_with(folder)) continue;
    files.emplace_back(file.path.substr(folder.size()), file.text);
  }
  return files;
}

}  // namespace xize::driver
