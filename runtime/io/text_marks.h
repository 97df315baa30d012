// text_marks: where the delimiters and line ends of a text stand, found many bytes at a time.
// In: UTF-8. Out: positions. The same with all vectors, and without, eight bytes at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/io/vectors.h"

namespace xize::io {

// What is known of a text before anybody reads it: how far it goes without a quote, a NUL and a CR
// that has no LF behind it, and how many LFs are there until then.
struct TextSurvey {
  std::uint64_t line_ends = 0;
  std::size_t bytes = 0;
};

// A CR at the very end of the text counts as one without LF.
TextSurvey survey(std::string_view text, Vectors vectors = widest_vectors());

// Where the cells and the rows of a text end. Cell c, from 1, ends at ends[c] and begins behind
// ends[c - 1]; row r, from 0, has the cells behind last_cells[r] up to last_cells[r + 1].
// Must hold: 0 in `last_cells`, and in `ends` kBeforeText, stand for what would be before the text.
struct TextMarks {
  static constexpr std::uint32_t kBeforeText = 0xffffffffu;

  std::vector<std::uint32_t> ends;        // cell_count + 1 of them; behind these anything
  std::vector<std::uint32_t> last_cells;  // row_count + 1
  std::size_t cell_count = 0;
  std::size_t row_count = 0;
};

// The marks of a text below 2^32 - 1 bytes that ends with LF, or is empty.
void find_marks(std::string_view text, char delimiter, TextMarks& marks,
                Vectors vectors = widest_vectors());

}  // namespace xize::io
