#include "runtime/io/encoding_sample.h"

#include <cstdint>

namespace xize::io {
namespace {

// A flaw of UTF-8 counts as damage where so many good sequences stand beside it; text in GB18030
// hardly ever forms a good one by chance.
constexpr std::size_t kUtf8GoodPerFlaw = 4;
constexpr std::size_t kGbGoodPerFlaw = 20;

struct Tally {
  std::size_t good = 0;  // sequences beyond ASCII
  std::size_t flaws = 0;
  std::size_t first_flaw = 0;
};

unsigned byte_at(std::string_view bytes, std::size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}

bool between(unsigned byte, unsigned low, unsigned high) { return byte >= low && byte <= high; }

struct Utf8Lead {
  int length;
  unsigned second_low;
  unsigned second_high;
};

// What must follow a lead byte; the narrower second bytes shut out overlong forms and surrogates.
Utf8Lead utf8_lead(unsigned lead) {
  if (lead < 0x80) return {1, 0, 0};
  if (between(lead, 0xC2, 0xDF)) return {2, 0x80, 0xBF};
  if (lead == 0xE0) return {3, 0xA0, 0xBF};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (between(lead, 0xE1, 0xEF)) return {3, 0x80, 0xBF};
  if (lead == 0xF0) return {4, 0x90, 0xBF};
  if (between(lead, 0xF1, 0xF3)) return {4, 0x80, 0xBF};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  return {kUtf8Invalid, 0, 0};
}

// As `utf8_length`, for GB18030: one byte, two, or four of alternating ranges.
int gb18030_length(std::string_view bytes) {
  const unsigned lead = byte_at(bytes, 0);
  if (lead < 0x80) return 1;
  if (!between(lead, 0x81, 0xFE)) return kUtf8Invalid;
  if (bytes.size() < 2) return kUtf8Incomplete;
  const unsigned second = byte_at(bytes, 1);
  if (between(second, 0x40, 0x7E) || between(second, 0x80, 0xFE)) return 2;
  if (!between(second, 0x30, 0x39)) return kUtf8Invalid;
  if (bytes.size() < 3) return kUtf8Incomplete;
  if (!between(byte_at(bytes, 2), 0x81, 0xFE)) return kUtf8Invalid;
  if (bytes.size() < 4) return kUtf8Incomplete;
  return between(byte_at(bytes, 3), 0x30, 0x39) ? 4 : kUtf8Invalid;
}

template <class Length>
Tally tally(std::string_view sample, bool whole, Length length_of) {
  Tally result;
  std::size_t i = 0;
  while (i < sample.size()) {
    const int length = length_of(sample.substr(i));
    if (length == kUtf8Incomplete && !whole) break;
    if (length > 0) {
      result.good += length > 1 ? 1 : 0;
      i += static_cast<std::size_t>(length);
      continue;
    }
    if (result.flaws++ == 0) result.first_flaw = i;
    ++i;
  }
  return result;
}

}  // namespace

int utf8_length(std::string_view bytes) {
  const Utf8Lead lead = utf8_lead(byte_at(bytes, 0));
  for (int i = 1; i < lead.length; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (at == bytes.size()) return kUtf8Incomplete;
    const unsigned low = i == 1 ? lead.second_low : 0x80;
    const unsigned high = i == 1 ? lead.second_high : 0xBF;
    if (!between(byte_at(bytes, at), low, high)) return kUtf8Invalid;
  }
  return lead.length;
}

// ASCII and the letters of three bytes that need no second look: nearly all Chinese text.
std::size_t plain_utf8_bytes(std::string_view bytes) {
  const auto continues = [&](std::size_t i) { return (byte_at(bytes, i) & 0xC0) == 0x80; };
  std::size_t i = 0;
  while (i < bytes.size()) {
    const unsigned lead = byte_at(bytes, i);
    if (lead - 1 < 0x7F) {
      ++i;
    } else if (lead - 0xE1 < 0xF && lead != 0xED && i + 2 < bytes.size() && continues(i + 1) &&
               continues(i + 2)) {
      i += 3;
    } else {
      break;
    }
  }
  return i;
}

SampleVerdict judge_sample(std::string_view sample, bool whole) {
  const std::string_view doubtful = sample.substr(plain_utf8_bytes(sample));
  if (tally(doubtful, whole, utf8_length).flaws == 0) return {Encoding::Utf8, 0};
  const Tally utf8 = tally(sample, whole, utf8_length);
  if (utf8.good >= utf8.flaws * kUtf8GoodPerFlaw) return {Encoding::Utf8, 0};
  const Tally gb = tally(sample, whole, gb18030_length);
  if (gb.flaws == 0 || gb.good >= gb.flaws * kGbGoodPerFlaw) return {Encoding::Gb18030, 0};
  return {std::nullopt, gb.first_flaw};
}

}  // namespace xize::io
