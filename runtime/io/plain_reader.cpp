#include "runtime/io/plain_reader.h"

#include <algorithm>
#include <mutex>
#include <thread>
#include <utility>

#include <oneapi/tbb/task_group.h>

#include "runtime/io/text_marks.h"

namespace xize::io {
namespace {

// Odd rows that stand closer together are one piece.
constexpr std::size_t kNearBytes = 1 << 12;

}  // namespace

// Some rows on their way.
struct PlainReader::Piece {
  PlainPiece rows;
  bool is_plain = true;
  tbb::task_group reading;
};

PlainReader::PlainReader(const File& file)
    : file_(file),
      line_(file.scanner.line()),
      pieces_max_(2 * std::size_t{std::thread::hardware_concurrency()} + 1) {}

PlainReader::~PlainReader() {
  for (auto& piece : pieces_) piece->reading.wait();
}

std::optional<CsvFault> PlainReader::take(std::string_view text) {
  if (only_scanner_) return file_.scanner.feed(text);
  text_ += text;
  return text_.size() - text_begin_ < kPieceBytes ? std::nullopt : cut(false);
}

std::optional<CsvFault> PlainReader::finish() {
  return only_scanner_ ? std::nullopt : cut(true);
}

std::optional<CsvFault> PlainReader::stop() {
  if (!only_scanner_) {
    if (auto fault = cut(false)) return fault;
    drain();
  }
  return fault_;
}

// Makes pieces of the whole rows at hand.
std::optional<CsvFault> PlainReader::cut(bool at_end) {
  const std::size_t last_end = text_.rfind('\n');
  const std::size_t end = last_end == std::string::npos || last_end < text_begin_ ? text_begin_
                                                                                  : last_end + 1;
  while (text_begin_ < end && !fault_) {
    const std::string_view text = std::string_view(text_).substr(text_begin_, end - text_begin_);
    const TextSurvey found = survey(text.substr(0, find_long_line(text)));
    const bool all_plain = found.bytes == text.size();
    const std::size_t plain = text.substr(0, found.bytes).rfind('\n') + 1;
    if (plain > 0) start(text.substr(0, plain), found.line_ends, true);
    if (all_plain) break;
    const auto odd_end = end_of_odd_rows(text_begin_, end);
    if (!odd_end) break;
    start(std::string_view(text_).substr(text_begin_, *odd_end - text_begin_),
          odd_end_line_ - line_, false);
  }
  if (fault_) return fault_;
  const bool too_long = text_.size() - text_begin_ > kRowBytesMax;
  if (at_end || too_long) return feed_rest();
  text_.erase(0, text_begin_);
  text_begin_ = 0;
  return std::nullopt;
}

std::optional<std::size_t> PlainReader::end_of_odd_rows(std::size_t begin, std::size_t end) {
  CsvScanner looking(file_.delimiter, line_, [](const CsvRow&) {});
  const std::string_view text(text_);
  while (begin < end) {
    const std::size_t line_end = text.find('\n', begin) + 1;
    // What is wrong here will be said by the scanner that reads it.
    if (looking.feed(text.substr(begin, line_end - begin))) return std::nullopt;
    begin = line_end;
    if (!looking.at_row_start()) continue;
    const std::size_t near = std::min(kNearBytes, end - begin);
    if (survey(text.substr(begin, near)).bytes < near) continue;
    odd_end_line_ = looking.line();
    return begin;
  }
  if (!looking.at_row_start()) return std::nullopt;
  odd_end_line_ = looking.line();
  return begin;
}

std::string_view PlainReader::waiting() const {
  return std::string_view(text_).substr(text_begin_);
}

// The next parts of the file are looked at while those before are read.
std::uint64_t PlainReader::take_far(const Far& far) {
  text_.clear();
  text_begin_ = 0;
  std::deque<std::unique_ptr<Piece>> ahead;
  std::uint64_t begin = far.offset;  // of the next part
  std::uint64_t taken = far.offset;
  for (;;) {
    for (; ahead.size() < pieces_max_ && begin < far.file.size(); begin += kPieceBytes) {
      ahead.push_back(look_at(far, begin));
    }
    if (ahead.empty()) break;
    auto piece = std::move(ahead.front());
    ahead.pop_front();
    piece->reading.wait();
    if (!piece->is_plain || fault_) break;
    taken = piece->rows.text_begin + piece->rows.text.size();
    start(std::move(piece));
  }
  for (auto& piece : ahead) piece->reading.wait();
  return taken;
}

std::unique_ptr<PlainReader::Piece> PlainReader::look_at(const Far& far, std::uint64_t begin) {
  auto piece = new_piece();
  const PlainPiece::Part part{begin, std::min(begin + kPieceBytes, far.file.size()),
                              begin == far.offset, far.ascii_only};
  piece->reading.run([&file = far.file, part, &piece = *piece] {
    piece.is_plain = piece.rows.read_text(file, part);
  });
  return piece;
}

std::unique_ptr<PlainReader::Piece> PlainReader::new_piece() {
  if (free_pieces_.empty()) return std::make_unique<Piece>();
  auto piece = std::move(free_pieces_.back());
  free_pieces_.pop_back();
  piece->rows.clear();
  return piece;
}

void PlainReader::start(std::string_view text, std::uint64_t lines, bool is_plain) {
  auto piece = new_piece();
  piece->rows.set_text(text);
  piece->rows.line_ends = lines;
  piece->is_plain = is_plain;
  text_begin_ += text.size();
  start(std::move(piece));
}

void PlainReader::start(std::unique_ptr<Piece> started) {
  Piece& piece = *pieces_.emplace_back(std::move(started));
  piece.rows.first_line = line_;
  line_ += piece.rows.line_ends;
  if (piece.is_plain) piece.reading.run([this, &piece] { file_.plain.read(piece.rows); });
  while (pieces_.size() > pieces_max_) {
    finish_piece(*pieces_.front());
    free_pieces_.push_back(std::move(pieces_.front()));
    pieces_.pop_front();
  }
}

// The scanner reads on from here by itself.
std::optional<CsvFault> PlainReader::feed_rest() {
  drain();
  if (fault_) return fault_;
  only_scanner_ = true;
  return file_.scanner.feed(std::string_view(text_).substr(text_begin_));
}

void PlainReader::drain() {
  for (auto& piece : pieces_) finish_piece(*piece);
  pieces_.clear();
}

void PlainReader::finish_piece(Piece& piece) {
  piece.reading.wait();
  if (fault_) return;
  PlainPiece& rows = piece.rows;
  const std::string_view text = rows.text;
  const std::lock_guard lock(file_.plain.pool_mutex());
  if (!piece.is_plain) {
    fault_ = file_.scanner.feed(text);
    return;
  }
  std::size_t at = 0;
  std::uint64_t line = rows.first_line;
  for (const HandedLine& handed : rows.handed) {
    file_.handler.take_plain(rows, handed.line);
    file_.scanner.pass(handed.begin - at, handed.line - line);
    fault_ = file_.scanner.feed(text.substr(handed.begin, handed.end - handed.begin));
    if (fault_) return;
    at = handed.end;
    line = handed.line + 1;
  }
  file_.handler.take_plain(rows, kAllLines);
  file_.scanner.pass(text.size() - at, rows.first_line + rows.line_ends - line);
  file_.rows.pass(rows.rows);
}

}  // namespace xize::io
