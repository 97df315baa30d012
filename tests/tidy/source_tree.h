// The files of the project as the tidy rules see them.
// In: the root folder. Out: every tracked kind of text, with its C++ also in a form free of
// comments and literals. Must hold: build output, caches and `.git` are never read.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace xize::tidy {

// One text file; `path` is relative to the root, with `/`.
struct SourceFile {
  std::string path;
  std::string text;
  std::string code;  // C++ only: the text with comments and literals blanked, line ends kept
};

// A rule broken at a place.
struct Finding {
  std::string path;
  std::size_t line = 0;  // 0: the file as a whole
  std::string what;
};

// What one rule found; `why` says what the rule protects, `note` what it measured.
struct Verdict {
  std::string rule;
  std::string why;
  std::vector<Finding> findings;
  std::string note;
};

// Everything the rules read.
struct SourceTree {
  std::filesystem::path root;
  std::vector<SourceFile> files;       // sorted by path
  std::vector<std::string> top_level;  // names that stand in the root
};

SourceTree read_tree(const std::filesystem::path& root);

bool is_cpp(std::string_view path);     // .h or .cpp
bool is_header(std::string_view path);  // .h
std::string folder_of(std::string_view path);
std::string stem_of(std::string_view path);  // the file name up to its first dot

// The text with comments, strings and character literals turned into blanks; offsets and lines
// stay as they were.
std::string blank_comments_and_literals(std::string_view text);
std::size_t line_at(std::string_view text, std::size_t offset);  // counted from 1

}  // namespace xize::tidy
