#include "runtime/io/text_marks.h"

#include <array>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
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
  if (text[at] == '"' || text[at] == '\0') return true;
  return text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n');
}

// One byte after another, for the rest of a text.
TextSurvey survey_bytes(std::string_view text, TextSurvey found) {
  while (found.bytes < text.size() && !is_odd(text, found.bytes)) {
    if (text[found.bytes++] == '\n') ++found.line_ends;
  }
  return found;
}

// So many marks may be written behind the last one.
constexpr std::size_t kBehind = 64;

// For the marks of so many bytes; those before the text are there.
void make_room(TextMarks& marks, std::size_t bytes) {
  for (auto* numbers : {&marks.ends, &marks.last_cells}) {
    if (numbers->size() < bytes + 1 + kBehind) numbers->resize(bytes + 1 + kBehind);
  }
  marks.ends[0] = TextMarks::kBeforeText;
  marks.last_cells[0] = 0;
}

// Adds marks to arrays that have room for them. Inlined, so that it is compiled for AVX2 too.
class MarkWriter {
 public:
  static constexpr std::size_t kAtOnce = 8;

  MarkWriter(TextMarks& marks, std::size_t bytes) : marks_(marks) { make_room(marks, bytes); }
  MarkWriter(const MarkWriter&) = delete;
  MarkWriter& operator=(const MarkWriter&) = delete;
  ~MarkWriter() {
    marks_.cell_count = cells_;
    marks_.row_count = rows_;
  }

  // A step of text from `at` on, of which `ends` are the ends of cells and `line_ends`, some of
  // them, those of rows.
  [[gnu::always_inline]] void add(std::size_t at, std::uint64_t ends, std::uint64_t line_ends) {
    const auto base = static_cast<std::uint32_t>(at);
    for (std::uint64_t rest = line_ends; rest != 0; rest &= rest - 1) {
      const std::uint64_t until = ends & (rest ^ (rest - 1));
      add_row(cells_ + static_cast<std::size_t>(std::popcount(until)));
    }
    std::uint32_t* to = marks_.ends.data() + cells_ + 1;
    cells_ += static_cast<std::size_t>(std::popcount(ends));
    // Always so many at once: nobody foresees how many there are.
    for (; ends != 0; to += kAtOnce) {
      for (std::size_t i = 0; i < kAtOnce; ++i, ends &= ends - 1) {
        to[i] = base + static_cast<std::uint32_t>(std::countr_zero(ends));
      }
    }
  }
  void add_bytes(std::string_view text, std::size_t at, char delimiter) {
    for (; at < text.size(); ++at) {
      const bool ends_row = text[at] == '\n';
      if (ends_row || text[at] == delimiter) add(at, 1, ends_row ? 1 : 0);
    }
  }

 private:
  void add_row(std::size_t last_cell) {
    marks_.last_cells[++rows_] = static_cast<std::uint32_t>(last_cell);
  }

  TextMarks& marks_;
  std::size_t cells_ = 0;
  std::size_t rows_ = 0;
};

#if defined(__x86_64__)
constexpr std::size_t kStep = 32;

__attribute__((target("avx2"))) std::uint32_t equal_mask(const char* at, char c) {
  const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
  return static_cast<std::uint32_t>(
      _mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c))));
}

__attribute__((target("avx2"))) std::uint64_t equal_mask_of_two(const char* at, char c) {
  return equal_mask(at, c) | std::uint64_t{equal_mask(at + kStep, c)} << kStep;
}

// Steps without anything odd are counted, from there on one looks byte by byte.
__attribute__((target("avx2"))) TextSurvey survey_avx2(std::string_view text) {
  TextSurvey found;
  for (; found.bytes + kStep < text.size(); found.bytes += kStep) {
    const char* step = text.data() + found.bytes;
    const std::uint32_t line_ends = equal_mask(step, '\n');
    const std::uint32_t odd = equal_mask(step, '"') | equal_mask(step, '\0');
    const std::uint32_t lone_crs = equal_mask(step, '\r') & ~equal_mask(step + 1, '\n');
    if ((odd | lone_crs) != 0) break;
    found.line_ends += static_cast<std::uint64_t>(std::popcount(line_ends));
  }
  return survey_bytes(text, found);
}

