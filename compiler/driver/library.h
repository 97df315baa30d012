// library: the files of `stdlib/`, built into the program.
// In: nothing. Out: texts by their path in that folder, in the order of paths.
#pragma once

#include <string_view>
#include <vector>

namespace xize::driver {

// A file as it stands in `stdlib/`.
struct LibraryFile {
  std::string_view path;
  std::string_view text;
};

const std::vector<LibraryFile>& library_files();

}  // namespace xize::driver
