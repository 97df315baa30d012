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

// Adds marks to arrays that have room for them. Inlined, so that it is compiled for AVX2 too.
class MarkWriter {
 public:
  static constexpr std::size_t kAtOnce = 8;

  MarkWriter(TextMarks& marks, std::size_t bytes) : marks_(marks) {
    if (marks.ends.size() < bytes + 1 + kAtOnce) marks.ends.resize(bytes + 1 + kAtOnce);
    if (marks.last_cells.size() < bytes + 1) marks.last_cells.resize(bytes + 1);
    marks.ends[0] = TextMarks::kBeforeText;
    marks.last_cells[0] = 0;
  }
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

#if defined(XIZE_HAS_AVX2)
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
    const std::uint32_t quotes = equal_mask(step, '"');
    const std::uint32_t lone_crs = equal_mask(step, '\r') & ~equal_mask(step + 1, '\n');
    if ((quotes | lone_crs) != 0) break;
    found.line_ends += static_cast<std::uint64_t>(std::popcount(line_ends));
  }
  return survey_bytes(text, found);
}

__attribute__((target("avx2,bmi,popcnt"))) void find_marks_avx2(std::string_view text,
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

bool has_avx2() {
  static const bool kHas =
      __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0;
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

void find_marks_portable(std::string_view text, char delimiter, TextMarks& marks) {
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

#if defined(XIZE_HAS_AVX2)
TextSurvey survey(std::string_view text) {
  return has_avx2() ? survey_avx2(text) : survey_portable(text);
}

void find_marks(std::string_view text, char delimiter, TextMarks& marks) {
  if (has_avx2()) return find_marks_avx2(text, delimiter, marks);
  find_marks_portable(text, delimiter, marks);
}
#else
TextSurvey survey(std::string_view text) { return survey_portable(text); }

void find_marks(std::string_view text, char delimiter, TextMarks& marks) {
  find_marks_portable(text, delimiter, marks);
}
#endif

}  // namespace xize::io
