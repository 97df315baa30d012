#include "runtime/io/text_decoder.h"

#include <random>
#include <string>

#include <doctest/doctest.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "runtime/io/encoding_sample.h"

namespace xize::io {
namespace {

struct Decoded {
  std::string text;
  Encoding encoding = Encoding::Ascii;
  std::optional<DecodeFault> fault;
  std::optional<std::uint64_t> damage;  // the first
};

Decoded decode(std::string_view bytes, std::size_t chunk = 1 << 20) {
  TextDecoder decoder;
  Decoded result;
  for (std::size_t at = 0; at < bytes.size() && !result.fault; at += chunk) {
    result.fault = decoder.feed(bytes.substr(at, chunk), result.text);
  }
  if (!result.fault) result.fault = decoder.finish(result.text);
  result.encoding = decoder.encoding();
  result.damage = decoder.damage_between(0, result.text.size());
  return result;
}

std::string encode(std::string_view text, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(encoding, &status);
  const auto units = icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())});
  std::string out(static_cast<std::size_t>(units.length()) * 4 + 8, '\0');
  const int length = ucnv_fromUChars(converter, out.data(), static_cast<int>(out.size()),
                                     units.getBuffer(), units.length(), &status);
  ucnv_close(converter);
  REQUIRE(U_SUCCESS(status));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

const std::string kSample =
    "名称,事项总数,备注\r\n市发改委,1200,“一网通办”𠮷\r\n农业农村局,85%,€①㎡\r\n";

TEST_CASE("decoder: UTF-8 passes unchanged, a BOM is taken off") {
  CHECK(decode(kSample).text == kSample);
  CHECK(decode(kSample).encoding == Encoding::Utf8);
  CHECK(decode("\xEF\xBB\xBF" + kSample).text == kSample);
  CHECK(decode("a,b\n").encoding == Encoding::Ascii);
  CHECK(decode("\xEF\xBB\xBF").text.empty());
  CHECK(decode("").text.empty());
}

TEST_CASE("decoder: GB18030 is told from UTF-8 and converted, four-byte characters too") {
  const auto result = decode(encode(kSample, "GB18030"));
  CHECK(result.text == kSample);
  CHECK(result.encoding == Encoding::Gb18030);
  CHECK_FALSE(result.damage.has_value());
}

TEST_CASE("decoder: GB18030 is found behind any length of ASCII") {
  for (const std::size_t length : {0u, 511u, 512u, 513u, 70'000u, 200'001u}) {
    const std::string text = std::string(length, 'x') + "\n" + kSample;
    const auto result = decode(encode(text, "GB18030"), 4096);
    CHECK(result.encoding == Encoding::Gb18030);
    CHECK(result.text == text);
  }
}

TEST_CASE("decoder: UTF-16 by its BOM, both ways") {
  CHECK(decode("\xFF\xFE" + encode(kSample, "UTF-16LE")).text == kSample);
  const auto big = decode("\xFE\xFF" + encode(kSample, "UTF-16BE"));
  CHECK(big.text == kSample);
  CHECK(big.encoding == Encoding::Utf16Be);
}

TEST_CASE("decoder: spreadsheets and binary data are named") {
  CHECK(decode("PK\x03\x04rest").fault->kind == ProblemKind::IsSpreadsheet);
  CHECK(decode("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").fault->kind == ProblemKind::IsSpreadsheet);
  const auto binary = decode(std::string("ab\0cd", 5));
  REQUIRE(binary.fault.has_value());
  CHECK(binary.fault->kind == ProblemKind::NotText);
  CHECK(binary.fault->offset == 2);
  // UTF-16 without a BOM looks so too.
  CHECK(decode(encode("a,b\n", "UTF-16LE")).fault->kind == ProblemKind::NotText);
}

TEST_CASE("decoder: what is neither UTF-8 nor GB18030 is not guessed at") {
  const auto latin = decode("name,caf\xE9,\xFC,x\xE4\n1\xE9,2,3\n");
  REQUIRE(latin.fault.has_value());
  CHECK(latin.fault->kind == ProblemKind::UnknownEncoding);
  CHECK(latin.fault->offset == 8);
}

