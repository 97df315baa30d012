#include "runtime/io/csv_scanner.h"

#include <utility>

namespace xize::io {

CsvScanner::CsvScanner(char delimiter, std::uint64_t first_line, RowHandler on_row)
    : delimiter_(delimiter), on_row_(std::move(on_row)), line_(first_line) {
  open_cell();
  open_.text_begin = 0;
}

std::optional<CsvFault> CsvScanner::feed(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t plain = take_plain(text, at);
    at += plain;
    text_offset_ += plain;
    if (auto fault = over_limit()) return fault;
    if (at == text.size()) break;
    take_special(text[at++]);
    ++text_offset_;
  }
  return std::nullopt;
}

std::optional<CsvFault> CsvScanner::finish() {
  if (auto fault = over_limit()) return fault;
  if (state_ == State::Quoted) return fault_here(CsvFault::Kind::UnclosedQuote);
  close_row();
  return std::nullopt;
}

void CsvScanner::pass(std::uint64_t bytes, std::uint64_t lines) {
  text_offset_ += bytes;
  line_ += lines;
  open_cell();
  open_.text_begin = text_offset_;
}

// Takes the run of characters at `at` that mean nothing but themselves; gives its length.
std::size_t CsvScanner::take_plain(std::string_view text, std::size_t at) {
  std::size_t end = at;
  if (state_ == State::Quoted) {
    while (end < text.size() && text[end] != '"' && text[end] != '\n' && text[end] != '\r') ++end;
  } else {
    while (end < text.size() && text[end] != '"' && text[end] != '\n' && text[end] != '\r' &&
           text[end] != delimiter_) {
      ++end;
    }
  }
  if (end == at) return 0;
  after_cr_ = false;
  if (state_ == State::CellStart) state_ = State::Bare;
  if (state_ == State::QuoteInQuoted) {
    state_ = State::Behind;
    open_.stray_quote = true;
  }
  bytes_.append(text.substr(at, end - at));
  return end - at;
}

// Takes a quote, a delimiter or part of a line end.
void CsvScanner::take_special(char c) {
  if (c == '\n' || c == '\r') {
    take_line_end(c);
    return;
  }
  after_cr_ = false;
  if (state_ == State::Quoted) {
    take_in_quotes(c);
  } else if (c == delimiter_) {
    close_cell();
  } else if (state_ == State::CellStart) {
    state_ = State::Quoted;
    open_.quoted = true;
  } else if (state_ == State::QuoteInQuoted) {
    bytes_.push_back('"');
    state_ = State::Quoted;
  } else {
    bytes_.push_back('"');
    open_.stray_quote = true;
  }
}

void CsvScanner::take_in_quotes(char c) {
  if (c == '"') {
    state_ = State::QuoteInQuoted;
  } else {
    bytes_.push_back(c);
  }
}

// CRLF is one line end, so the LF behind a CR only completes it.
void CsvScanner::take_line_end(char c) {
  const bool completes = c == '\n' && after_cr_;
  after_cr_ = c == '\r';
  if (state_ == State::Quoted) {
    bytes_.push_back(c);
    line_ += completes ? 0 : 1;
    return;
  }
  if (completes) {
    open_.text_begin = text_offset_ + 1;
    return;
  }
  close_row();
  ++line_;
  open_cell();
  open_.text_begin = text_offset_ + 1;
}

void CsvScanner::open_cell() {
  state_ = State::CellStart;
  open_ = CsvCell{};
  open_.line = line_;
  open_.text_begin = text_offset_ + 1;
  open_begin_ = bytes_.size();
  if (extents_.empty()) row_line_ = line_;
}

void CsvScanner::close_cell() {
  open_.text_end = text_offset_;
  cells_.push_back(open_);
  extents_.push_back({open_begin_, bytes_.size()});
  open_cell();
}

void CsvScanner::close_row() {
  const bool blank_line = extents_.empty() && state_ == State::CellStart;
  if (!blank_line) {
    close_cell();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const Extent extent = extents_[i];
      cells_[i].text = std::string_view(bytes_).substr(extent.begin, extent.end - extent.begin);
    }
    on_row_(CsvRow{row_line_, cells_});
  }
  bytes_.clear();
  extents_.clear();
  cells_.clear();
}

std::optional<CsvFault> CsvScanner::over_limit() const {
  if (cells_.size() >= kRowCellsMax) return fault_here(CsvFault::Kind::TooManyCells);
  if (bytes_.size() <= kRowBytesMax && bytes_.size() - open_begin_ <= kCellBytesMax) {
    return std::nullopt;
  }
  // A quote that opened lines ago is more likely unclosed than meant.
  const bool runaway = state_ == State::Quoted && line_ != open_.line;
  return fault_here(runaway ? CsvFault::Kind::UnclosedQuote : CsvFault::Kind::TooLong);
}

CsvFault CsvScanner::fault_here(CsvFault::Kind kind) const {
  return {kind, open_.line, static_cast<std::uint32_t>(cells_.size() + 1)};
}

}  // namespace xize::io
