// What bytes are, when they are not UTF-8: a guess for a good error, never a silent conversion.
// In: the bytes of a file. Out: the fault to report, and the byte at which UTF-8 ends.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "compiler/source/file.h"

namespace xize::source {

// Why these bytes cannot be a policy, and the first bad byte where that is known.
struct EncodingFault {
  LoadFault fault = LoadFault::NotUtf8;
  std::size_t offset = 0;
};

// Empty when the bytes are UTF-8 text.
std::optional<EncodingFault> find_encoding_fault(std::string_view bytes);

}  // namespace xize::source
