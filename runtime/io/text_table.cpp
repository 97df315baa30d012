#include "runtime/io/text_table.h"

#include <cstddef>
#include <utility>

#include "runtime/io/four_cells.h"

namespace xize::io {
namespace {

// Up to so many slots most of them stay free, so that nearly every text has the first one it could
// have; a larger table is to stay in the caches.
constexpr std::size_t kAirySlots = 1 << 13;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0xff51afd7ed558ccdu;
  return hash ^ hash >> 32;
}

#if defined(XIZE_HAS_AVX2)
__attribute__((target("avx2"))) __m256i key_word(std::uint64_t word) {
  return _mm256_set1_epi64x(static_cast<long long>(word));
}

// As TextTable::place_of, before the shift.
__attribute__((target("avx2"))) __m256i hashes(__m256i low, __m256i high,
                                               const std::array<std::uint32_t, 4>& factors) {
  const __m256i lower = _mm256_add_epi64(_mm256_mul_epu32(low, key_word(factors[0])),
                                         _mm256_mul_epu32(high, key_word(factors[2])));
  const __m256i upper =
      _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(low, 32), key_word(factors[1])),
                       _mm256_mul_epu32(_mm256_srli_epi64(high, 32), key_word(factors[3])));
  const __m256i mix = _mm256_add_epi64(lower, upper);
  return _mm256_and_si256(_mm256_xor_si256(mix, _mm256_srli_epi64(mix, 32)),
                          key_word(0xffffffff));
}
#endif

}  // namespace

TextTable::Key TextTable::long_key(std::string_view text) {
  const std::size_t bytes = text.size();
  std::uint64_t hash = bytes * kOdd;
  std::size_t at = 0;
  for (; at + 8 <= bytes; at += 8) hash = mixed(hash, words::load(text.data() + at));
  return {mixed(hash, words::load(text.data() + at) & kFirstBytes[bytes - at]),
          hash | kLong};
}

#if defined(XIZE_HAS_AVX2)
// Looks into the first slot of each, or among the few there are; what is not there is looked up by
// itself.
__attribute__((target("avx2"))) void TextTable::find_all_avx2(const CellTexts& texts,
                                                              std::size_t count,
                                                              std::uint32_t* numbers) const {
  static_assert(sizeof(Slot) == 32 && offsetof(Slot, key) == 0 && offsetof(Slot, number) == 16);
  const auto* const slots = reinterpret_cast<const char*>(slots_.data());
  const __m256i ones = _mm256_set1_epi64x(-1);
  const __m256i word_bits = _mm256_set1_epi64x(64);
  const __m128i shift = _mm_cvtsi32_si128(static_cast<int>(shift_));
  const bool are_few = has_few();
  std::size_t row = 0;
  for (; row + 4 <= count; row += 4) {
    const FourCells cells = four_cells(texts, row);
    // The keys: of each word none, the first or all bytes.
    const __m256i bits = _mm256_slli_epi64(cells.bytes, 3);
    const __m256i low = _mm256_andnot_si256(_mm256_sllv_epi64(ones, bits),
                                            load_four(texts.text, cells.begins));
    const __m256i next_bytes =
        _mm256_andnot_si256(_mm256_sllv_epi64(ones, _mm256_sub_epi64(bits, word_bits)),
                            _mm256_cmpgt_epi64(bits, word_bits));
    const __m256i high =
        _mm256_or_si256(_mm256_and_si256(next_bytes, load_four(texts.text + 8, cells.begins)),
                        _mm256_slli_epi64(cells.bytes, kLengthShift));
    __m256i is_same = _mm256_setzero_si256();
    __m256i found = is_same;
    if (are_few) {
      for (const Slot& slot : few_) {
        const __m256i is = _mm256_and_si256(_mm256_cmpeq_epi64(low, key_word(slot.key.low)),
                                            _mm256_cmpeq_epi64(high, key_word(slot.key.high)));
        is_same = _mm256_or_si256(is_same, is);
        found = _mm256_blendv_epi8(found, key_word(slot.number), is);
      }
    } else {
      const __m256i at = _mm256_slli_epi64(_mm256_srl_epi64(hashes(low, high, kFactors), shift), 5);
      is_same = _mm256_and_si256(_mm256_cmpeq_epi64(low, load_four(slots, at)),
                                 _mm256_cmpeq_epi64(high, load_four(slots + 8, at)));
      found = load_four(slots + 16, at);
    }
    _mm_storeu_si128(reinterpret_cast<__m128i*>(numbers + row), lower_halves(found));
    const __m256i is_found = _mm256_andnot_si256(
        _mm256_cmpgt_epi64(cells.bytes, _mm256_set1_epi64x(kKeyBytes)), is_same);
    const int right = _mm256_movemask_pd(_mm256_castsi256_pd(is_found));
    if (right == 0xf) continue;
    for (std::size_t i = 0; i < 4; ++i) {
      if ((right >> i & 1) == 0) numbers[row + i] = find(texts[row + i]);
    }
  }
  for (; row < count; ++row) numbers[row] = find(texts[row]);
}
#endif

void TextTable::find_all(const CellTexts& texts, std::size_t count, std::uint32_t* numbers) const {
#if defined(XIZE_HAS_AVX2)
  if (has_avx2()) return find_all_avx2(texts, count, numbers);
#endif
  for (std::size_t row = 0; row < count; ++row) numbers[row] = find(texts[row]);
}

bool TextTable::add(std::string_view text, std::uint32_t number) {
  if (count_ >= kTextsMax) return false;
  ++count_;
  if (4 * count_ > slots_.size() || (16 * count_ > slots_.size() && slots_.size() < kAirySlots)) {
    grow();
  }
  const bool is_short = text.size() <= kKeyBytes;
  const Slot added{key_of(text), number, static_cast<std::uint32_t>(text.size()),
                   is_short ? nullptr : long_texts_.emplace_back(text).data()};
  put(added);
  if (is_short && few_.size() < kFew) few_.push_back(added);
  return true;
}

void TextTable::put(const Slot& added) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = place_of(added.key);
  while (slots_[at].number != kNone) at = (at + 1) & mask;
  slots_[at] = added;
}

void TextTable::grow() {
  --shift_;
  const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  for (const Slot& slot : before) {
    if (slot.number != kNone) put(slot);
  }
}

}  // namespace xize::io
