// Parts of a file as pieces of whole lines.
#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "runtime/io/plain_piece.h"

namespace xize::io {
namespace {

// A file in memory.
class Bytes final : public ByteSource {
 public:
  explicit Bytes(std::string text) : text_(std::move(text)) {}
  std::variant<std::size_t, ReadFault> read(std::span<char>) override { return std::size_t{0}; }
  [[nodiscard]] std::uint64_t size() const override { return text_.size(); }
  std::size_t read_at(std::uint64_t offset, std::span<char> into) const override {
    const std::string_view rest = std::string_view(text_).substr(std::min<std::size_t>(
        offset, text_.size()));
    const std::size_t count = std::min(into.size(), rest.size());
    std::copy_n(rest.begin(), count, into.begin());
    return count;
  }

 private:
  std::string text_;
};

// The text of all pieces, each part `bytes` long; empty as soon as one is not plain.
std::string joined(const std::string& text, std::uint64_t bytes, bool ascii_only = false) {
  const Bytes file(text);
  std::string out;
  std::uint64_t line_ends = 0;
  for (std::uint64_t begin = 0; begin < text.size(); begin += bytes) {
    PlainPiece piece;
    const std::uint64_t end = std::min<std::uint64_t>(begin + bytes, text.size());
    if (!piece.read_text(file, {begin, end, begin == 0, ascii_only})) continue;
    CHECK(piece.text_begin == out.size());
    out += piece.text;
    line_ends += piece.line_ends;
  }
  CHECK(line_ends == static_cast<std::uint64_t>(std::count(out.begin(), out.end(), '\n')));
  return out;
}

bool is_plain(const std::string& text, bool ascii_only = false) {
  PlainPiece piece;
  return piece.read_text(Bytes(text), {0, text.size(), true, ascii_only});
}

TEST_CASE("pieces of any size make up the file") {
  std::string text;
  for (int i = 0; i < 60; ++i) {
    text += "甲局," + std::to_string(i * i * i) + (i % 3 == 0 ? "\r\n" : "\n");
    if (i % 7 == 0) text += "\n";
  }
  for (std::uint64_t bytes = 1; bytes < 80; ++bytes) {
    CAPTURE(bytes);
    CHECK(joined(text, bytes) == text);
    CHECK(joined(text + "the last line has no end", bytes) == text);
  }
}

TEST_CASE("what is not plain") {
  CHECK(is_plain("甲,1\n"));
  CHECK(!is_plain(""));
  CHECK(!is_plain("no end"));
  CHECK(!is_plain("\"甲\",1\n"));
  CHECK(!is_plain("甲,1\r乙,2\n"));
  CHECK(!is_plain(std::string("甲,\0\n", 6)));
  CHECK(!is_plain("\xb2\xca,1\n"));          // GB18030
  CHECK(!is_plain("\xed\xa0\x80,1\n"));      // a surrogate
  CHECK(!is_plain("甲,1\n", true));
  CHECK(is_plain("a,1\n", true));
  CHECK(!is_plain(std::string(1 << 22, 'x') + "\n"));
}

TEST_CASE("a line that goes on far behind its part is for somebody else") {
  const std::string text = "a\n" + std::string(200'000, 'x') + "\nb\n";
  PlainPiece piece;
  CHECK(!piece.read_text(Bytes(text), {0, 100, true, false}));
  REQUIRE(piece.read_text(Bytes(text), {150'000, text.size(), false, false}));
  CHECK(piece.text == "b\n");
}

TEST_CASE("a file that became shorter is not read from memory") {
  PlainPiece piece;
  CHECK(!piece.read_text(Bytes("甲,1\n"), {0, 100, true, false}));
}

}  // namespace
}  // namespace xize::io
