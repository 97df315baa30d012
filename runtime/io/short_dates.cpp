#include "runtime/io/short_dates.h"

#include "runtime/io/short_cell.h"

#define XIZE_VECTOR_CODE "runtime/io/vector_dates.inc"
#include "runtime/io/each_vectors.inc"

namespace xize::io {

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

void read_short_dates(const ShortDates& task, MonthTable& months, std::int64_t* days,
                      RowList& others) {
  const auto read_one = [&](std::size_t row) {
    const std::string_view text = task.texts[row];
    const auto date = read_short_date(text.data(), text.size());
    const auto found = date ? months.days(*date) : std::nullopt;
    days[row] = found.value_or(0);
    others.add_if(!found || *found < task.low || *found > task.high, row);
  };
  std::size_t row = 0;
#if defined(__x86_64__)
  if (task.vectors == Vectors::Avx512) row = avx512::read_dates(task, months, days, read_one);
  if (task.vectors == Vectors::Avx2) row = avx2::read_dates(task, months, days, read_one);
#endif
  for (; row < task.count; ++row) read_one(row);
}

}  // namespace xize::io
