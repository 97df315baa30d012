// The digits of a text that is read from its head on.
#pragma once

#include <string_view>

namespace xize::value {

// Takes the ASCII digits at the head of `text` away.
inline std::string_view take_digits(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  const std::string_view digits = text.substr(0, end);
  text.remove_prefix(end);
  return digits;
}

}  // namespace xize::value
