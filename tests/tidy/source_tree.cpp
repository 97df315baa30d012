#include "tests/tidy/source_tree.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "tests/support/text.h"

namespace xize::tidy {
namespace {

namespace fs = std::filesystem;

bool is_skipped(const std::string& path) {
  static constexpr std::array<std::string_view, 3> kAtTheTop{"build", "out", ".git"};
  static constexpr std::array<std::string_view, 3> kAnywhere{".cache", "node_modules", ".vscode"};
  const auto name = fs::path(path).filename().string();
  return std::find(kAtTheTop.begin(), kAtTheTop.end(), path) != kAtTheTop.end() ||
         std::find(kAnywhere.begin(), kAnywhere.end(), name) != kAnywhere.end();
}

bool is_text(const std::string& path) {
  static constexpr std::array<std::string_view, 16> kKinds{
      ".h",    ".cpp", ".def", ".inc", ".g4",  ".md",   ".txt", ".cmake",
      ".json", ".xize", ".csv", ".sh",  ".tsv", ".case", ".ts",  ".js"};
  const auto extension = fs::path(path).extension().string();
  return extension.empty() || std::find(kKinds.begin(), kKinds.end(), extension) != kKinds.end();
}

// Walks a literal or a comment; `at` stands on its first character and ends behind its last.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text), result_(text) {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(result_);
  }

 private:
  void step() {
    if (starts("//")) return blank_to(text_.find('\n', at_));
    if (starts("/*")) return blank_past("*/", 2);
    if (starts("R\"") && !is_word_before()) return raw_string();
    if (text_[at_] == '"') return quoted('"');
    if (text_[at_] == '\'' && !is_word_before()) return quoted('\'');  // not 1'000
    ++at_;
  }

  [[nodiscard]] bool starts(std::string_view what) const {
    return text_.substr(at_).starts_with(what);
  }
  [[nodiscard]] bool is_word_before() const {
    return at_ > 0 &&
           (std::isalnum(static_cast<unsigned char>(text_[at_ - 1])) != 0 || text_[at_ - 1] == '_');
  }
  void blank_to(std::size_t end) {
    end = std::min(end, text_.size());
    for (; at_ < end; ++at_) {
      if (text_[at_] != '\n') result_[at_] = ' ';
    }
  }
  void blank_past(std::string_view closing, std::size_t opening_size) {
    const auto end = text_.find(closing, at_ + opening_size);
    blank_to(end == std::string_view::npos ? end : end + closing.size());
  }
  void raw_string() {
    const auto open = text_.find('(', at_);
    if (open == std::string_view::npos) return blank_to(open);
    const auto mark = text_.substr(at_ + 2, open - at_ - 2);
    blank_past(")" + std::string(mark) + "\"", open + 1 - at_);
  }
  // The quotes stay: an include and a string argument remain visible as such.
  void quoted(char quote) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    ++at_;
    blank_to(end);
    if (at_ < text_.size() && text_[at_] == quote) ++at_;
  }

  std::string_view text_;
  std::string result_;
  std::size_t at_ = 0;
};

}  // namespace

bool is_cpp(std::string_view path) { return path.ends_with(".h") || path.ends_with(".cpp"); }
bool is_header(std::string_view path) { return path.ends_with(".h"); }

std::string folder_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? "" : path.substr(0, slash));
}

std::string stem_of(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);
  return std::string(name.substr(0, name.find('.')));
}

std::string blank_comments_and_literals(std::string_view text) { return Blanker(text).run(); }

std::size_t line_at(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, offset);
  return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

SourceTree read_tree(const fs::path& root) {
  SourceTree tree{root, {}, {}};
  for (const auto& entry : fs::directory_iterator(root)) {
    tree.top_level.push_back(entry.path().filename().string());
  }
  std::sort(tree.top_level.begin(), tree.top_level.end());
  for (auto entry = fs::recursive_directory_iterator(root);
       entry != fs::recursive_directory_iterator(); ++entry) {
    auto path = fs::relative(entry->path(), root).generic_string();
    if (entry->is_directory() && is_skipped(path)) {
      entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file() || !is_text(path)) continue;
    auto text = support::read_file(entry->path()).value_or("");
    auto code = is_cpp(path) ? blank_comments_and_literals(text) : std::string();
    tree.files.push_back({std::move(path), std::move(text), std::move(code)});
  }
  std::sort(tree.files.begin(), tree.files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return tree;
}

}  // namespace xize::tidy
