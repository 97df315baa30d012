// The pages' fenced blocks, run as a reader would run them:
//   console         `$ command` lines, each followed by what it prints (console_block.h)
//   sh              a script that must end with status 0
//   xize [FILE]     a policy that `xize check` accepts; `xize fail [FILE]` one that it refuses;
//                   `xize fragment` is not a whole policy and is not run
//   xize frame      a policy with a line `……`; each `xize in frame` below stands in place of it
//   csv FILE        data; with a FILE, a block can be named by the commands of its page
// The scripts that set up, build and test the project are what runs this, so they are not run.
#include <algorithm>
#include <regex>

#include "tests/support/process.h"
#include "tests/support/text.h"
#include "tests/tidy/console_block.h"
#include "tests/tidy/rules.h"

namespace xize::tidy {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

// A fenced block and where it stands; `info` are the words behind its fence.
struct Block {
  std::string path;
  std::size_t line = 0;
  std::size_t indent = 0;
  Lines info;
  Lines lines;

  [[nodiscard]] std::string kind() const { return info.empty() ? "" : info.front(); }
};

std::vector<Block> blocks_of(const SourceFile& page) {
  std::vector<Block> blocks;
  bool open = false;
  const auto lines = support::split_lines(page.text);
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const auto text = support::trim(lines[k]);
    if (text.starts_with("```")) {
      if (!open) {
        blocks.push_back({page.path,
                          k + 1,
                          lines[k].find('`'),
                          support::split_words(std::string(text.substr(3))),
                          {}});
      }
      open = !open;
    } else if (open) {
      blocks.back().lines.push_back(
          lines[k].substr(std::min(blocks.back().indent, lines[k].size())));
    }
  }
  return blocks;
}

bool is_set_up(const std::string& command) {
  static const std::regex kSetUp(
      "^(sudo |apt-get |git clone |cd xize$|cmake |ninja |ctest |npm "
      "|tools/(setup|build|test|demo)\\b)");
  return std::regex_search(command, kSetUp);
}

// A copy of the tree with the program in its place, so that nothing a page does is kept.
class Scratch {
 public:
  Scratch(const SourceTree& tree, const fs::path& xize) {
    for (const auto& name : tree.top_level) {
      if (name.starts_with(".") || name == "build" || name == "out") continue;
      fs::copy(tree.root / name, folder_.path() / name, fs::copy_options::recursive);
    }
    fs::create_directory(folder_.path() / "build");
    fs::create_symlink(fs::absolute(xize), folder_.path() / "build" / "xize");
  }

  [[nodiscard]] support::Ended run(const Lines& words, const std::string& page) const {
    support::Command command;
    command.words = words;
    command.folder = folder_.path();
    command.merged = true;
    const bool chinese = page.find(".zh") != std::string::npos;
    const char* path = std::getenv("PATH");
    command.environment = {"PATH=" + (folder_.path() / "build").string() + ":" +
                               (path == nullptr ? "/usr/bin:/bin" : path),
                           "LC_ALL=",
                           chinese ? "LANG=zh_CN.UTF-8" : "LANG=C.UTF-8",
                           "NO_COLOR=1",
                           "TERM=dumb",
                           "COLUMNS=100"};
    return support::run(command);
  }
  [[nodiscard]] const fs::path& path() const { return folder_.path(); }

 private:
  support::TemporaryFolder folder_;
};

