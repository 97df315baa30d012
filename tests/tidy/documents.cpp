// The pages' fenced blocks, run as a reader would run them:
//   console         `$ command` lines, each followed by what it prints; a line `...` stands for any
//                   lines
//   sh              a script that must end with status 0
//   xize            a policy that `xize check` accepts; `xize fail` one that it refuses;
//                   `xize fragment` is not a whole policy and is not run
// The scripts that set up, build and test the project are what runs this, so they are not run.
#include <algorithm>
#include <array>
#include <regex>

#include "tests/support/process.h"
#include "tests/support/text.h"
#include "tests/tidy/rules.h"

namespace xize::tidy {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

// A fenced block and where it stands.
struct Block {
  std::string path;
  std::size_t line = 0;
  std::string info;
  Lines lines;
};

// A command of a console block and the lines that follow it.
struct Step {
  std::size_t line = 0;
  std::string command;
  Lines expected;
};

std::vector<Block> blocks_of(const SourceFile& page) {
  std::vector<Block> blocks;
  bool open = false;
  std::size_t indent = 0;
  const auto lines = support::split_lines(page.text);
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const auto text = support::trim(lines[k]);
    if (text.starts_with("```")) {
      if (!open) {
        indent = lines[k].find('`');
        blocks.push_back({page.path, k + 1, std::string(support::trim(text.substr(3))), {}});
      }
      open = !open;
    } else if (open) {
      blocks.back().lines.push_back(lines[k].substr(std::min(indent, lines[k].size())));
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

std::vector<Step> steps_of(const Block& block) {
  std::vector<Step> steps;
  bool continued = false;
  for (std::size_t k = 0; k < block.lines.size(); ++k) {
    const auto& line = block.lines[k];
    if (continued) {
      steps.back().command += "\n" + line;
    } else if (line.starts_with("$ ")) {
      steps.push_back({block.line + k + 1, line.substr(2), {}});
    } else {
      if (!steps.empty()) steps.back().expected.push_back(line);
      continue;
    }
    continued = steps.back().command.ends_with("\\");
  }
  return steps;
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

bool matches(const Lines& expected, std::size_t i, const Lines& actual, std::size_t j) {
  for (; i < expected.size(); ++i, ++j) {
    if (support::trim(expected[i]) == "...") {
      for (std::size_t skip = j; skip <= actual.size(); ++skip) {
        if (matches(expected, i + 1, actual, skip)) return true;
      }
      return false;
    }
    if (j >= actual.size() || expected[i] != actual[j]) return false;
  }
  return j == actual.size();
}

Lines without_trailing_blanks(Lines lines) {
  for (auto& line : lines) line.erase(line.find_last_not_of(" \t\r") + 1);
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

void run_console(const Block& block, const Scratch& scratch, Verdict& verdict) {
  for (const auto& step : steps_of(block)) {
    if (is_set_up(step.command)) continue;
    const auto ended = scratch.run({"sh", "-c", step.command}, block.path);
    const auto expected = without_trailing_blanks(step.expected);
    const auto actual = without_trailing_blanks(
        support::split_lines(support::replace_all(ended.out, scratch.path().string() + "/", "")));
    if (ended.timed_out || ended.status >= 126) {
      verdict.findings.push_back({block.path, step.line,
                                  "`" + step.command + "` ended with status " +
                                      std::to_string(ended.status) + "\n" + ended.out});
    } else if (!matches(expected, 0, actual, 0)) {
      verdict.findings.push_back(
          {block.path, step.line,
           "`" + step.command + "` prints otherwise\n" + support::unified_diff(expected, actual)});
    }
  }
}

void run_script(const Block& block, const Scratch& scratch, Verdict& verdict) {
  Lines kept;
  for (const auto& line : block.lines) {
    if (!is_set_up(line)) kept.push_back(line);
  }
  const auto ended = scratch.run({"sh", "-euc", support::join_lines(kept)}, block.path);
  if (ended.status == 0) return;
  verdict.findings.push_back(
      {block.path, block.line,
       "the script ended with status " + std::to_string(ended.status) + "\n" + ended.out});
}

void run_policy(const Block& block, const Scratch& scratch, Verdict& verdict) {
  const auto name = "block_" + std::to_string(block.line) + ".xize";
  support::write_file(scratch.path() / name, support::join_lines(block.lines));
  const auto ended = scratch.run({scratch.path() / "build/xize", "check", name}, block.path);
  const bool must_fail = block.info == "xize fail";
  if (ended.status < 126 && (ended.status != 0) == must_fail) return;
  verdict.findings.push_back(
      {block.path, block.line,
       (must_fail ? "`xize check` should refuse this policy, but ended with "
                  : "`xize check` should accept this policy, but ended with ") +
           std::to_string(ended.status) + "\n" + ended.out});
}

bool is_run(const std::string& info) {
  static constexpr std::array<std::string_view, 4> kRun{"console", "sh", "xize", "xize fail"};
  return std::find(kRun.begin(), kRun.end(), info) != kRun.end();
}

}  // namespace

std::vector<Verdict> check_documents(const SourceTree& tree, const fs::path& xize) {
  std::vector<Verdict> verdicts;
  for (const auto& page : tree.files) {
    if (!page.path.ends_with(".md") || page.path == "CHANGELOG.md") continue;
    if (page.path.starts_with("compiler/diagnostics/pages/")) continue;  // pages.cpp runs them
    auto blocks = blocks_of(page);
    std::erase_if(blocks, [](const Block& block) { return !is_run(block.info); });
    if (blocks.empty()) continue;
    const Scratch scratch(tree, xize);
    for (const auto& block : blocks) {
      Verdict verdict{"example " + page.path + ":" + std::to_string(block.line),
                      "a reader types what the page shows and sees what it says",
                      {},
                      {}};
      if (block.info == "console") run_console(block, scratch, verdict);
      else if (block.info == "sh") run_script(block, scratch, verdict);
      else run_policy(block, scratch, verdict);
      verdicts.push_back(std::move(verdict));
    }
  }
  return verdicts;
}

}  // namespace xize::tidy
