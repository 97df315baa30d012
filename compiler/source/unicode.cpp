#include "compiler/source/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

namespace xize::source {
namespace {

constexpr Decoded kInvalid = {0, 0};

// Length and smallest code point for a lead byte; length 0 for no lead byte.
struct Lead {
  std::uint8_t length;
  char32_t bits;
  char32_t least;
};

Lead read_lead(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return {2, byte & 0x1Fu, 0x80};
  if (byte >= 0xE0 && byte <= 0xEF) return {3, byte & 0x0Fu, 0x800};
  if (byte >= 0xF0 && byte <= 0xF4) return {4, byte & 0x07u, 0x10000};
  return {0, 0, 0};
}

// Code points that NFC leaves alone wherever they stand: most of what a policy is made of.
bool stable_under_nfc(char32_t c) {
  return c < 0x300 || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x3001 && c <= 0x3029) ||
         (c >= 0xFF01 && c <= 0xFF5E);
}

bool plainly_nfc(std::string_view text) {
  while (!text.empty()) {
    const auto next = decode(text);
    if (next.length == 0 || !stable_under_nfc(next.code_point)) return false;
    text.remove_prefix(next.length);
  }
  return true;
}

}  // namespace

Decoded decode(std::string_view text) {
  const auto lead = read_lead(static_cast<unsigned char>(text[0]));
  if (lead.length == 0 || lead.length > text.size()) return kInvalid;
  char32_t c = lead.bits;
  for (std::uint8_t i = 1; i < lead.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0u) != 0x80) return kInvalid;
    c = (c << 6) | (byte & 0x3Fu);
  }
  const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
  if (c < lead.least || c > 0x10FFFF || surrogate) return kInvalid;
  return {c, lead.length};
}

std::size_t find_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const auto next = decode(text.substr(at));
    if (next.length == 0) return at;
    at += next.length;
  }
  return std::string_view::npos;
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
  const auto continuation = [&](int shift) { put(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    continuation(0);
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    continuation(6);
    continuation(0);
  } else {
    put(0xF0 | (c >> 18));
    continuation(12);
    continuation(6);
    continuation(0);
  }
}

std::u32string to_code_points(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto next = decode(text);
    out += next.length == 0 ? U'\uFFFD' : next.code_point;
    text.remove_prefix(next.length == 0 ? 1 : next.length);
  }
  return out;
}

std::string to_utf8(std::u32string_view code_points) {
  std::string text;
  for (const char32_t c : code_points) append_utf8(text, c);
  return text;
}

std::string nfc(std::string_view text) {
  if (plainly_nfc(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFCInstance(status);
  std::string out;
  icu::StringByteSink<std::string> bytes(&out);
  const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
  if (U_SUCCESS(status)) normalizer->normalizeUTF8(0, piece, bytes, nullptr, status);
  return U_SUCCESS(status) ? out : std::string(text);
}

int cell_width(char32_t c) {
  if (c < 0x20 || c == 0x7F) return 0;
  if (c < 0x300) return c >= 0x80 && c < 0xA0 ? 0 : 1;
  const auto point = static_cast<UChar32>(c);
  const auto category = u_charType(point);
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK ||
      category == U_FORMAT_CHAR || category == U_CONTROL_CHAR) {
    return 0;
  }
  const auto width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const auto next = decode(text);
    width += next.length == 0 ? 1 : cell_width(next.code_point);
    text.remove_prefix(next.length == 0 ? 1 : next.length);
  }
  return width;
}

}  // namespace xize::source
