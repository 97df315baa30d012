// encoding_sample: tells UTF-8 from GB18030 by a sample of bytes.
// In: bytes that begin at the first one beyond ASCII. Out: the encoding, or the byte
// that fits neither.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "runtime/io/text_decoder.h"

namespace xize::io {

// The length of the well-formed UTF-8 sequence at the front (no overlong forms, no surrogates);
// kUtf8Invalid, or kUtf8Incomplete if more bytes could still make it one.
inline constexpr int kUtf8Invalid = 0;
inline constexpr int kUtf8Incomplete = -1;
int utf8_length(std::string_view bytes);
// How many bytes at the front are well-formed UTF-8 without NULs. It may end before the first flaw:
// what is left is told by utf8_length.
std::size_t plain_utf8_bytes(std::string_view bytes);

// The encoding, or the place in the sample of the first byte that is not GB18030 either.
struct SampleVerdict {
  std::optional<Encoding> encoding;
  std::size_t bad_byte = 0;
};

// Flawless UTF-8 is UTF-8. A sample with few flaws among many good UTF-8 sequences is damaged
// UTF-8 (its bytes would mostly pass as GB18030 too, read as nonsense). Else GB18030, again with
// few flaws at most. `whole`: the sample ends where the file ends, not in the middle of it.
SampleVerdict judge_sample(std::string_view sample, bool whole);

}  // namespace xize::io
