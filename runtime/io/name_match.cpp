#include "runtime/io/name_match.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include "runtime/base/per_machine.h"
#include "runtime/io/short_cell.h"
#include "runtime/value/decimal_text.h"

namespace xize::io {
namespace {

constexpr std::array<std::string_view, 4> kWideBlanks = {"\u3000", "\u00a0", "\u200b", "\ufeff"};
constexpr std::size_t kComparedCodePointsMax = 64;  // names longer than this are no slips

// True if the text is in NFC by the look of its lead bytes: ASCII, Latin-1 and nearly all Chinese.
bool is_plainly_normal(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0xC8 || (byte >= 0xE4 && byte <= 0xE9);
  });
}

std::string to_nfc(std::string_view text) {
  if (is_plainly_normal(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
  if (U_SUCCESS(status)) nfc->normalizeUTF8(0, piece, sink, nullptr, status);
  return U_SUCCESS(status) ? out : std::string(text);
}

constexpr std::uint64_t kPlainWord = 0x6161616161616161u;  // eight letters

// Of eight bytes the highest bit of each that is neither visible ASCII nor part of an ideograph.
std::uint64_t odd_bytes(std::uint64_t bytes) {
  constexpr std::uint64_t kEach = 0x0101010101010101u;
  const std::uint64_t low_bits = bytes & ~words::kHighBits;
  // The highest bit of each byte: are its low bits at least so many?
  const auto at_least = [&](unsigned least) { return low_bits + kEach * (0x80 - least); };
  const std::uint64_t wrong_ascii = ~at_least(0x21);
  const std::uint64_t wrong_other = (at_least(0x40) & ~at_least(0x64)) | at_least(0x6A);
  return ((bytes & wrong_other) | (~bytes & wrong_ascii)) & words::kHighBits;
}

// Of as many whole words as the text has.
XIZE_PER_MACHINE std::uint64_t odd_bytes(std::string_view text) {
  std::uint64_t odd = 0;
  for (std::size_t at = 0; at + 8 <= text.size(); at += 8) {
    odd |= odd_bytes(words::load(text.data() + at));
  }
  return odd;
}

bool is_narrow_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string collapse_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_narrow_blank(c)) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return out;
}

// Bytes of the blank that the text begins with, 0 if it begins with none.
std::size_t blank_in_front(std::string_view text) {
  if (text.empty()) return 0;
  if (is_narrow_blank(text.front())) return 1;
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead != 0xE3 && lead != 0xC2 && lead != 0xE2 && lead != 0xEF) return 0;
  for (const std::string_view blank : kWideBlanks) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

// The same for its end.
std::size_t blank_behind(std::string_view text) {
  if (text.empty()) return 0;
  if (is_narrow_blank(text.back())) return 1;
  const auto last = static_cast<unsigned char>(text.back());
  if (last != 0x80 && last != 0xA0 && last != 0x8B && last != 0xBF) return 0;
  for (const std::string_view blank : kWideBlanks) {
    if (text.ends_with(blank)) return blank.size();
  }
  return 0;
}

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0u) == 0x80u && !out.empty()) {
      out.back() = (out.back() << 6) | (byte & 0x3Fu);
    } else {
      out.push_back(byte);
    }
  }
  return out;
}

template <class Name>
std::string_view nearest(std::string_view name, std::span<const Name> candidates) {
  const std::size_t length = code_point_count(name);
  if (length == 0 || length > kComparedCodePointsMax) return {};
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, length / 3) + 1;
  for (const auto& candidate : candidates) {
    const std::size_t candidate_length = code_point_count(candidate);
    const std::size_t longer = std::max(length, candidate_length);
    if (longer > kComparedCodePointsMax) continue;
    if (longer - std::min(length, candidate_length) >= best_distance) continue;
    const std::size_t distance = edit_distance(name, candidate);
    // A name changed in every place is another name.
    if (distance >= longer || distance >= best_distance) continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (const std::size_t blank = blank_in_front(text)) text.remove_prefix(blank);
  while (const std::size_t blank = blank_behind(text)) text.remove_suffix(blank);
  return text;
}

std::string normalize(std::string_view text) { return to_nfc(trim(text)); }

bool is_plainly_folded(std::string_view text) {
  if (text.size() < 8) {
    std::uint64_t word = kPlainWord;
    std::memcpy(&word, text.data(), text.size());
    return odd_bytes(word) == 0;
  }
  return (odd_bytes(text) | odd_bytes(words::load(text.data() + text.size() - 8))) == 0;
}

std::string fold_name(std::string_view text) {
  text = trim(text);
  if (is_plainly_folded(text)) return std::string(text);
  return to_nfc(collapse_blanks(value::half_width(text)));
}

std::size_t code_point_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::u32string x = code_points(a);
  const std::u32string y = code_points(b);
  std::vector<std::size_t> before_last(y.size() + 1);
  std::vector<std::size_t> last(y.size() + 1);
  std::vector<std::size_t> row(y.size() + 1);
  for (std::size_t j = 0; j <= y.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= x.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= y.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[y.size()];
}

std::string_view nearest_name(std::string_view name, std::span<const std::string> candidates) {
  return nearest(name, candidates);
}

std::string_view nearest_name(std::string_view name, std::span<const std::string_view> candidates) {
  return nearest(name, candidates);
}

}  // namespace xize::io
