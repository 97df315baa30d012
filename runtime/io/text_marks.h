// text_marks: where the delimiters and line ends of a text stand, found many bytes at a time.
// In: UTF-8. Out: positions. With AVX2 where the machine has it (asked at run time), else eight
// bytes at a time; both give the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace xize::io {

// What is known of a text before anybody reads it: how far it goes without a quote and without a
// CR that has no LF behind it, and how many LFs are there until then.
struct TextSurvey {
  std::uint64_t line_ends = 0;
  std::size_t bytes = 0;
};

// A CR at the very end of the text counts as one without LF.
TextSurvey survey(std::string_view text);

// Appends the positions of all delimiters and LFs, ascending.
void find_marks(std::string_view text, char delimiter, std::vector<std::uint32_t>& marks);

// The same without AVX2, for tests.
TextSurvey survey_portable(std::string_view text);
void find_marks_portable(std::string_view text, char delimiter, std::vector<std::uint32_t>& marks);

}  // namespace xize::io
