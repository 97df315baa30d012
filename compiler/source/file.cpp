#include "compiler/source/file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compiler/source/encoding.h"
#include "compiler/source/unicode.h"

namespace xize::source {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

// Owns a file descriptor; standard input is only borrowed.
class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : borrowed_(path == "-"),
        number_(borrowed_ ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0 && !borrowed_) ::close(number_);
  }

  [[nodiscard]] int number() const { return number_; }

 private:
  bool borrowed_;
  int number_;
};

LoadError system_fault(const std::string& path, int error) {
  LoadError fault{.path = path, .reason = std::strerror(error)};
  const bool absent = error == ENOENT || error == ENOTDIR;
  fault.fault = absent             ? LoadFault::NotFound
                : error == EISDIR ? LoadFault::IsDirectory
                                  : LoadFault::Unreadable;
  return fault;
}

// Reads until the end, or one byte beyond the limit. Returns errno, 0 for success.
int read_bounded(int descriptor, std::string& bytes) {
  constexpr std::size_t kChunkBytes = 256u << 10;
  while (bytes.size() <= kFileBytesMax) {
    const auto old_size = bytes.size();
    bytes.resize(std::min(old_size + kChunkBytes, kFileBytesMax + 1));
    const auto got = ::read(descriptor, bytes.data() + old_size, bytes.size() - old_size);
    bytes.resize(old_size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return 0;
    if (got < 0 && errno != EINTR) return errno;
  }
  return 0;
}

// One-based line and column of a byte; columns count code points, a bad byte counts as one.
LineColumn place_of(std::string_view bytes, std::size_t offset) {
  const auto before = bytes.substr(0, offset);
  const auto lines = std::ranges::count(before, '\n');
  const auto line_start = before.rfind('\n');
  const auto in_line =
      line_start == std::string_view::npos ? before : before.substr(line_start + 1);
  return {static_cast<std::uint32_t>(lines + 1),
          static_cast<std::uint32_t>(to_code_points(in_line).size() + 1)};
}

}  // namespace

File::File(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

std::string_view File::slice(Span span) const {
  const auto begin = std::min<std::size_t>(span.begin, text_.size());
  const auto end = std::clamp<std::size_t>(span.end, begin, text_.size());
  return std::string_view(text_).substr(begin, end - begin);
}

std::uint32_t File::append(File part) {
  text_ += '\n';
  const auto begin = static_cast<std::uint32_t>(text_.size());
  text_ += part.text_;
  parts_.push_back({begin, std::make_shared<const File>(std::move(part))});
  return begin;
}

File::Located File::locate(Span span) const {
  const auto after = std::ranges::upper_bound(parts_, span.begin, {}, &Part::begin);
  if (after == parts_.begin()) return {this, span};
  const Part& part = *std::prev(after);
  return {part.file.get(), {span.begin - part.begin, span.end - part.begin}};
}

LineColumn File::line_column(std::uint32_t byte_offset) const {
  const Located at = locate({byte_offset, byte_offset});
  if (at.file != this) return at.file->line_column(at.span.begin);
  const auto offset = std::min(byte_offset, static_cast<std::uint32_t>(text_.size()));
  const auto after = std::ranges::upper_bound(line_starts_, offset);
  const auto line = static_cast<std::uint32_t>(after - line_starts_.begin());
  const auto in_line = slice({line_starts_[line - 1], offset});
  // Every byte that is not a continuation byte begins a code point.
  const auto points = std::ranges::count_if(
      in_line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80; });
  return {line, static_cast<std::uint32_t>(points + 1)};
}

std::string_view File::line(std::uint32_t line_number) const {
  if (line_number == 0 || line_number > line_count()) return {};
  const auto begin = line_starts_[line_number - 1];
  const auto own_end = static_cast<std::uint32_t>(parts_.empty() ? text_.size()
                                                                 : parts_.front().begin - 1);
  const auto end =
      line_number < line_starts_.size() ? line_starts_[line_number] - 1 : own_end;
  auto text = slice({begin, end});
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::uint32_t File::line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }

std::uint32_t File::line_begin(std::uint32_t line_number) const {
  const auto last = line_count();
  return line_starts_[std::clamp<std::uint32_t>(line_number, 1, last) - 1];
}

std::variant<File, LoadError> load_bytes(std::string path, std::string bytes) {
  LoadError error{.path = std::move(path)};
  if (bytes.size() > kFileBytesMax) {
    error.fault = LoadFault::TooLarge;
    return error;
  }
  if (std::string_view(bytes).starts_with(kBom)) bytes.erase(0, kBom.size());
  if (const auto bad = find_encoding_fault(bytes)) {
    error.fault = bad->fault;
    error.offset = bad->offset;
    error.place = place_of(bytes, bad->offset);
    return error;
  }
  if (bytes.find_first_not_of(" \t\r\n") == std::string::npos) {
    error.fault = LoadFault::Empty;
    return error;
  }
  return File(std::move(error.path), std::move(bytes));
}

std::variant<File, LoadError> load(const std::string& path) {
  const Descriptor file(path);
  if (file.number() < 0) return system_fault(path, errno);
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return system_fault(path, errno);
  if (S_ISDIR(status.st_mode)) return system_fault(path, EISDIR);
  if (S_ISREG(status.st_mode) && status.st_size > static_cast<off_t>(kFileBytesMax)) {
    return LoadError{.fault = LoadFault::TooLarge, .path = path};
  }
  std::string bytes;
  if (const int error = read_bounded(file.number(), bytes); error != 0) {
    return system_fault(path, error);
  }
  return load_bytes(path == "-" ? "<stdin>" : path, std::move(bytes));
}

}  // namespace xize::source