Lines without_trailing_blanks(Lines lines) {
  for (auto& line : lines) line.erase(line.find_last_not_of(" \t\r") + 1);
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

// The blocks of one page, in their order: what one lays out is there for those below it.
class Reading {
 public:
  Reading(const SourceTree& tree, const fs::path& xize, const SourceFile& page)
      : scratch_(tree, xize), page_(page) {}

  void run(const Block& block) {
    verdict_ = {"example " + block.path + ":" + std::to_string(block.line),
                "a reader types what the page shows and sees what it says",
                {},
                {}};
    if (block.kind() == "console") run_console(block);
    else if (block.kind() == "sh") run_script(block);
    else if (block.kind() == "csv")
      support::write_file(place(block.info[1]), support::join_lines(block.lines));
    else if (block.kind() == "xize") run_policy(block);
    else return;
    verdicts_.push_back(std::move(verdict_));
  }
  [[nodiscard]] const std::vector<Verdict>& verdicts() const { return verdicts_; }
  // The page with what its commands print now, where it showed something else; what cannot be
  // shortened as the page did stays.
  [[nodiscard]] std::string reset_text() const;

 private:
  // Lines of the page, counted from 0, and what stands there instead.
  struct Change {
    std::size_t first;
    std::size_t count;
    Lines lines;
  };

  void run_console(const Block& block);
  void run_script(const Block& block);
  void run_policy(const Block& block);
  void report(std::size_t line, const std::string& what) {
    verdict_.findings.push_back({page_.path, line, what});
  }
  // A file of the page in its folder.
  [[nodiscard]] fs::path place(const std::string& file) const {
    const auto path = scratch_.path() / file;
    fs::create_directories(path.parent_path());
    return path;
  }

  Scratch scratch_;
  const SourceFile& page_;
  Lines frame_;
  Verdict verdict_;
  std::vector<Verdict> verdicts_;
  std::vector<Change> changes_;
};

void Reading::run_console(const Block& block) {
  for (const auto& step : steps_of(block.lines)) {
    if (is_set_up(step.command)) continue;
    const auto line = block.line + step.line;
    const auto ended = scratch_.run({"sh", "-c", step.command}, block.path);
    const auto expected = without_trailing_blanks(step.expected);
    const auto actual = without_trailing_blanks(
        support::split_lines(support::replace_all(ended.out, scratch_.path().string() + "/", "")));
    if (ended.timed_out || ended.status >= 126) {
      report(line, "`" + step.command + "` ended with status " + std::to_string(ended.status) +
                       "\n" + ended.out);
    } else if (!fits(expected, actual)) {
      report(line,
             "`" + step.command + "` prints otherwise\n" + support::unified_diff(expected, actual));
      const auto more = std::count(step.command.begin(), step.command.end(), '\n');
      auto fresh = refreshed(expected, actual);
      if (!fresh) continue;
      for (auto& text : *fresh) {
        if (!text.empty()) text.insert(0, block.indent, ' ');
      }
      changes_.push_back({line + static_cast<std::size_t>(more), expected.size(), *fresh});
    }
  }
}

void Reading::run_script(const Block& block) {
  Lines kept;
  for (const auto& line : block.lines) {
    if (!is_set_up(line)) kept.push_back(line);
  }
  const auto ended = scratch_.run({"sh", "-euc", support::join_lines(kept)}, block.path);
  if (ended.status == 0) return;
  report(block.line,
         "the script ended with status " + std::to_string(ended.status) + "\n" + ended.out);
}

void Reading::run_policy(const Block& block) {
  Lines words(block.info.begin() + 1, block.info.end());
  const auto says = [&words](std::string_view word) {
    const bool said = !words.empty() && words.front() == word;
    if (said) words.erase(words.begin());
    return said;
  };
  if (says("fragment")) return;
  if (says("frame")) {
    frame_ = block.lines;
    return;
  }
  auto lines = block.lines;
  if (says("in")) {
    words.clear();
    const auto gap = std::find_if(frame_.cbegin(), frame_.cend(),
                                  [](const auto& line) { return support::trim(line) == "……"; });
    if (gap == frame_.end()) return report(block.line, "stands in no frame with a line `……`");
    lines.insert(lines.begin(), frame_.cbegin(), gap);
    lines.insert(lines.end(), gap + 1, frame_.cend());
  }
  const bool must_fail = says("fail");
  const auto file = words.empty() ? "block_" + std::to_string(block.line) + ".xize" : words.front();
  support::write_file(place(file), support::join_lines(lines));
  const auto ended = scratch_.run({scratch_.path() / "build/xize", "check", file}, block.path);
  if (ended.status < 126 && (ended.status != 0) == must_fail) return;
  report(block.line,
         std::string(must_fail ? "`xize check` should refuse this policy, but ended with "
                               : "`xize check` should accept this policy, but ended with ") +
             std::to_string(ended.status) + "\n" + ended.out);
}

std::string Reading::reset_text() const {
  auto lines = support::split_lines(page_.text);
  for (auto change = changes_.rbegin(); change != changes_.rend(); ++change) {
    const auto first = lines.begin() + static_cast<std::ptrdiff_t>(change->first);
    const auto after = lines.erase(first, first + static_cast<std::ptrdiff_t>(change->count));
    lines.insert(after, change->lines.begin(), change->lines.end());
  }
  return support::join_lines(lines);
}

bool is_run(const Block& block) {
  return block.kind() == "console" || block.kind() == "sh" || block.kind() == "xize" ||
         (block.kind() == "csv" && block.info.size() > 1);
}

bool is_read(const SourceFile& page) {
  return page.path.ends_with(".md") && page.path != "CHANGELOG.md" &&
         !page.path.starts_with("compiler/diagnostics/pages/");  // pages.cpp runs them
}

}  // namespace

std::vector<Verdict> check_documents(const SourceTree& tree, const fs::path& xize, bool reset) {
  std::vector<Verdict> verdicts;
  for (const auto& page : tree.files) {
    if (!is_read(page)) continue;
    auto blocks = blocks_of(page);
    std::erase_if(blocks, [](const Block& block) { return !is_run(block); });
    if (blocks.empty()) continue;
    Reading reading(tree, xize, page);
    for (const auto& block : blocks) reading.run(block);
    verdicts.insert(verdicts.end(), reading.verdicts().begin(), reading.verdicts().end());
    if (reset) support::write_file(tree.root / page.path, reading.reset_text());
  }
  return verdicts;
}

}  // namespace xize::tidy
