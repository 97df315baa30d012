// compiler/source: loading, encodings, places, normal form, widths.
#include "compiler/source/file.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <variant>

#include <doctest/doctest.h>

#include "compiler/source/unicode.h"

namespace {

using namespace xize::source;
namespace fs = std::filesystem;
using namespace std::string_literals;

// A folder of its own that vanishes with the test.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "xize-source-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }

  [[nodiscard]] std::string write(const std::string& name, const std::string& bytes) const {
    const auto path = path_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  [[nodiscard]] std::string path(const std::string& name = "") const {
    return (path_ / name).string();
  }

 private:
  fs::path path_;
};

LoadFault fault_of(const std::string& bytes) {
  const auto loaded = load_bytes("a.xize", bytes);
  REQUIRE(std::holds_alternative<LoadError>(loaded));
  return std::get<LoadError>(loaded).fault;
}

// 部门考核 in GB 2312, in UTF-16 with and without a BOM.
const std::string kGbk = "policy \xB2\xBF\xC3\xC5\xBF\xBC\xBA\xCB { }\n";

std::string utf16(const std::string& ascii, bool big_endian) {
  std::string out;
  for (const char c : ascii) {
    out += big_endian ? "\0"s + c : c + "\0"s;
  }
  return out;
}

}  // namespace

TEST_CASE("source: a file keeps its text and gives lines and columns in code points") {
  const File file("p.xize", "一二\r\nab\n\n末");
  CHECK(file.line_count() == 4);
  CHECK(file.line(1) == "一二");
  CHECK(file.line(2) == "ab");
  CHECK(file.line(3).empty());
  CHECK(file.line(4) == "末");
  CHECK(file.line(0).empty());
  CHECK(file.line(5).empty());
  CHECK(file.line_column(0).column == 1);
  CHECK(file.line_column(3).column == 2);
  CHECK(file.line_column(8).line == 2);
  CHECK(file.line_column(8).column == 1);
  CHECK(file.line_column(999).line == 4);
  CHECK(file.line_column(999).column == 2);
  CHECK(file.slice({3, 6}) == "二");
  CHECK(file.slice({90, 99}).empty());
  CHECK(file.line_begin(2) == 8);
}

TEST_CASE("source: load removes a BOM and nothing else") {
  const Folder folder;
  const auto path = folder.write("p.xize", "\xEF\xBB\xBF" "policy 一 { }\n");
  const auto loaded = load(path);
  REQUIRE(std::holds_alternative<File>(loaded));
  CHECK(std::get<File>(loaded).text() == "policy 一 { }\n");
  CHECK(std::get<File>(loaded).path() == path);
}

TEST_CASE("source: what cannot be opened says why") {
  const Folder folder;
  const auto error_of = [](const std::string& path) {
    const auto loaded = load(path);
    REQUIRE(std::holds_alternative<LoadError>(loaded));
    return std::get<LoadError>(loaded);
  };
  CHECK(error_of(folder.path("no.xize")).fault == LoadFault::NotFound);
  CHECK(error_of(folder.path("no.xize")).path == folder.path("no.xize"));
  CHECK(error_of(folder.path()).fault == LoadFault::IsDirectory);
  CHECK(error_of(folder.write("plain", "x") + "/p.xize").fault == LoadFault::NotFound);
  fs::create_symlink("loop.xize", folder.path("loop.xize"));
  const auto loop = error_of(folder.path("loop.xize"));
  CHECK(loop.fault == LoadFault::Unreadable);
  CHECK(!loop.reason.empty());
}

TEST_CASE("source: a file beyond the limit is refused, one at the limit is read") {
  const Folder folder;
  const auto path = folder.write("big.xize", "# x\n");
  fs::resize_file(path, 200u << 20);  // sparse: takes no room and must not be read
  const auto loaded = load(path);
  REQUIRE(std::holds_alternative<LoadError>(loaded));
  CHECK(std::get<LoadError>(loaded).fault == LoadFault::TooLarge);
  CHECK(std::holds_alternative<File>(load_bytes("a", std::string(kFileBytesMax, 'x'))));
  CHECK(fault_of(std::string(kFileBytesMax + 1, 'x')) == LoadFault::TooLarge);
}

