#include "runtime/io/text_marks.h"

#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#define XIZE_HAS_AVX2 1
#endif

namespace xize::io {
namespace {

constexpr std::size_t kWord = 8;
constexpr std::uint64_t kOnes = 0x0101010101010101u;
constexpr std::uint64_t kLow = 0x7f7f7f7f7f7f7f7fu;

// The highest bit of each byte of the word that is `c`; no carry passes from byte to byte.
std::uint64_t bytes_equal(std::uint64_t word, char c) {
  const std::uint64_t x = word ^ (kOnes * static_cast<unsigned char>(c));
  return ~(((x & kLow) + kLow) | x | kLow);
}

bool is_odd(std::string_view text, std::size_t at) {
  if (text[at] == '"') return true;
  return text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n');
}

// One byte after another, for the rest of a text.
TextSurvey survey_bytes(std::string_view text, TextSurvey found) {
  while (found.bytes < text.size() && !is_odd(text, found.bytes)) {
    if (text[found.bytes++] == '\n') ++found.line_ends;
  }
  return found;
}

void mark_bytes(std::string_view text, std::size_t at, char delimiter,
                std::vector<std::uint32_t>& marks) {
  for (; at < text.size(); ++at) {
    if (text[at] == delimiter || text[at] == '\n') marks.push_back(static_cast<std::uint32_t>(at));
  }
}

#if defined(XIZE_HAS_AVX2)
constexpr std::size_t kStep = 32;

__attribute__((target("avx2"))) std::uint32_t equal_mask(const char* at, char c) {
  const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
  return static_cast<std::uint32_t>(
      _mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c))));
}

// Steps without anything odd are counted, from there on one looks byte by byte.
__attribute__((target("avx2"))) TextSurvey survey_avx2(std::string_view text) {
  TextSurvey found;
  for (; found.bytes + kStep < text.size(); found.bytes += kStep) {
    const char* step = text.data() + found.bytes;
    const std::uint32_t line_ends = equal_mask(step, '\n');
    const std::uint32_t quotes = equal_mask(step, '"');
    const std::uint32_t lone_crs = equal_mask(step, '\r') & ~equal_mask(step + 1, '\n');
    if ((quotes | lone_crs) != 0) break;
    found.line_ends += static_cast<std::uint64_t>(std::popcount(line_ends));
  }
  return survey_bytes(text, found);
}

__attribute__((target("avx2"))) void find_marks_avx2(std::string_view text, char delimiter,
                                                     std::vector<std::uint32_t>& marks) {
  std::size_t at = 0;
  for (; at + kStep <= text.size(); at += kStep) {
    const char* step = text.data() + at;
    std::uint32_t found = equal_mask(step, delimiter) | equal_mask(step, '\n');
    const std::size_t count = marks.size();
    marks.resize(count + static_cast<std::size_t>(std::popcount(found)));
    for (std::uint32_t* to = marks.data() + count; found != 0; found &= found - 1) {
      *to++ = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(found));
    }
  }
  mark_bytes(text, at, delimiter, marks);
}

bool has_avx2() {
  static const bool kHas = __builtin_cpu_supports("avx2") != 0;
  return kHas;
}
#endif

}  // namespace

// A step with a CR is looked at byte by byte: its LF may lie in the next one.
TextSurvey survey_portable(std::string_view text) {
  TextSurvey found;
  while (found.bytes + kWord <= text.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + found.bytes, kWord);
    if ((bytes_equal(word, '"') | bytes_equal(word, '\r')) == 0) {
      found.line_ends += static_cast<std::uint64_t>(std::popcount(bytes_equal(word, '\n')));
      found.bytes += kWord;
      continue;
    }
    const std::size_t step_end = found.bytes + kWord;
    while (found.bytes < step_end) {
      if (is_odd(text, found.bytes)) return found;
      if (text[found.bytes++] == '\n') ++found.line_ends;
    }
  }
  return survey_bytes(text, found);
}

void find_marks_portable(std::string_view text, char delimiter,
                         std::vector<std::uint32_t>& marks) {
  std::size_t at = 0;
  for (; at + kWord <= text.size(); at += kWord) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, kWord);
    if ((bytes_equal(word, delimiter) | bytes_equal(word, '\n')) == 0) continue;
    mark_bytes(text.substr(0, at + kWord), at, delimiter, marks);
  }
  mark_bytes(text, at, delimiter, marks);
}

#if defined(XIZE_HAS_AVX2)
TextSurvey survey(std::string_view text) {
  return has_avx2() ? survey_avx2(text) : survey_portable(text);
}

void find_marks(std::string_view text, char delimiter, std::vector<std::uint32_t>& marks) {
  if (has_avx2()) return find_marks_avx2(text, delimiter, marks);
  find_marks_portable(text, delimiter, marks);
}
#else
TextSurvey survey(std::string_view text) { return survey_portable(text); }

void find_marks(std::string_view text, char delimiter, std::vector<std::uint32_t>& marks) {
  find_marks_portable(text, delimiter, marks);
}
#endif

}  // namespace xize::io
