#include "runtime/io/whole_numbers.h"

#define XIZE_VECTOR_CODE "runtime/io/vector_numbers.inc"
#include "runtime/io/each_vectors.inc"

namespace xize::io {

void read_whole_numbers(const WholeNumbers& task, std::int64_t* numbers, RowList& others) {
  std::size_t row = 0;
#if defined(__x86_64__)
  if (task.vectors == Vectors::Avx512) row = avx512::read_numbers(task, numbers, others);
  if (task.vectors == Vectors::Avx2) row = avx2::read_numbers(task, numbers, others);
#endif
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

}  // namespace xize::io
