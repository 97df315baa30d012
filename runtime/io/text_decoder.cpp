#include "runtime/io/text_decoder.h"

#include <algorithm>

#include "runtime/io/encoding_sample.h"
#include "runtime/io/icu_converter.h"

namespace xize::io {
namespace {

constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LeBom = "\xFF\xFE";
constexpr std::string_view kUtf16BeBom = "\xFE\xFF";
constexpr std::string_view kZipMagic = "PK\x03\x04";        // .xlsx, .ods
constexpr std::string_view kOleMagic = "\xD0\xCF\x11\xE0";  // .xls

bool is_ascii_text(char c) { return c > 0; }

}  // namespace

std::string_view encoding_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::Ascii: return "ASCII";
    case Encoding::Utf8: return "UTF-8";
    case Encoding::Gb18030: return "GB18030";
    case Encoding::Utf16Le: return "UTF-16LE";
    case Encoding::Utf16Be: return "UTF-16BE";
  }
  return "";
}

TextDecoder::TextDecoder() = default;
TextDecoder::~TextDecoder() = default;

std::optional<DecodeFault> TextDecoder::feed(std::string_view bytes, std::string& out) {
  waiting_.append(bytes);
  return advance(out, false);
}

std::optional<DecodeFault> TextDecoder::finish(std::string& out) { return advance(out, true); }

bool TextDecoder::is_verbatim() const {
  return phase_ == Phase::Ascii || (phase_ == Phase::Decided && encoding_ == Encoding::Utf8);
}

std::uint64_t TextDecoder::take_back(std::uint64_t bytes) {
  waiting_.clear();
  waiting_offset_ -= bytes;
  text_bytes_ -= bytes;
  after_damage_ = false;
  return waiting_offset_;
}

void TextDecoder::pass(std::uint64_t bytes) {
  waiting_offset_ += bytes;
  text_bytes_ += bytes;
}

std::optional<DecodeFault> TextDecoder::advance(std::string& out, bool at_end) {
  if (phase_ == Phase::Head) {
    if (waiting_.size() < kHeadBytes && !at_end) return std::nullopt;
    if (auto fault = leave_head()) return fault;
  }
  if (phase_ == Phase::Ascii) {
    consume(pass_ascii(out));
    if (!waiting_.empty()) phase_ = Phase::Sample;
  }
  if (phase_ == Phase::Sample) {
    if (waiting_.size() < kSampleBytes && !at_end) return std::nullopt;
    if (auto fault = decide(at_end)) return fault;
  }
  if (phase_ == Phase::Decided) decode(out, at_end);
  return std::nullopt;
}

std::optional<DecodeFault> TextDecoder::leave_head() {
  const std::string_view head = std::string_view(waiting_).substr(0, kHeadBytes);
  if (head.starts_with(kZipMagic) || head.starts_with(kOleMagic)) {
    return DecodeFault{ProblemKind::IsSpreadsheet, 0};
  }
  phase_ = Phase::Decided;
  if (head.starts_with(kUtf8Bom)) {
    encoding_ = Encoding::Utf8;
    consume(kUtf8Bom.size());
  } else if (head.starts_with(kUtf16LeBom) || head.starts_with(kUtf16BeBom)) {
    encoding_ = head.starts_with(kUtf16LeBom) ? Encoding::Utf16Le : Encoding::Utf16Be;
    consume(kUtf16LeBom.size());
    converter_ = std::make_unique<IcuConverter>(encoding_);
  } else if (const auto nul = head.find('\0'); nul != std::string_view::npos) {
    return DecodeFault{ProblemKind::NotText, nul};
  } else {
    phase_ = Phase::Ascii;
  }
  return std::nullopt;
}

// Hands on the ASCII text at the front; gives how many bytes that were.
std::size_t TextDecoder::pass_ascii(std::string& out) {
  const auto end = std::find_if_not(waiting_.begin(), waiting_.end(), is_ascii_text);
  const auto count = static_cast<std::size_t>(end - waiting_.begin());
  append(out, std::string_view(waiting_).substr(0, count));
  return count;
}

std::optional<DecodeFault> TextDecoder::decide(bool at_end) {
  const std::string_view sample = std::string_view(waiting_).substr(0, kSampleBytes);
  const bool whole = at_end && waiting_.size() <= kSampleBytes;
  const auto verdict = judge_sample(sample, whole);
  if (!verdict.encoding) {
    return DecodeFault{ProblemKind::UnknownEncoding, waiting_offset_ + verdict.bad_byte};
  }
  encoding_ = *verdict.encoding;
  if (encoding_ == Encoding::Gb18030) converter_ = std::make_unique<IcuConverter>(encoding_);
  phase_ = Phase::Decided;
  return std::nullopt;
}

void TextDecoder::decode(std::string& out, bool at_end) {
  if (converter_ == nullptr) {
    decode_utf8(out, at_end);
    return;
  }
  for (const auto& piece : converter_->convert(waiting_, waiting_offset_, at_end)) {
    if (piece.damaged_byte) {
      append_damage(out, *piece.damaged_byte);
    } else {
      append(out, piece.text);
    }
  }
  consume(waiting_.size());
}

void TextDecoder::decode_utf8(std::string& out, bool at_end) {
  const std::string_view bytes = waiting_;
  std::size_t done = 0;
  std::size_t run_begin = 0;
  while (true) {
    done += plain_utf8_bytes(bytes.substr(done));
    if (done == bytes.size()) break;
    const int length = utf8_length(bytes.substr(done));
    if (length == kUtf8Incomplete && !at_end) break;
    if (length > 0 && bytes[done] != '\0') {
      done += static_cast<std::size_t>(length);
      continue;
    }
    append(out, bytes.substr(run_begin, done - run_begin));
    append_damage(out, waiting_offset_ + done);
    run_begin = ++done;
  }
  append(out, bytes.substr(run_begin, done - run_begin));
  consume(done);
}

void TextDecoder::consume(std::size_t count) {
  waiting_.erase(0, count);
  waiting_offset_ += count;
}

void TextDecoder::append(std::string& out, std::string_view text) {
  if (text.empty()) return;
  out.append(text);
  text_bytes_ += text.size();
  after_damage_ = false;
}

void TextDecoder::append_damage(std::string& out, std::uint64_t byte_offset) {
  if (after_damage_) return;
  if (damages_.size() < kDamagesMax) damages_.push_back({text_bytes_, byte_offset});
  append(out, kReplacement);
  after_damage_ = true;
}

std::optional<std::uint64_t> TextDecoder::damage_between(std::uint64_t begin,
                                                         std::uint64_t end) const {
  const auto before = [](const Damage& damage, std::uint64_t offset) {
    return damage.text_offset < offset;
  };
  const auto it = std::lower_bound(damages_.begin(), damages_.end(), begin, before);
  if (it == damages_.end() || it->text_offset >= end) return std::nullopt;
  return it->byte_offset;
}

}  // namespace xize::io
