#include "runtime/io/csv_reader.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/io/csv_preamble.h"
#include "runtime/io/csv_scanner.h"
#include "runtime/io/plain_reader.h"
#include "runtime/io/row_reader.h"
#include "runtime/io/text_decoder.h"

namespace xize::io {
namespace {

constexpr std::uint64_t kFarWaitMax = std::uint64_t{1} << 24;

// Reads one file: pulls chunks and carries them through the stages.
class CsvFileReader {
 public:
  CsvFileReader(ByteSource& bytes, const std::string& file, const CsvContext& context,
                TypedRowHandler& handler)
      : bytes_(bytes),
        context_(context),
        handler_(handler),
        rows_(file, context, handler, [this](std::uint64_t begin, std::uint64_t end) {
          return decoder_.damage_between(scan_begin_ + begin, scan_begin_ + end);
        }) {
    report_.file = file;
    report_.table = context.table_number;
  }

  FileReport run() {
    const bool whole = read_all() && finish();
    report_.encoding = decoder_.encoding();
    report_.rows = rows_.row_count();
    report_.complete = whole && rows_.has_header() && rows_.usable();
    return report_;
  }

 private:
  // False once nothing more can be made of the file, which has been reported.
  bool read_all() {
    std::vector<char> chunk(kChunkBytes);
    for (;;) {
      read_far();
      auto got = bytes_.read(chunk);
      if (const auto* fault = std::get_if<ReadFault>(&got)) {
        if (stop_rows()) report_read_fault(*fault);
        return false;
      }
      const std::size_t count = std::get<std::size_t>(got);
      if (count == 0) return true;
      bytes_read_ += count;
      text_.clear();
      if (const auto fault = decoder_.feed({chunk.data(), count}, text_)) {
        if (stop_rows()) report_decode_fault(*fault);
        return false;
      }
      if (!take_text(false)) return false;
    }
  }

  // Where the rows at hand begin, several cores read on until something is not plain. Then there
  // is a chunk to read here before they are asked again, and more if that was in vain.
  void read_far() {
    if (!plain_ || !plain_->can_take_far() || !decoder_.is_verbatim() ||
        bytes_read_ < far_from_) {
      return;
    }
    const std::string_view waiting = plain_->waiting();
    if (bytes_.size() <= bytes_read_ || waiting.find(kReplacement) != std::string_view::npos) {
      return;
    }
    const std::uint64_t begin = decoder_.take_back(waiting.size());
    const std::uint64_t end =
        plain_->take_far({bytes_, begin, decoder_.encoding() == Encoding::Ascii});
    decoder_.pass(end - begin);
    bytes_.seek(end);
    bytes_read_ = end;
    far_wait_ = end > begin ? kChunkBytes : std::min(2 * far_wait_, kFarWaitMax);
    far_from_ = end + far_wait_;
  }

  bool finish() {
    text_.clear();
    if (const auto fault = decoder_.finish(text_)) {
      if (stop_rows()) report_decode_fault(*fault);
      return false;
    }
    if (!take_text(true)) return false;
    if (!scanner_) {
      rows_.report(ProblemKind::EmptyFile, 0, 0);
      return false;
    }
    auto fault = plain_ ? plain_->finish() : std::nullopt;
    if (!fault) fault = scanner_->finish();
    if (fault) {
      report_scan_fault(*fault);
      return false;
    }
    if (!rows_.has_header()) rows_.report(ProblemKind::EmptyFile, 0, 0);
    return true;
  }

  bool take_text(bool at_end) {
    if (scanner_) return scan(text_);
    preamble_ += text_;
    const auto found = find_preamble(preamble_, at_end || preamble_.size() > kPreambleBytesMax);
    if (!found) {
      if (preamble_.size() <= kPreambleBytesMax) return true;
      rows_.report(ProblemKind::NoHeader, 0, 0);
      return false;
    }
    const std::string_view text = preamble_;
    report_.delimiter = found->delimiter.value_or(
        find_delimiter(text.substr(found->begin, found->end - found->begin), context_.table));
    scan_begin_ = found->begin;
    scanner_.emplace(report_.delimiter, found->line,
                     [this](const CsvRow& row) { rows_.take(row); });
    const bool going_on = scan(text.substr(found->begin));
    preamble_ = std::string();
    return going_on;
  }

  bool scan(std::string_view text) {
    while (!header_read_ && !text.empty() && rows_.usable()) {
      const std::size_t line = std::min(text.find('\n'), text.size() - 1) + 1;
      if (!feed(text.substr(0, line))) return false;
      text.remove_prefix(line);
      if (rows_.has_header() && rows_.usable() && scanner_->at_row_start()) begin_rows();
    }
    return feed(text) && rows_.usable();
  }

  // The header is read; somebody may read the rows faster.
  void begin_rows() {
    header_read_ = true;
    PlainRows* plain =
        handler_.plain_rows({rows_.header(), rows_.header_names(), report_.delimiter});
    if (plain == nullptr) return;
    plain_.emplace(PlainReader::File{*plain, *scanner_, rows_, handler_, report_.delimiter});
  }

  // Reading ends early: finishes the rows on their way. False where that ended it earlier still.
  bool stop_rows() {
    const auto fault = plain_ ? plain_->stop() : std::nullopt;
    if (fault) report_scan_fault(*fault);
    return !fault;
  }

  bool feed(std::string_view text) {
    const auto fault = plain_ ? plain_->take(text) : scanner_->feed(text);
    if (fault) report_scan_fault(*fault);
    return !fault;
  }

  void report_read_fault(const ReadFault& fault) {
    DataProblem problem;
    problem.kind = fault.kind;
    problem.file = report_.file;
    problem.table = context_.table_number;
    problem.text = fault.detail;
    problem.other = bytes_read_;
    context_.problems.add(std::move(problem));
  }

  void report_decode_fault(const DecodeFault& fault) {
    DataProblem problem;
    problem.kind = fault.kind;
    problem.file = report_.file;
    problem.table = context_.table_number;
    problem.offset = fault.offset;
    context_.problems.add(std::move(problem));
  }

  void report_scan_fault(const CsvFault& fault) {
    auto kind = ProblemKind::TooLong;
    if (fault.kind == CsvFault::Kind::UnclosedQuote) kind = ProblemKind::UnclosedQuote;
    if (fault.kind == CsvFault::Kind::TooManyCells) kind = ProblemKind::TooManyColumns;
    rows_.report(kind, fault.line, fault.cell);
  }

  ByteSource& bytes_;
  const CsvContext& context_;
  TypedRowHandler& handler_;
  TextDecoder decoder_;
  RowReader rows_;
  std::optional<CsvScanner> scanner_;
  std::optional<PlainReader> plain_;
  bool header_read_ = false;
  FileReport report_;
  std::string preamble_;  // the text up to and with the header row, until that is found
  std::string text_;
  std::uint64_t scan_begin_ = 0;  // where the scanner's text begins in the decoder's
  std::uint64_t bytes_read_ = 0;
  std::uint64_t far_from_ = 0;  // from there on it is worth a try
  std::uint64_t far_wait_ = kChunkBytes;
};

}  // namespace

FileReport read_csv(ByteSource& bytes, const std::string& file, const CsvContext& context,
                    TypedRowHandler& handler) {
  return CsvFileReader(bytes, file, context, handler).run();
}

}  // namespace xize::io
