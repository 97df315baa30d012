#include "runtime/io/icu_converter.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <unicode/ucnv.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

namespace xize::io {
namespace {

const char* icu_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::Gb18030: return "GB18030";
    case Encoding::Utf16Le: return "UTF-16LE";
    default: return "UTF-16BE";
  }
}

void append_code_point(std::string& out, UChar32 c) {
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::size_t length = 0;
  U8_APPEND_UNSAFE(bytes.data(), length, c);
  out.append(bytes.data(), length);
}

// These converters are built into every ICU; to be without one is a broken installation.
[[noreturn]] void abort_without_converter(Encoding encoding) {
  std::fprintf(stderr, "internal failure in io: ICU has no converter for %s\n", icu_name(encoding));
  std::abort();
}

}  // namespace

IcuConverter::IcuConverter(Encoding encoding) {
  UErrorCode status = U_ZERO_ERROR;
  converter_ = ucnv_open(icu_name(encoding), &status);
  if (U_FAILURE(status)) abort_without_converter(encoding);
  ucnv_setToUCallBack(converter_, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  if (U_FAILURE(status)) abort_without_converter(encoding);
}

IcuConverter::~IcuConverter() { ucnv_close(converter_); }

std::vector<DecodedPiece> IcuConverter::convert(std::string_view bytes, std::uint64_t offset,
                                                bool at_end) {
  pieces_.clear();
  const char* const begin = bytes.data();
  const char* const end = begin + bytes.size();
  const char* source = begin;
  std::array<char16_t, 4096> buffer{};
  std::array<std::int32_t, 4096> places{};
  for (;;) {
    const std::uint64_t started = offset + static_cast<std::uint64_t>(source - begin);
    char16_t* target = buffer.data();
    UErrorCode status = U_ZERO_ERROR;
    ucnv_toUnicode(converter_, &target, buffer.data() + buffer.size(), &source, end, places.data(),
                   at_end ? 1 : 0, &status);
    const std::uint64_t reached = offset + static_cast<std::uint64_t>(source - begin);
    const auto count = static_cast<std::size_t>(target - buffer.data());
    take_units({buffer.data(), count}, {places.data(), count}, started);
    if (status == U_BUFFER_OVERFLOW_ERROR) continue;
    if (U_SUCCESS(status)) break;
    std::array<char, 8> invalid{};
    auto length = static_cast<std::int8_t>(invalid.size());
    UErrorCode ignored = U_ZERO_ERROR;
    ucnv_getInvalidChars(converter_, invalid.data(), &length, &ignored);
    add_damage(reached - static_cast<std::uint64_t>(length));
    if (source == end && status == U_TRUNCATED_CHAR_FOUND) break;
  }
  return std::move(pieces_);
}

// `places` count from `offset`; -1 marks a character that began in the byte before it.
void IcuConverter::take_units(std::u16string_view units, std::span<const std::int32_t> places,
                              std::uint64_t offset) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char16_t unit = units[i];
    if (unit == 0) {
      add_damage(offset + static_cast<std::uint64_t>(std::int64_t{places[i]}));
    } else if (U16_IS_LEAD(unit)) {
      high_surrogate_ = unit;
    } else if (U16_IS_TRAIL(unit)) {
      append_code_point(text(), U16_GET_SUPPLEMENTARY(high_surrogate_, unit));
    } else {
      append_code_point(text(), unit);
    }
  }
}

void IcuConverter::add_damage(std::uint64_t offset) { pieces_.push_back({{}, offset}); }

std::string& IcuConverter::text() {
  if (pieces_.empty() || pieces_.back().damaged_byte) pieces_.push_back({});
  return pieces_.back().text;
}

}  // namespace xize::io
