// icu_converter: GB18030 and UTF-16 to UTF-8 by ICU, strictly and in chunks.
// In: bytes in order. Out: pieces of text and the damaged bytes between them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/io/text_decoder.h"

struct UConverter;

namespace xize::io {

// Either a text, or the offset in the file of a byte that is none.
struct DecodedPiece {
  std::string text;
  std::optional<std::uint64_t> damaged_byte;
};

// Wraps one ICU converter, which keeps a character that was cut in two.
class IcuConverter {
 public:
  explicit IcuConverter(Encoding encoding);
  ~IcuConverter();
  IcuConverter(const IcuConverter&) = delete;
  IcuConverter& operator=(const IcuConverter&) = delete;

  // Converts all of `bytes`, which begin at `offset` in the file. NUL counts as damage: no text
  // file has one, but a block lost by a disk is full of them.
  std::vector<DecodedPiece> convert(std::string_view bytes, std::uint64_t offset, bool at_end);

 private:
  void take_units(std::u16string_view units, std::span<const std::int32_t> places,
                  std::uint64_t offset);
  void add_damage(std::uint64_t offset);
  std::string& text();

  UConverter* converter_ = nullptr;
  char16_t high_surrogate_ = 0;  // ICU's buffer ended inside a pair
  std::vector<DecodedPiece> pieces_;
};

}  // namespace xize::io
