#include "tools/bench/csv_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>

#include <sys/stat.h>

namespace xize::bench {

namespace {
constexpr std::size_t kFlushBytes = std::size_t{1} << 20;
}

std::string padded(long number, int digits) {
  std::string text = std::to_string(number);
  const auto wanted = static_cast<std::size_t>(digits);
  return text.size() < wanted ? std::string(wanted - text.size(), '0') + text : text;
}

CsvWriter::CsvWriter(const std::string& path, std::string_view head)
    : file_(std::fopen(path.c_str(), "wb")), buffer_(head), sound_(file_ != nullptr) {
  buffer_ += '\n';
}

CsvWriter::~CsvWriter() { close(); }

CsvWriter& CsvWriter::text(std::string_view cell) {
  buffer_.append(cell).push_back(',');
  return *this;
}

CsvWriter& CsvWriter::number(long value) { return text(std::to_string(value)); }

CsvWriter& CsvWriter::tenths(long value) {
  decimal(value, 10);
  return *this;
}

CsvWriter& CsvWriter::thousandths(long value) {
  decimal(value, 1000);
  return *this;
}

void CsvWriter::decimal(long value, long scale) {
  buffer_ += std::to_string(value / scale);
  long rest = value % scale;
  if (rest != 0) buffer_ += '.';
  while (rest != 0) {
    scale /= 10;
    buffer_ += static_cast<char>('0' + rest / scale);
    rest %= scale;
  }
  buffer_ += ',';
}

void CsvWriter::end_line() {
  buffer_.back() = '\n';
  if (buffer_.size() >= kFlushBytes) flush();
}

void CsvWriter::flush() {
  if (sound_) sound_ = std::fwrite(buffer_.data(), 1, buffer_.size(), file_) == buffer_.size();
  buffer_.clear();
}

bool CsvWriter::close() {
  if (file_ == nullptr) return sound_;
  flush();
  sound_ = std::fclose(file_) == 0 && sound_;
  file_ = nullptr;
  return sound_;
}

LineChunks::LineChunks(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY)) {
  struct stat status {};
  if (is_open() && ::fstat(descriptor_, &status) == 0) {
    size_ = static_cast<std::size_t>(status.st_size);
  }
}

LineChunks::~LineChunks() {
  if (is_open()) ::close(descriptor_);
}

// A line belongs to the chunk in which it begins. The byte before a chunk tells whether a line
// begins with it; the head is what stands before the first line end.
bool LineChunks::next(std::vector<char>& buffer, std::size_t& chunk, std::string_view& lines) {
  chunk = next_.fetch_add(1, std::memory_order_relaxed);
  if (chunk >= chunks()) return false;
  const std::size_t begin = chunk == 0 ? 0 : chunk * kChunkBytes - 1;
  const std::size_t end = (chunk + 1) * kChunkBytes;
  buffer.resize(kChunkBytes + 1 + 2 * kSlack);
  const std::size_t wanted = end + kSlack - begin;
  std::size_t got = 0;
  while (got < wanted) {
    const auto n =
        ::pread(descriptor_, buffer.data() + got, wanted - got, static_cast<off_t>(begin + got));
    if (n <= 0) break;
    got += static_cast<std::size_t>(n);
  }
  std::memset(buffer.data() + got, 0, buffer.size() - got);
  const std::string_view all(buffer.data(), got);
  const std::size_t first = all.find('\n');
  const std::size_t last = all.find('\n', std::min(end - 1 - begin, got));
  const std::size_t from = first == all.npos ? got : first + 1;
  const std::size_t to = last == all.npos ? got : last + 1;
  lines = all.substr(from, to > from ? to - from : 0);
  return true;
}

std::vector<std::string> first_cells(LineChunks& chunks) {
  std::vector<std::string> cells;
  std::vector<char> buffer;
  std::size_t chunk = 0;
  std::string_view lines;
  while (chunks.next(buffer, chunk, lines)) {
    for (std::size_t end = 0; (end = lines.find('\n')) != lines.npos;
         lines.remove_prefix(end + 1)) {
      cells.emplace_back(lines.substr(0, lines.find_first_of(",\n")));
    }
  }
  return cells;
}

}  // namespace xize::bench
