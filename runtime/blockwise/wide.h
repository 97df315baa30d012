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

// num / den rounded down; den > 0.
template <class Number>
Number floor_div(Number num, Number den) {
  const Number quotient = num / den;
  return quotient - (num % den < 0 ? 1 : 0);
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