TEST_CASE("source: an endless device stops at the limit") {
  const auto loaded = load("/dev/zero");
  REQUIRE(std::holds_alternative<LoadError>(loaded));
  CHECK(std::get<LoadError>(loaded).fault == LoadFault::TooLarge);
}

TEST_CASE("source: empty files") {
  CHECK(fault_of("") == LoadFault::Empty);
  CHECK(fault_of("\xEF\xBB\xBF") == LoadFault::Empty);
  CHECK(fault_of(" \r\n\t\n") == LoadFault::Empty);
}

TEST_CASE("source: other encodings are named") {
  CHECK(fault_of(kGbk) == LoadFault::LooksGbk);
  CHECK(fault_of("\xFF\xFE" + utf16("policy a { }\n", false)) == LoadFault::LooksUtf16);
  CHECK(fault_of("\xFE\xFF" + utf16("policy a { }\n", true)) == LoadFault::LooksUtf16);
  CHECK(fault_of(utf16("policy a { }\n", false)) == LoadFault::LooksUtf16);
  CHECK(fault_of("caf\xE9 au lait\n") == LoadFault::NotUtf8);
  CHECK(fault_of("\xFF\xFE\xFD") != LoadFault::LooksGbk);
}

TEST_CASE("source: binary files are no text") {
  CHECK(fault_of("PK\x03\x04 word/document.xml") == LoadFault::NotText);
  CHECK(fault_of("%PDF-1.7\n") == LoadFault::NotText);
  CHECK(fault_of("policy a\0b { }"s) == LoadFault::NotText);
}

TEST_CASE("source: damaged UTF-8 gives the place of the first bad byte") {
  const auto loaded = load_bytes("a.xize", "一二三\n四\xE4\xB8 五六七\n");
  REQUIRE(std::holds_alternative<LoadError>(loaded));
  const auto& error = std::get<LoadError>(loaded);
  CHECK(error.fault == LoadFault::NotUtf8);
  CHECK(error.offset == 13);
  CHECK(error.place.line == 2);
  CHECK(error.place.column == 2);
}

TEST_CASE("source: UTF-8 is validated strictly") {
  const auto valid = [](std::string_view text) {
    return find_invalid_utf8(text) == std::string_view::npos;
  };
  CHECK(valid("a é 细 \U0001F600"));
  CHECK(valid("\xF4\x8F\xBF\xBF"));
  CHECK_FALSE(valid("\xC0\x80"));          // overlong
  CHECK_FALSE(valid("\xE0\x9F\xBF"));      // overlong
  CHECK_FALSE(valid("\xF0\x8F\xBF\xBF"));  // overlong
  CHECK_FALSE(valid("\xED\xA0\x80"));      // surrogate
  CHECK_FALSE(valid("\xF4\x90\x80\x80"));  // beyond U+10FFFF
  CHECK_FALSE(valid("\x80"));
  CHECK_FALSE(valid("\xE7\xBB"));          // cut
  CHECK_FALSE(valid("\xFF"));
  CHECK(find_invalid_utf8("ab\xFFz") == 2);
}

TEST_CASE("source: every code point survives a round trip") {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 7) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    const auto decoded = decode(text);
    REQUIRE(decoded.length == text.size());
    REQUIRE(decoded.code_point == c);
  }
}

TEST_CASE("source: names are compared in NFC") {
  CHECK(nfc("即办程度_N1") == "即办程度_N1");
  CHECK(nfc("e\xCC\x81") == "é");
  CHECK(nfc("\xEF\xA4\x80") == "豈");  // U+F900, a compatibility ideograph
  CHECK(nfc("か\xE3\x82\x99") == "が");
  CHECK(nfc("") == "");
}

TEST_CASE("source: terminal cells") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("细则") == 4);
  CHECK(display_width("（含）") == 6);
  CHECK(display_width("e\xCC\x81") == 1);
  CHECK(display_width("“”…") == 3);
  CHECK(display_width("") == 0);
}
