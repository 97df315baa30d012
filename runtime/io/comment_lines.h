// comment_lines: what stands in the `#` lines at the head of a data file.
// In: a path. Out: the text of each line without its mark, decoded; a spreadsheet may have put the
// line in quotes and empty cells behind it, which are taken off.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "runtime/io/byte_source.h"

namespace xize::io {

// A fault if the file cannot be opened or is no text. Looks at the first kPreambleBytesMax bytes.
std::variant<std::vector<std::string>, ReadFault> read_comment_lines(const std::string& path);

}  // namespace xize::io
