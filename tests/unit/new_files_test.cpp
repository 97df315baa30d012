#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <unistd.h>

#include "runtime/io/comment_lines.h"
#include "runtime/io/new_files.h"

using namespace xize;

namespace {

namespace fs = std::filesystem;

// A folder of its own, gone at the end.
struct Folder {
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path = fs::temp_directory_path() / ("xize_new_files_" + std::to_string(::getpid()));
};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> comments(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
  const auto lines = io::read_comment_lines(path.string());
  REQUIRE(std::holds_alternative<std::vector<std::string>>(lines));
  return std::get<std::vector<std::string>>(lines);
}

}  // namespace

TEST_CASE("new files: all of them, in folders that are made") {
  const Folder folder;
  const std::string target = (folder.path / "新/考核").string();
  CHECK_FALSE(io::write_new_files(target, {{"policy.xize", "a"}, {"data/单位.csv", "b"}}));
  CHECK(read(fs::path(target) / "policy.xize") == "a");
  CHECK(read(fs::path(target) / "data/单位.csv") == "b");
}

TEST_CASE("new files: nothing is written where one of them exists") {
  const Folder folder;
  std::ofstream(folder.path / "b.csv") << "mine";
  const auto fault = io::write_new_files(folder.path.string(), {{"a.csv", "1"}, {"b.csv", "2"}});
  REQUIRE(fault.has_value());
  REQUIRE(std::holds_alternative<io::ExistsAlready>(*fault));
  CHECK(std::get<io::ExistsAlready>(*fault).path == (folder.path / "b.csv").string());
  CHECK_FALSE(fs::exists(folder.path / "a.csv"));
  CHECK(read(folder.path / "b.csv") == "mine");
}

TEST_CASE("new files: a fault leaves none of them") {
  const Folder folder;
  std::ofstream(folder.path / "file") << "";
  const auto fault =
      io::write_new_files(folder.path.string(), {{"a.csv", "1"}, {"file/b.csv", "2"}});
  REQUIRE(fault.has_value());
  CHECK(std::holds_alternative<io::WriteFault>(*fault));
  CHECK_FALSE(fs::exists(folder.path / "a.csv"));
}

TEST_CASE("comment lines: as written, and as spreadsheets save them") {
  const Folder folder;
  const fs::path file = folder.path / "list.csv";
  using Lines = std::vector<std::string>;
  CHECK(comments(file, "# a, b\n# c\n部门,编码\n# no comment\n") == Lines{" a, b", " c"});
  CHECK(comments(file, "\xEF\xBB\xBF# a\r\n\r\n部门\r\n") == Lines{" a"});
  CHECK(comments(file, "\"# a, \"\"b\"\"\",,,\r\n# c,,\r\n部门,编码\r\n") ==
        Lines{" a, \"b\"", " c"});
  CHECK(comments(file, "# \xB3\xE9\xB2\xE9\n\xB2\xBF\xC3\xC5\n") == Lines{" 抽查"});
  CHECK(comments(file, "部门\n") == Lines{});
  const auto missing = io::read_comment_lines((folder.path / "none").string());
  CHECK(std::holds_alternative<io::ReadFault>(missing));
}
