// text_decoder: bytes of a data file to UTF-8, in chunks of any size with the same result.
// In: bytes in order. Out: UTF-8 without BOM; what is no text becomes U+FFFD, its place remembered.
// Encodings: UTF-8 and UTF-16 by their BOM; without one, UTF-8 or GB18030 (what Excel writes in
// China), decided by a sample that begins at the first byte beyond ASCII, and strictly: bytes that
// are valid in neither are UnknownEncoding, never Latin-1 by default.
// Must hold: O(kSampleBytes) memory; the decision does not depend on how the bytes were cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/io/data_problem.h"

namespace xize::io {

inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // what damaged bytes become
inline constexpr std::size_t kHeadBytes = 512;        // looked at for BOMs and signs of binary data
inline constexpr std::size_t kSampleBytes = 1 << 16;  // looked at to tell UTF-8 from GB18030

// What a file is written in; Ascii is all of the others but UTF-16.
enum class Encoding : std::uint8_t { Ascii, Utf8, Gb18030, Utf16Le, Utf16Be };

// A name to print: `UTF-8`, `GB18030`.
std::string_view encoding_name(Encoding encoding);

// Why a file cannot be read as text at all: IsSpreadsheet, NotText or UnknownEncoding, and where.
struct DecodeFault {
  ProblemKind kind = ProblemKind::NotText;
  std::uint64_t offset = 0;
};

class IcuConverter;

// Decodes one file.
class TextDecoder {
 public:
  TextDecoder();
  ~TextDecoder();
  TextDecoder(const TextDecoder&) = delete;
  TextDecoder& operator=(const TextDecoder&) = delete;

  // Appends to `out` what the bytes so far decide; after a fault nothing more may be fed.
  std::optional<DecodeFault> feed(std::string_view bytes, std::string& out);
  // The end of the file: appends the rest.
  std::optional<DecodeFault> finish(std::string& out);

  [[nodiscard]] Encoding encoding() const { return encoding_; }
  // Is text from here on the file's own bytes, as long as these are sound: UTF-8, or nothing but
  // ASCII so far.
  [[nodiscard]] bool is_verbatim() const;
  // The offset in the file of the text's last `bytes`, none of which was damaged; they and what is
  // not decoded are forgotten.
  std::uint64_t take_back(std::uint64_t bytes);
  // Somebody else has read so many sound bytes of the file.
  void pass(std::uint64_t bytes);
  // The first damaged byte of the file that became part of the text's bytes [begin, end); empty if
  // there is none, or if it lies behind the first kDamagesMax.
  [[nodiscard]] std::optional<std::uint64_t> damage_between(std::uint64_t begin,
                                                            std::uint64_t end) const;
  static constexpr std::size_t kDamagesMax = 4096;

 private:
  friend class IcuConverter;
  enum class Phase : std::uint8_t { Head, Ascii, Sample, Decided };
  struct Damage {
    std::uint64_t text_offset;
    std::uint64_t byte_offset;
  };

  std::optional<DecodeFault> advance(std::string& out, bool at_end);
  std::optional<DecodeFault> leave_head();
  std::size_t pass_ascii(std::string& out);
  std::optional<DecodeFault> decide(bool at_end);
  void decode(std::string& out, bool at_end);
  void decode_utf8(std::string& out, bool at_end);
  void consume(std::size_t count);
  void append(std::string& out, std::string_view text);
  void append_damage(std::string& out, std::uint64_t byte_offset);

  Phase phase_ = Phase::Head;
  Encoding encoding_ = Encoding::Ascii;
  std::string waiting_;               // bytes not yet decoded
  std::uint64_t waiting_offset_ = 0;  // where in the file they begin
  std::uint64_t text_bytes_ = 0;      // bytes appended so far
  bool after_damage_ = false;         // a run of damaged bytes is one U+FFFD
  std::vector<Damage> damages_;
  std::unique_ptr<IcuConverter> converter_;
};

}  // namespace xize::io
