// CSV files of the bench: a writer, and a reader of whole lines in chunks, for several threads.
// Nothing is quoted here: no cell of the workloads has a comma or a line end.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace xize::bench {

// `number` with leading zeros, `digits` of them at least.
std::string padded(long number, int digits);

// Writes cells one after the other; a failure is kept until `close`.
class CsvWriter {
 public:
  CsvWriter(const std::string& path, std::string_view head);
  ~CsvWriter();
  CsvWriter(const CsvWriter&) = delete;
  CsvWriter& operator=(const CsvWriter&) = delete;
  CsvWriter(CsvWriter&&) = delete;
  CsvWriter& operator=(CsvWriter&&) = delete;

  CsvWriter& text(std::string_view cell);
  CsvWriter& number(long value);
  CsvWriter& tenths(long value);       // 95 is written 9.5
  CsvWriter& thousandths(long value);  // 950 is written 0.95
  void end_line();
  // Whether everything was written.
  bool close();

 private:
  void decimal(long value, long scale);
  void flush();

  std::FILE* file_;
  std::string buffer_;
  bool sound_;
};

// Gives the lines behind the head in chunks of about `kChunkBytes`, each line once, to whichever
// thread asks. A chunk has its place in the file, so that results can be put in order again.
class LineChunks {
 public:
  static constexpr std::size_t kChunkBytes = std::size_t{1} << 18;
  static constexpr std::size_t kSlack = 512;  // no line is longer; readable behind a chunk

  explicit LineChunks(const std::string& path);
  ~LineChunks();
  LineChunks(const LineChunks&) = delete;
  LineChunks& operator=(const LineChunks&) = delete;
  LineChunks(LineChunks&&) = delete;
  LineChunks& operator=(LineChunks&&) = delete;

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] std::size_t chunks() const { return (size_ + kChunkBytes - 1) / kChunkBytes; }
  // The next chunk's number and its lines, which stand in `buffer`; false after the last.
  // Behind the lines `kSlack` bytes can be read.
  bool next(std::vector<char>& buffer, std::size_t& chunk, std::string_view& lines);

 private:
  int descriptor_;
  std::size_t size_ = 0;
  std::atomic<std::size_t> next_ = 0;
};

// The first cell of each line, in the order of the file.
std::vector<std::string> first_cells(LineChunks& chunks);

}  // namespace xize::bench
