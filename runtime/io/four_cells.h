// four_cells: where four cells of a column stand in their text, for readers of four at a time.
// Only for machines with AVX2; whoever includes this has asked at run time.
#pragma once

#if defined(__x86_64__)
#include <array>

#include <immintrin.h>

#include "runtime/io/cut_rows.h"
#include "runtime/io/short_cell.h"

#define XIZE_HAS_AVX2 1

namespace xize::io {

// By cell 64 bits: where it begins, and how many bytes it has.
struct FourCells {
  __m256i begins;
  __m256i bytes;
};

// The same eight bytes four times.
__attribute__((target("avx2"))) inline __m256i load_word(const char* at) {
  return _mm256_set1_epi64x(static_cast<long long>(words::load(at)));
}

// Eight bytes at each of four addresses. Blends of broadcasts, since all of these can be done by
// several ports of a core at once; a gather is slower, on many machines by far.
__attribute__((target("avx2"))) inline __m256i load_words(const char* a, const char* b,
                                                          const char* c, const char* d) {
  return _mm256_blend_epi32(_mm256_blend_epi32(load_word(a), load_word(b), 0x0c),
                            _mm256_blend_epi32(load_word(c), load_word(d), 0xc0), 0xf0);
}

// Eight bytes from each of these places on.
__attribute__((target("avx2"))) inline __m256i load_four(const char* text, __m256i places) {
  alignas(32) std::array<std::uint64_t, 4> at;
  _mm256_store_si256(reinterpret_cast<__m256i*>(at.data()), places);
  return load_words(text + at[0], text + at[1], text + at[2], text + at[3]);
}

// The cells of this row and the next three.
__attribute__((target("avx2"))) inline FourCells four_cells(const CellTexts& texts,
                                                            std::size_t row) {
  const auto before = [&texts](std::size_t r) {
    return reinterpret_cast<const char*>(texts.ends + texts.first_cells[r] + texts.place - 1);
  };
  // The end of the cell before in the lower half, and this one's in the upper half.
  const __m256i ends = load_words(before(row), before(row + 1), before(row + 2), before(row + 3));
  const __m256i begins = _mm256_and_si256(_mm256_add_epi32(ends, _mm256_set1_epi64x(1)),
                                          _mm256_set1_epi64x(0xffffffff));
  const __m256i end = _mm256_srli_epi64(ends, 32);
  FourCells cells{begins, _mm256_sub_epi64(end, begins)};
  if (!texts.is_last) return cells;
  // A comparison gives -1 where it holds: the last byte of a cell that has some.
  const __m256i has_bytes = _mm256_cmpgt_epi64(cells.bytes, _mm256_setzero_si256());
  const __m256i last = load_four(texts.text, _mm256_add_epi64(end, has_bytes));
  const __m256i is_cr = _mm256_cmpeq_epi64(_mm256_and_si256(last, _mm256_set1_epi64x(0xff)),
                                           _mm256_set1_epi64x('\r'));
  cells.bytes = _mm256_add_epi64(cells.bytes, is_cr);
  return cells;
}

// The lower halves, side by side.
__attribute__((target("avx2"))) inline __m128i lower_halves(__m256i words) {
  const __m256i even = _mm256_setr_epi32(0, 2, 4, 6, 0, 0, 0, 0);
  return _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(words, even));
}

// All ones where each byte is at most 9.
__attribute__((target("avx2"))) inline __m256i are_digits(__m256i digits) {
  const __m256i above = _mm256_or_si256(_mm256_add_epi8(digits, _mm256_set1_epi8(0x76)), digits);
  return _mm256_cmpeq_epi64(_mm256_and_si256(above, _mm256_set1_epi8(-0x80)),
                            _mm256_setzero_si256());
}

inline bool has_avx2() {
  static const bool kHas = __builtin_cpu_supports("avx2") != 0;
  return kHas;
}

}  // namespace xize::io
#endif
