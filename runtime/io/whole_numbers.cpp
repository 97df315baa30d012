#include "runtime/io/whole_numbers.h"

#include "runtime/io/four_cells.h"

namespace xize::io {
namespace {

// From this row on, one after another.
void read_rest(const WholeNumbers& task, std::size_t row, std::int64_t* numbers, RowList& others) {
  const CellTexts texts = task.texts;
  for (; row < task.count; ++row) {
    const std::string_view text = texts[row];
    const auto found = read_short_number(text.data(), text.size());
    const ShortNumber number = found.value_or(ShortNumber());
    numbers[row] = number.num;
    others.add_if(!found || number.decimals != 0 || number.num < task.low || number.num > task.high,
                  row);
  }
}

#if defined(XIZE_HAS_AVX2)
// As read_short_number, of four words whose last byte is that of a cell; what is in front of the
// cell is 0.
__attribute__((target("avx2"))) __m256i numbers_of(__m256i digits) {
  const __m256i pairs = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(1 << 8 | 10));
  const __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(1 << 16 | 100));
  return _mm256_add_epi64(_mm256_mul_epu32(fours, _mm256_set1_epi64x(10000)),
                          _mm256_srli_epi64(fours, 32));
}

__attribute__((target("avx2"))) void read_avx2(const WholeNumbers& task, std::int64_t* numbers,
                                               RowList& others) {
  const CellTexts texts = task.texts;
  const __m256i zeros = _mm256_set1_epi8('0');
  const __m256i low = _mm256_set1_epi64x(task.low);
  const __m256i high = _mm256_set1_epi64x(task.high);
  std::size_t row = 0;
  for (; row + 4 <= task.count; row += 4) {
    const FourCells cells = four_cells(texts, row);
    const __m256i text = load_four(texts.text, cells.begins);
    const __m256i size = cells.bytes;
    const __m256i free_bits =
        _mm256_slli_epi64(_mm256_sub_epi64(_mm256_set1_epi64x(kShortNumberBytes), size), 3);
    const __m256i digits = _mm256_sllv_epi64(_mm256_xor_si256(text, zeros), free_bits);
    const __m256i number = numbers_of(digits);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(numbers + row), number);
    const __m256i wrong_size =
        _mm256_or_si256(_mm256_cmpeq_epi64(size, _mm256_setzero_si256()),
                        _mm256_cmpgt_epi64(size, _mm256_set1_epi64x(kShortNumberBytes)));
    const __m256i outside =
        _mm256_or_si256(_mm256_cmpgt_epi64(low, number), _mm256_cmpgt_epi64(number, high));
    const __m256i is_right =
        _mm256_andnot_si256(_mm256_or_si256(wrong_size, outside), are_digits(digits));
    const int right = _mm256_movemask_pd(_mm256_castsi256_pd(is_right));
    if (right == 0xf) continue;
    for (int i = 0; i < 4; ++i) {
      others.add_if((right >> i & 1) == 0, row + static_cast<std::size_t>(i));
    }
  }
  read_rest(task, row, numbers, others);
}
#endif

}  // namespace

void read_whole_numbers_portable(const WholeNumbers& task, std::int64_t* numbers, RowList& others) {
  read_rest(task, 0, numbers, others);
}

void read_whole_numbers(const WholeNumbers& task, std::int64_t* numbers, RowList& others) {
#if defined(XIZE_HAS_AVX2)
  if (has_avx2()) return read_avx2(task, numbers, others);
#endif
  read_rest(task, 0, numbers, others);
}

}  // namespace xize::io
