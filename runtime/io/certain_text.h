// certain_text: texts that need no closer look.
// In: cells of a column. Out: whether the cell reader would take each for a text as it stands.
#pragma once

#include <cstddef>
#include <string_view>

#include "runtime/table/schema.h"

namespace xize::io {

class CertainText {
 public:
  explicit CertainText(const table::ColumnSchema& column);

  // True if the text certainly says something: it is not blank, not 不涉及 in any spelling, no
  // number that a spreadsheet cut, no spreadsheet error. False says nothing.
  [[nodiscard]] bool operator()(std::string_view text) const;
  // The same of a text that is plainly folded.
  [[nodiscard]] bool is_folded_one(std::string_view text) const;

 private:
  std::size_t not_applicable_bytes_ = 0;  // of its longest spelling
};

}  // namespace xize::io