TEST_CASE("decoder: a damaged byte among UTF-8 is one U+FFFD with its offset") {
  std::string bytes = kSample + kSample;
  const std::size_t place = kSample.size() + 1;
  bytes[place] = '\xFF';
  const auto result = decode(bytes);
  CHECK_FALSE(result.fault.has_value());
  CHECK(result.encoding == Encoding::Utf8);
  CHECK(result.damage == kSample.size());
  CHECK(result.text.find("\xEF\xBF\xBD") == kSample.size());
  CHECK(result.text.substr(0, kSample.size()) == kSample);
}

TEST_CASE("decoder: a text cut inside a character is damaged at its end") {
  const auto result = decode(kSample + "名" + std::string("\xE5\xB8"));
  CHECK(result.damage == kSample.size() + 3);
  CHECK(result.text == kSample + "名\xEF\xBF\xBD");
}

TEST_CASE("decoder: plain UTF-8 ends before the first flaw, and only a little before it") {
  CHECK(plain_utf8_bytes("") == 0);
  for (const std::string_view flaw : {"\xED\xA0\x80", "\xE0\x80\x80", "\x80", "\xE5\x8F",
                                      "\xC0\xAF", "\xFF", "\xF5\x80\x80\x80"}) {
    const std::string text = "市发改委,1200，“一网通办”\n" + std::string(flaw);
    CHECK(plain_utf8_bytes(text) == text.size() - flaw.size());
  }
  CHECK(plain_utf8_bytes(std::string_view("a\0b", 3)) == 1);
}

TEST_CASE("decoder: overlong forms and surrogates are no UTF-8") {
  for (const std::string_view bad :
       {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80"}) {
    const auto result = decode(kSample + std::string(bad) + kSample);
    CHECK(result.encoding == Encoding::Utf8);
    CHECK(result.damage == kSample.size());
  }
}

TEST_CASE("decoder: a lost block is one damage, however long") {
  std::string bytes = kSample;
  for (int i = 0; i < 20; ++i) bytes += kSample;
  bytes.insert(kSample.size() * 20, std::string(4096, '\0'));
  const auto result = decode(bytes);
  CHECK(result.damage == kSample.size() * 20);
  CHECK(result.text.size() == bytes.size() - 4096 + 3);
}

TEST_CASE("decoder: damaged GB18030 keeps its text and tells the offset") {
  std::string text;
  for (int i = 0; i < 30; ++i) text += kSample;
  std::string bytes = encode(text, "GB18030");
  const std::string head = encode(kSample, "GB18030");
  bytes[head.size() * 20] = '\xFF';
  const auto result = decode(bytes);
  CHECK(result.encoding == Encoding::Gb18030);
  CHECK(result.damage == head.size() * 20);
  CHECK(result.text.starts_with(kSample));
  CHECK(result.text.ends_with(kSample));
}

TEST_CASE("decoder: the result does not depend on how the bytes are cut") {
  std::mt19937 random(20231130);
  const std::vector<std::string> encodings = {"UTF-8", "GB18030", "UTF-16LE"};
  for (int round = 0; round < 60; ++round) {
    std::string text;
    for (unsigned i = 0; i < 1 + random() % 40; ++i) text += kSample;
    const auto& encoding = encodings[random() % encodings.size()];
    std::string bytes = encode(text, encoding.c_str());
    if (encoding == "UTF-16LE") bytes.insert(0, "\xFF\xFE");
    for (auto i = random() % 4; i > 0; --i) {
      bytes[2 + random() % (bytes.size() - 2)] = static_cast<char>(random());
    }
    const auto whole = decode(bytes);
    const std::size_t any = 1 + random() % 999;
    for (const std::size_t chunk : {std::size_t{1}, std::size_t{2}, std::size_t{3}, any}) {
      const auto cut = decode(bytes, chunk);
      CHECK(cut.text == whole.text);
      CHECK(cut.encoding == whole.encoding);
      CHECK(cut.damage == whole.damage);
      CHECK(cut.fault.has_value() == whole.fault.has_value());
    }
  }
}

}  // namespace
}  // namespace xize::io
