// vectors: which vectors the machine has that runs this, and code that is compiled for each.
// A source file that reads several cells at a time defines XIZE_VECTOR_CODE, the name of a file of
// code, and includes each_vectors.inc, which includes that code once for each kind of vectors, in a
// namespace of its own (`avx2`, `avx512`), behind what it is made of: avx2_words.inc or
// avx512_words.inc, and vector_cells.inc.
#pragma once

#include <cstdint>

namespace xize::io {

// Ascending. Avx512: with what processors have that came with it from 2019 on.
enum class Vectors : std::uint8_t { None, Avx2, Avx512 };

// The widest that this machine has and readers use.
inline Vectors widest_vectors() {
#if defined(__x86_64__)
  static const Vectors kWidest = [] {
    const bool has_avx512 =
        __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
        __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
        __builtin_cpu_supports("avx512vbmi2") != 0 && __builtin_cpu_supports("bmi2") != 0 &&
        __builtin_cpu_supports("popcnt") != 0;
    if (has_avx512) return Vectors::Avx512;
    const bool has_avx2 =
        __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0;
    return has_avx2 ? Vectors::Avx2 : Vectors::None;
  }();
  return kWidest;
#else
  return Vectors::None;
#endif
}

}  // namespace xize::io
