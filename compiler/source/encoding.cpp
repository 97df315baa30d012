#include "compiler/source/encoding.h"

#include <array>
#include <string>

#include <unicode/ucnv.h>

#include "compiler/source/unicode.h"

namespace xize::source {
namespace {

// A guess needs no more than this much of a file.
constexpr std::size_t kSampleBytesMax = 64u << 10;

unsigned char byte_at(std::string_view bytes, std::size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}

// Word, Excel and WPS files, old and new; PDF.
bool has_binary_signature(std::string_view bytes) {
  using namespace std::string_view_literals;
  constexpr std::array kSignatures = {"PK\x03\x04"sv, "\xD0\xCF\x11\xE0"sv, "%PDF-"sv,
                                      "\x7F" "ELF"sv, "\x1F\x8B"sv, "\x89PNG"sv};
  for (const auto signature : kSignatures) {
    if (bytes.starts_with(signature)) return true;
  }
  return false;
}

// A BOM, or line ends and ASCII letters that are two bytes wide.
bool looks_utf16(std::string_view sample) {
  if (sample.starts_with("\xFF\xFE") || sample.starts_with("\xFE\xFF")) return true;
  std::size_t wide_ascii = 0;
  std::size_t zeros = 0;
  for (std::size_t i = 0; i + 1 < sample.size(); i += 2) {
    const auto first = byte_at(sample, i);
    const auto second = byte_at(sample, i + 1);
    zeros += (first == 0 ? 1 : 0) + (second == 0 ? 1 : 0);
    const bool ascii = (first == 0 && second >= 0x09 && second < 0x7F) ||
                       (second == 0 && first >= 0x09 && first < 0x7F);
    wide_ascii += ascii ? 1 : 0;
  }
  // A stray zero byte in ASCII is no UTF-16; a Chinese text has some wide ASCII in every line.
  return wide_ascii >= 2 && wide_ascii == zeros && wide_ascii * 20 >= sample.size();
}

// More good multi-byte characters than bad bytes: UTF-8 that was damaged, not another encoding.
bool mostly_utf8(std::string_view sample) {
  std::size_t good = 0;
  std::size_t bad = 0;
  while (!sample.empty()) {
    const auto next = decode(sample);
    good += next.length > 1 ? 1 : 0;
    bad += next.length == 0 ? 1 : 0;
    sample.remove_prefix(next.length == 0 ? 1 : next.length);
  }
  return good > bad;
}

bool converts_from_gb18030(std::string_view sample) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open("gb18030", &status);
  if (U_FAILURE(status)) return false;
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::u16string out(sample.size() * 2 + 8, u'\0');
  ucnv_toUChars(converter, out.data(), static_cast<std::int32_t>(out.size()), sample.data(),
                static_cast<std::int32_t>(sample.size()), &status);
  ucnv_close(converter);
  return U_SUCCESS(status);
}

// Chinese in GBK is nearly all pairs of two high bytes (GB 2312); Latin-1 is nearly none.
bool mostly_gb2312_pairs(std::string_view sample) {
  std::size_t pairs = 0;
  std::size_t others = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (byte_at(sample, i) < 0x80) continue;
    const bool pair = i + 1 < sample.size() && byte_at(sample, i) >= 0xA1 &&
                      byte_at(sample, i) <= 0xF7 && byte_at(sample, i + 1) >= 0xA1;
    ++(pair ? pairs : others);
    ++i;
  }
  return pairs > 0 && pairs >= 4 * others;
}

// Up to the last line end of the sample, so that no character is cut in two.
std::string_view sample_of(std::string_view bytes) {
  if (bytes.size() <= kSampleBytesMax) return bytes;
  const auto sample = bytes.substr(0, kSampleBytesMax);
  const auto line_end = sample.rfind('\n');
  return line_end == std::string_view::npos ? sample : sample.substr(0, line_end + 1);
}

}  // namespace

std::optional<EncodingFault> find_encoding_fault(std::string_view bytes) {
  if (has_binary_signature(bytes)) return EncodingFault{LoadFault::NotText, 0};
  const auto bad = find_invalid_utf8(bytes);
  const auto zero = bytes.find('\0');
  if (bad == std::string_view::npos && zero == std::string_view::npos) return std::nullopt;
  const auto sample = sample_of(bytes);
  if (looks_utf16(sample)) return EncodingFault{LoadFault::LooksUtf16, 0};
  if (zero != std::string_view::npos) return EncodingFault{LoadFault::NotText, zero};
  if (mostly_utf8(sample)) return EncodingFault{LoadFault::NotUtf8, bad};
  if (mostly_gb2312_pairs(sample) && converts_from_gb18030(sample)) {
    return EncodingFault{LoadFault::LooksGbk, bad};
  }
  return EncodingFault{LoadFault::NotUtf8, bad};
}

}  // namespace xize::source
