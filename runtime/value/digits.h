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

// Takes `head` away if the text begins with it.
inline bool take(std::string_view& text, std::string_view head) {
  if (!text.starts_with(head)) return false;
  text.remove_prefix(head.size());
  return true;
}

}  // namespace xize::value
