// Terminal colours by role; the empty paint when colour is not wanted.
#pragma once

#include <string>
#include <string_view>

#include "compiler/diagnostics/kinds.h"

namespace xize::diagnostics {

// Wraps text in the escape sequence of its role, or leaves it alone.
class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}

  [[nodiscard]] std::string severity(Severity severity, std::string_view text) const {
    constexpr std::string_view kSequences[] = {"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m"};
    return wrap(kSequences[static_cast<int>(severity)], text);
  }
  [[nodiscard]] std::string strong(std::string_view text) const { return wrap("\x1b[1m", text); }
  [[nodiscard]] std::string frame(std::string_view text) const { return wrap("\x1b[1;34m", text); }

 private:
  [[nodiscard]] std::string wrap(std::string_view sequence, std::string_view text) const {
    if (!on_ || text.empty()) return std::string(text);
    return std::string(sequence).append(text).append("\x1b[0m");
  }

  bool on_;
};

}  // namespace xize::diagnostics
