#include "runtime/io/short_dates.h"

#include "runtime/io/four_cells.h"
#include "runtime/io/short_cell.h"

namespace xize::io {
namespace {

// Where the days go, and the rows without one.
struct Days {
  std::int64_t* days;
  RowList& others;
};

void read_one(const ShortDates& task, std::size_t row, MonthTable& months, const Days& out) {
  const std::string_view text = task.texts[row];
  const auto date = read_short_date(text.data(), text.size());
  const auto found = date ? months.days(*date) : std::nullopt;
  out.days[row] = found.value_or(0);
  out.others.add_if(!found || *found < task.low || *found > task.high, row);
}

#if defined(XIZE_HAS_AVX2)
// By cell 64 bits: the month since the year 0, the day in it, and all ones if it is spelt as a
// date with a month from 1 to 12.
struct FourDates {
  __m256i months;
  __m256i days;
  __m256i are_right;
};

__attribute__((target("avx2"))) FourDates four_dates(const CellTexts& texts, std::size_t row) {
  const FourCells cells = four_cells(texts, row);
  const __m256i head = load_four(texts.text, cells.begins);
  const __m256i tail = _mm256_and_si256(load_four(texts.text + 8, cells.begins),
                                        _mm256_set1_epi64x(0xffff));
  const __m256i separator_bytes = _mm256_set1_epi64x(static_cast<long long>(0xff0000ff00000000u));
  const __m256i separators = _mm256_and_si256(head, separator_bytes);
  // `-` or `/`, twice the same.
  const __m256i are_separated =
      _mm256_or_si256(_mm256_cmpeq_epi64(separators, _mm256_set1_epi64x(0x2d00002d00000000)),
                      _mm256_cmpeq_epi64(separators, _mm256_set1_epi64x(0x2f00002f00000000)));
  const __m256i digits =
      _mm256_andnot_si256(separator_bytes, _mm256_xor_si256(head, _mm256_set1_epi8('0')));
  const __m256i day_digits = _mm256_xor_si256(tail, _mm256_set1_epi64x(0x3030));
  // Tens and ones; those of the month lie in two pairs.
  const __m256i pairs =
      _mm256_maddubs_epi16(digits, _mm256_set1_epi64x(0x00010a00010a010aLL));
  const __m256i year_and_month =
      _mm256_madd_epi16(pairs, _mm256_set1_epi64x(0x0001000100010064LL));
  const __m256i month = _mm256_srli_epi64(year_and_month, 32);
  const __m256i are_dates = _mm256_and_si256(
      _mm256_and_si256(_mm256_cmpeq_epi64(cells.bytes, _mm256_set1_epi64x(10)), are_separated),
      _mm256_and_si256(are_digits(digits), are_digits(day_digits)));
  const __m256i are_months =
      _mm256_and_si256(_mm256_cmpgt_epi64(month, _mm256_setzero_si256()),
                       _mm256_cmpgt_epi64(_mm256_set1_epi64x(13), month));
  return {_mm256_add_epi64(_mm256_mul_epu32(year_and_month, _mm256_set1_epi64x(12)), month),
          _mm256_maddubs_epi16(day_digits, _mm256_set1_epi64x(0x010a)),
          _mm256_and_si256(are_dates, are_months)};
}

// The upper halves as numbers with a sign.
__attribute__((target("avx2"))) __m256i upper_halves(__m256i words) {
  const __m256i odd = _mm256_setr_epi32(1, 3, 5, 7, 0, 0, 0, 0);
  return _mm256_cvtepi32_epi64(
      _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(words, odd)));
}

__attribute__((target("avx2"))) void read_avx2(const ShortDates& task, MonthTable& months,
                                               std::int64_t* days, RowList& others) {
  static_assert(sizeof(MonthTable::Entry) == sizeof(std::uint64_t));
  const char* const entries = reinterpret_cast<const char*>(months.entries());
  const __m256i low = _mm256_set1_epi64x(task.low);
  const __m256i high = _mm256_set1_epi64x(task.high);
  std::size_t row = 0;
  for (; row + 4 <= task.count; row += 4) {
    const FourDates dates = four_dates(task.texts, row);
    const __m256i place =
        _mm256_and_si256(dates.months, _mm256_set1_epi64x(MonthTable::kMonths - 1));
    const __m256i entry = load_four(entries, _mm256_slli_epi64(place, 3));
    const __m256i length = _mm256_and_si256(entry, _mm256_set1_epi64x(0xff));
    const __m256i month =
        _mm256_and_si256(_mm256_srli_epi64(entry, 8), _mm256_set1_epi64x(0xffffff));
    const __m256i day = _mm256_add_epi64(upper_halves(entry), dates.days);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(days + row), day);
    const __m256i wrong =
        _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi64(dates.days, _mm256_setzero_si256()),
                                        _mm256_cmpgt_epi64(dates.days, length)),
                        _mm256_or_si256(_mm256_cmpgt_epi64(low, day),
                                        _mm256_cmpgt_epi64(day, high)));
    const __m256i right = _mm256_andnot_si256(
        wrong, _mm256_and_si256(dates.are_right, _mm256_cmpeq_epi64(month, dates.months)));
    const int is_right = _mm256_movemask_pd(_mm256_castsi256_pd(right));
    if (is_right == 0xf) continue;
    for (std::size_t i = 0; i < 4; ++i) {
      if ((is_right >> i & 1) == 0) read_one(task, row + i, months, {days, others});
    }
  }
  for (; row < task.count; ++row) read_one(task, row, months, {days, others});
}
#endif

}  // namespace

bool MonthTable::enter(const value::CivilDate& date) {
  const auto first = value::make_date(date.year, date.month, 1);
  if (!first) return false;
  const value::Date last = value::last_day(value::month_of(*first));
  const int month = date.year * 12 + date.month;
  const std::int32_t length = last.days - first->days + 1;
  months_[static_cast<std::size_t>(month) % kMonths] = {
      static_cast<std::uint32_t>(month << 8 | length), first->days - 1};
  return true;
}

void read_short_dates_portable(const ShortDates& task, MonthTable& months, std::int64_t* days,
                               RowList& others) {
  for (std::size_t row = 0; row < task.count; ++row) read_one(task, row, months, {days, others});
}

void read_short_dates(const ShortDates& task, MonthTable& months, std::int64_t* days,
                      RowList& others) {
#if defined(XIZE_HAS_AVX2)
  if (has_avx2()) return read_avx2(task, months, days, others);
#endif
  read_short_dates_portable(task, months, days, others);
}

}  // namespace xize::io
