// source: a policy file as valid UTF-8 text within limits, and places in it.
// In: a path or a text. Out: a File that owns the text; spans and locations refer into it. Files
// that it imports are appended: their text stands behind its own, in the same count of bytes.
// Must hold: text is valid UTF-8 without a BOM, at most kFileBytesMax bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/source/span.h"

namespace xize::source {

inline constexpr std::size_t kFileBytesMax = 16u << 20;

// One-based line and column; the column counts code points, as an editor's status line does.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// One loaded policy file. The texts of the files that it imports stand behind its own, so that one
// number says where something is; `locate` says in which of them.
class File {
 public:
  File(std::string path, std::string text);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view slice(Span span) const;

  // Puts another file's text behind this one's; gives the byte at which it begins.
  std::uint32_t append(File part);
  // The file that a place of the whole text belongs to, and where it is in that file.
  struct Located {
    const File* file;
    Span span;
  };
  [[nodiscard]] Located locate(Span span) const;

  // In the file that the byte belongs to.
  [[nodiscard]] LineColumn line_column(std::uint32_t byte_offset) const;
  // The text of a one-based line of this file itself, without its line end.
  [[nodiscard]] std::string_view line(std::uint32_t line_number) const;
  [[nodiscard]] std::uint32_t line_count() const;
  // The byte at which a one-based line begins.
  [[nodiscard]] std::uint32_t line_begin(std::uint32_t line_number) const;

 private:
  std::string path_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
  struct Part {
    std::uint32_t begin;
    std::shared_ptr<const File> file;
  };
  std::vector<Part> parts_;  // in order
};

// Why a file could not be loaded.
enum class LoadFault : std::uint8_t {
  NotFound,
  IsDirectory,
  Unreadable,
  TooLarge,
  Empty,
  NotUtf8,    // and not another encoding that was recognised
  LooksGbk,   // not UTF-8, but valid GB18030: the remedy is to convert
  LooksUtf16,
  NotText,  // an office document, a PDF, or other binary content
};

// A load that failed: the fault, the path and, for NotUtf8, where the first bad byte stands; for
// Unreadable, what the system said.
struct LoadError {
  LoadFault fault = LoadFault::NotFound;
  std::string path;
  std::uint64_t offset = 0;
  LineColumn place = {};
  std::string reason = {};
};

// Reads `path` (`-` is standard input). Accepts and removes a UTF-8 BOM. Reads at most one byte
// beyond the limit, whatever the size.
std::variant<File, LoadError> load(const std::string& path);

// The same checks for bytes that are already in memory, e.g. an editor's buffer.
std::variant<File, LoadError> load_bytes(std::string path, std::string bytes);

}  // namespace xize::source
