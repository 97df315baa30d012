// csv_preamble: what stands before the header row: blank lines, `#` comments, Excel's `sep=;`.
// In: the beginning of a text. Out: where the header row is, and the delimiter if the file says it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace xize::io {

// The header row is text[begin, end), on the physical line `line`.
struct Preamble {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint64_t line = 1;
  std::optional<char> delimiter;
};

// Empty if the text may go on and does not yet hold a whole header row, or if it ends without one.
// A comment that a spreadsheet has put in quotes (`"# a, b",,`) is a comment still.
std::optional<Preamble> find_preamble(std::string_view text, bool at_end);

}  // namespace xize::io
