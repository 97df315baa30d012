#include "runtime/io/plain_piece.h"

#include <algorithm>

#include <simdjson.h>

#include "runtime/io/csv_scanner.h"
#include "runtime/io/short_cell.h"
#include "runtime/io/text_marks.h"

namespace xize::io {
namespace {

// A line that goes on so far behind its part is for the scanner.
constexpr std::size_t kBehindMax = 1 << 16;
constexpr std::size_t kBehindStep = 1 << 12;

bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all = static_cast<unsigned char>(all | static_cast<unsigned char>(c));
  return all < 0x80;
}

bool is_sound(std::string_view text, bool ascii_only) {
  return ascii_only ? is_ascii(text) : simdjson::validate_utf8(text.data(), text.size());
}

}  // namespace

std::size_t find_long_line(std::string_view text) {
  static_assert(kRowCellsMax <= kCellBytesMax && kRowCellsMax <= kRowBytesMax);
  std::size_t begin = 0;
  while (text.size() - begin >= kRowCellsMax) {
    const std::size_t end = text.substr(0, begin + kRowCellsMax).rfind('\n') + 1;
    if (end <= begin) return begin;
    begin = end;
  }
  return std::string_view::npos;
}

void PlainPiece::set_text(std::string_view lines) {
  bytes_.assign(lines);
  bytes_.append(kShortCellSlack, '\0');
  text = std::string_view(bytes_).substr(0, lines.size());
}

bool PlainPiece::read_text(const ByteSource& file, const Part& part) {
  // From the byte before, which tells whether the part begins with a line.
  const std::uint64_t from = part.at_line ? part.begin : part.begin - 1;
  size_ = 0;
  if (!read_bytes(file, from, part.end - from)) return false;
  if (part.end < file.size() && !read_to_line_end(file, part.end)) return false;
  const std::string_view all = std::string_view(bytes_).substr(0, size_);
  const std::size_t begin = part.at_line ? 0 : all.find('\n') + 1;
  const std::size_t end = all.rfind('\n') + 1;
  if (begin >= end || (!part.at_line && begin == 0)) return false;
  text = all.substr(begin, end - begin);
  text_begin = from + begin;
  const TextSurvey found = survey(text);
  line_ends = found.line_ends;
  return found.bytes == text.size() && find_long_line(text) == std::string_view::npos &&
         is_sound(text, part.ascii_only);
}

// Appends; false if the file has fewer.
bool PlainPiece::read_bytes(const ByteSource& file, std::uint64_t from, std::uint64_t count) {
  const std::size_t needed = size_ + count + kShortCellSlack;
  if (bytes_.size() < needed) bytes_.resize(needed);
  const std::size_t got = file.read_at(from, std::span(bytes_).subspan(size_, count));
  size_ += got;
  return got == count;
}

bool PlainPiece::read_to_line_end(const ByteSource& file, std::uint64_t from) {
  const std::uint64_t most = std::min<std::uint64_t>(from + kBehindMax, file.size());
  std::size_t end = size_;
  if (bytes_[end - 1] == '\n') return true;
  while (from < most) {
    const std::uint64_t count = std::min<std::uint64_t>(kBehindStep, most - from);
    if (!read_bytes(file, from, count)) return false;
    from += count;
    const std::size_t found = std::string_view(bytes_).substr(0, size_).find('\n', end);
    end = size_;
    if (found == std::string_view::npos) continue;
    size_ = found + 1;
    return true;
  }
  return from == file.size();  // the last line has no end: it is not in the piece
}

void PlainPiece::clear() {
  handed.clear();
  left.clear();
  keyed.clear();
  key_bytes.clear();
  key_ends.clear();
  rows = late_rows = 0;
  named.clear();
  left_taken = keyed_taken = named_taken = named_rows_taken = 0;
}

}  // namespace xize::io
