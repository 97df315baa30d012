// sha256: the digest of FIPS 180-4, from which lots are drawn.
// In: bytes. Out: 32 bytes, the same on every machine: `printf '…' | sha256sum` gives them too.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace xize::sampling {

// 256 bits, the most significant byte first, so that digests compare as numbers.
using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);
// 64 hexadecimal digits in lower case.
std::string hex(const Digest& digest);

}  // namespace xize::sampling
