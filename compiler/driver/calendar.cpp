#include <algorithm>
#include <string_view>

#include "compiler/driver/library.h"
#include "compiler/driver/scoring.h"

namespace xize::driver {

const builtins::WorkdayCalendar& calendar() {
  static const builtins::WorkdayCalendar instance = [] {
    const auto& files = library_files();
    const auto file = std::find_if(files.begin(), files.end(), [](const LibraryFile& f) {
      return f.path == "calendar-cn.csv";
    });
    int bad_line = 0;
    return builtins::WorkdayCalendar::parse(file == files.end() ? "" : file->text, bad_line)
        .value_or(builtins::WorkdayCalendar{});
  }();
  return instance;
}

}  // namespace xize::driver
