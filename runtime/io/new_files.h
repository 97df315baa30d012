// new_files: several files at once, none of which may exist: all of them, or none.
// In: a folder, which is made if it is missing, and texts by name. Out: the files, or what failed.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/io/atomic_file.h"

namespace xize::io {

// A path that exists already.
struct ExistsAlready {
  std::string path;
};

// Names may begin with folders, as in `data/units.csv`. After a fault no file of them is there;
// folders that were made stay.
std::optional<std::variant<ExistsAlready, WriteFault>> write_new_files(
    const std::string& folder, const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace xize::io
