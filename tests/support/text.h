// Text the test runners share: files, lines, differences, and the closing line.
// Must hold: bytes pass unchanged; nothing here assumes that a file is valid UTF-8.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xize::support {

// The bytes of a file; empty when it cannot be read.
std::optional<std::string> read_file(const std::filesystem::path& path);
// Replaces the file as a whole; false when it cannot be written.
bool write_file(const std::filesystem::path& path, std::string_view text);

// Lines without their ends; a last line that has no end counts too.
std::vector<std::string> split_lines(std::string_view text);
std::string join_lines(const std::vector<std::string>& lines);
// Every `from` becomes `to`.
std::string replace_all(std::string text, std::string_view from, std::string_view to);
std::string_view trim(std::string_view text);

// A unified diff with three lines of context and no file header; empty when they are equal.
std::string unified_diff(const std::vector<std::string>& expected,
                         const std::vector<std::string>& actual);

// A folder of its own, removed with everything in it at the end of the scope.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Prints `N passed, N failed` alone on a line; gives the exit status that belongs to it.
int close_run(std::size_t passed, std::size_t failed, std::size_t skipped = 0);

}  // namespace xize::support