__attribute__((target("avx2,bmi,popcnt"))) void find_marks_in_32s(std::string_view text,
                                                                  char delimiter,
                                                                  TextMarks& marks) {
  MarkWriter writer(marks, text.size());
  std::size_t at = 0;
  for (; at + 2 * kStep <= text.size(); at += 2 * kStep) {
    const char* step = text.data() + at;
    const std::uint64_t line_ends = equal_mask_of_two(step, '\n');
    writer.add(at, line_ends | equal_mask_of_two(step, delimiter), line_ends);
  }
  writer.add_bytes(text, at, delimiter);
}

#define XIZE_WITH_AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,bmi2,popcnt")))

// Of 64 bytes and the next one.
XIZE_WITH_AVX512 bool has_odd(const char* at) {
  const __m512i bytes = _mm512_loadu_si512(at);
  const __m512i next_bytes = _mm512_loadu_si512(at + 1);
  const std::uint64_t odd = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')) |
                            _mm512_cmpeq_epi8_mask(bytes, _mm512_setzero_si512());
  const std::uint64_t crs = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\r'));
  return (odd | (crs & ~_mm512_cmpeq_epi8_mask(next_bytes, _mm512_set1_epi8('\n')))) != 0;
}

// As survey_avx2. Nearly no byte but line ends comes before the quotation mark.
XIZE_WITH_AVX512 TextSurvey survey_in_64s(std::string_view text) {
  const __m512i line_end = _mm512_set1_epi8('\n');
  const __m512i quote = _mm512_set1_epi8('"');
  TextSurvey found;
  for (; found.bytes + 2 * kStep < text.size(); found.bytes += 2 * kStep) {
    const char* const step = text.data() + found.bytes;
    const __m512i bytes = _mm512_loadu_si512(step);
    const std::uint64_t line_ends = _mm512_cmpeq_epi8_mask(bytes, line_end);
    const std::uint64_t early = _mm512_cmple_epu8_mask(bytes, quote);
    if (early != line_ends && has_odd(step)) break;
    found.line_ends += static_cast<std::uint64_t>(std::popcount(line_ends));
  }
  return survey_bytes(text, found);
}

// Writes the numbers of some bits, `base` added.
XIZE_WITH_AVX512 void write_numbers(__m128i numbers, __m512i base, std::uint32_t* to) {
  _mm512_storeu_si512(to, _mm512_add_epi32(_mm512_cvtepu8_epi32(numbers), base));
}

// Writes the numbers of the bits that are set, `base` added; gives how many. Always 32 of them at
// least: nobody foresees how many there are.
XIZE_WITH_AVX512 std::size_t write_bits(std::uint64_t bits, std::uint32_t base, std::uint32_t* to) {
  alignas(64) static constexpr std::array<std::uint8_t, 64> kNumbers = [] {
    std::array<std::uint8_t, 64> numbers{};
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<std::uint8_t>(i);
    return numbers;
  }();
  const auto count = static_cast<std::size_t>(std::popcount(bits));
  const __m512i packed = _mm512_maskz_compress_epi8(bits, _mm512_load_si512(kNumbers.data()));
  const __m512i bases = _mm512_set1_epi32(static_cast<int>(base));
  write_numbers(_mm512_castsi512_si128(packed), bases, to);
  write_numbers(_mm512_extracti32x4_epi32(packed, 1), bases, to + 16);
  if (count > 32) {
    write_numbers(_mm512_extracti32x4_epi32(packed, 2), bases, to + 32);
    write_numbers(_mm512_extracti32x4_epi32(packed, 3), bases, to + 48);
  }
  return count;
}

// Does every row have `width` cells, so that each so manieth cell, and no other, ends with LF?
bool has_rows_of(std::size_t width, std::string_view text, const TextMarks& marks) {
  if (marks.row_count * width != marks.cell_count) return false;
  char different = 0;
  for (std::size_t cell = width; cell <= marks.cell_count; cell += width) {
    different = static_cast<char>(different | (text[marks.ends[cell]] ^ '\n'));
  }
  return different == 0;
}

