// Text as code points: validity, normal form, and the cells it takes on a terminal.
// In: UTF-8 bytes. Out: facts about them. Nothing here reads a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace xize::source {

// One code point and the bytes it takes; `length == 0` where the bytes are not UTF-8.
struct Decoded {
  char32_t code_point = 0;
  std::uint8_t length = 0;
};

// The code point at the head of `text`, which is not empty. Strict: no overlong forms, no
// surrogates, nothing beyond U+10FFFF.
Decoded decode(std::string_view text);

// The offset of the first byte that is not UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text);

// Appends the UTF-8 form of a code point.
void append_utf8(std::string& out, char32_t code_point);

// Valid UTF-8 as code points.
std::u32string to_code_points(std::string_view text);
// The way back.
std::string to_utf8(std::u32string_view code_points);

// NFC of valid UTF-8, the form in which names compare. Costs one scan where the text is already
// in it, as practically every name is.
std::string nfc(std::string_view text);

// Cells of a terminal: 2 for wide and full-width characters, 0 for combining marks and controls.
int cell_width(char32_t code_point);
// The cells of a whole line.
int display_width(std::string_view text);

}  // namespace xize::source
