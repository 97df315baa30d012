#include "runtime/io/certain_text.h"

#include <algorithm>
#include <string>

#include "runtime/io/name_match.h"

namespace xize::io {

CertainText::CertainText(const table::ColumnSchema& column)
    : not_applicable_bytes_(std::string_view("不涉及").size()) {
  for (const std::string& spelling : column.not_applicable) {
    not_applicable_bytes_ = std::max(not_applicable_bytes_, spelling.size());
  }
}

// Folding makes no text shorter that is plainly folded, and others at most to a quarter.
bool CertainText::operator()(std::string_view text) const {
  return is_folded_one(text) &&
         (is_plainly_folded(text) || text.size() > 4 * not_applicable_bytes_);
}

bool CertainText::is_folded_one(std::string_view text) const {
  if (text.size() <= not_applicable_bytes_) return false;  // or blank
  const auto head = static_cast<unsigned char>(text.front());
  if (head >= '0' && head <= '9') return text.find('+') == std::string_view::npos;
  return (head >= 'A' && head <= 'Z') || (head >= 'a' && head <= 'z') ||
         (head >= 0xe4 && head <= 0xe9);
}

}  // namespace xize::io