// The rows of a text whose cells, and how many rows there are, are known. Mostly all rows are as
// wide as the first one.
void find_rows(std::string_view text, TextMarks& marks) {
  if (marks.cell_count == 0) return;
  std::uint32_t* const last_cells = marks.last_cells.data();
  const auto ends_row = [&](std::uint32_t cell) { return text[marks.ends[cell]] == '\n'; };
  std::uint32_t width = 1;
  while (!ends_row(width)) ++width;
  if (has_rows_of(width, text, marks)) {
    std::uint32_t cell = 0;
    for (std::size_t row = 0; row <= marks.row_count; ++row, cell += width) last_cells[row] = cell;
    return;
  }
  std::size_t rows = 0;
  for (std::uint32_t cell = 1; cell <= marks.cell_count; ++cell) {
    last_cells[rows + 1] = cell;
    rows += ends_row(cell) ? 1 : 0;
  }
}

XIZE_WITH_AVX512 void find_marks_in_64s(std::string_view text, char delimiter, TextMarks& marks) {
  make_room(marks, text.size());
  std::uint32_t* const all_ends = marks.ends.data();
  const __m512i line_end = _mm512_set1_epi8('\n');
  const __m512i cell_end = _mm512_set1_epi8(delimiter);
  std::size_t cells = 0;
  std::size_t rows = 0;
  std::size_t at = 0;
  for (; at + 2 * kStep <= text.size(); at += 2 * kStep) {
    const __m512i step = _mm512_loadu_si512(text.data() + at);
    const std::uint64_t line_ends = _mm512_cmpeq_epi8_mask(step, line_end);
    const std::uint64_t ends = line_ends | _mm512_cmpeq_epi8_mask(step, cell_end);
    rows += static_cast<std::size_t>(std::popcount(line_ends));
    cells += write_bits(ends, static_cast<std::uint32_t>(at), all_ends + cells + 1);
  }
  for (; at < text.size(); ++at) {
    const bool ends_row = text[at] == '\n';
    all_ends[cells + 1] = static_cast<std::uint32_t>(at);
    cells += ends_row || text[at] == delimiter ? 1 : 0;
    rows += ends_row ? 1 : 0;
  }
  marks.cell_count = cells;
  marks.row_count = rows;
  find_rows(text, marks);
}
#endif

// A step with a CR is looked at byte by byte: its LF may lie in the next one.
TextSurvey survey_words(std::string_view text) {
  TextSurvey found;
  while (found.bytes + kWord <= text.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + found.bytes, kWord);
    if ((bytes_equal(word, '"') | bytes_equal(word, '\r') | bytes_equal(word, '\0')) == 0) {
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

void find_marks_in_words(std::string_view text, char delimiter, TextMarks& marks) {
  MarkWriter writer(marks, text.size());
  std::size_t at = 0;
  for (; at + kWord <= text.size(); at += kWord) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, kWord);
    if ((bytes_equal(word, delimiter) | bytes_equal(word, '\n')) == 0) continue;
    writer.add_bytes(text.substr(0, at + kWord), at, delimiter);
  }
  writer.add_bytes(text, at, delimiter);
}

}  // namespace

TextSurvey survey(std::string_view text, [[maybe_unused]] Vectors vectors) {
#if defined(__x86_64__)
  if (vectors == Vectors::Avx512) return survey_in_64s(text);
  if (vectors == Vectors::Avx2) return survey_avx2(text);
#endif
  return survey_words(text);
}

void find_marks(std::string_view text, char delimiter, TextMarks& marks,
                [[maybe_unused]] Vectors vectors) {
#if defined(__x86_64__)
  if (vectors == Vectors::Avx512) return find_marks_in_64s(text, delimiter, marks);
  if (vectors == Vectors::Avx2) return find_marks_in_32s(text, delimiter, marks);
#endif
  find_marks_in_words(text, delimiter, marks);
}

}  // namespace xize::io
