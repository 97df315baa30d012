// wide: the 128-bit integers between two steps on 64-bit ones.
#pragma once

#include <cstdint>
#include <limits>

namespace xize::blockwise {

__extension__ using Wide = __int128;

// Whether it is 64 bits long, as its negative then is.
inline bool fits(Wide x) {
  return x <= std::numeric_limits<std::int64_t>::max() &&
         x >= -std::numeric_limits<std::int64_t>::max();
}

// The greatest common divisor; not negative.
inline Wide gcd(Wide a, Wide b) {
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a < 0 ? -a : a;
}

}  // namespace xize::blockwise
