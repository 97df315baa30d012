// xize_golden XIZE [--reset] PATH...: runs every golden file under the paths and compares.
// A mismatch prints a unified diff and the command that accepts it; `--reset` rewrites the
// expectations. A name begins with `fail_` if and only if a run exits non-zero.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/golden/golden_file.h"
#include "tests/support/process.h"
#include "tests/support/text.h"

namespace xize::golden {
namespace {

namespace fs = std::filesystem;

// What the command line asked for.
struct Options {
  std::string runner;  // this program, as it was called
  std::string xize;
  bool reset = false;
  std::vector<fs::path> files;
};

// What the runs of one file printed, and whether one of them failed.
struct Seen {
  std::vector<std::string> lines;
  bool failing = false;
  std::string broken;  // why no comparison is possible
};

bool is_golden(const fs::path& path) {
  return path.extension() == ".xize" || path.extension() == ".case";
}

// `NAME=value` words before the arguments set the environment of that run.
bool is_setting(const std::string& word) {
  const auto equals = word.find('=');
  return equals != std::string::npos && equals > 0 &&
         std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(equals),
                     [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

support::Command command_of(const Options& options, const fs::path& golden, const std::string& run,
                            const fs::path& folder) {
  support::Command command;
  command.folder = folder;
  command.environment = {"LC_ALL=C.UTF-8", "NO_COLOR=1", "TERM=dumb", "COLUMNS=100"};
  command.words = {options.xize};
  for (auto word : support::split_words(run)) {
    word = support::replace_all(word, "%s", golden.filename().string());
    word = support::replace_all(word, "%d", fs::absolute(golden).parent_path().string());
    word = support::replace_all(word, "%t", folder.string());
    if (command.words.size() == 1 && is_setting(word)) {
      if (word.starts_with("LANG=")) command.environment[0] = "LC_ALL=";
      command.environment.push_back(word);
    } else {
      command.words.push_back(word);
    }
  }
  return command;
}

// Paths become base names, so that a golden reads the same everywhere.
std::vector<std::string> normalise(const std::string& stream,
                                   const std::vector<fs::path>& folders) {
  std::string text = stream;
  for (const auto& folder : folders) {
    text = support::replace_all(text, folder.string() + "/", "");
    text = support::replace_all(text, folder.string(), ".");
  }
  auto lines = support::split_lines(text);
  if (!text.empty() && text.back() != '\n') lines.emplace_back("\\ no line end");
  return lines;
}

void run_one(const support::Command& command, const fs::path& golden, Seen& seen) {
  const auto ended = support::run(command);
  if (ended.timed_out) seen.broken = "a run did not end within its time limit";
  else if (ended.by_signal)
    seen.broken =
        "a run was ended by signal " + std::to_string(ended.status - 128) + "\n" + ended.err;
  else if (ended.status >= 126) seen.broken = "cannot run: " + ended.err;
  const std::vector<fs::path> folders{command.folder, fs::absolute(golden).parent_path()};
  for (const auto* stream : {&ended.out, &ended.err}) {
    for (auto& line : normalise(*stream, folders)) seen.lines.push_back(std::move(line));
  }
  seen.lines.push_back("exit: " + std::to_string(ended.status));
  seen.failing = seen.failing || ended.status != 0;
}

Seen run_all(const Options& options, const fs::path& path, const GoldenFile& golden) {
  Seen seen;
  const support::TemporaryFolder folder;
  bool written = support::write_file(folder.path() / path.filename(), golden.source);
  for (const auto& [name, content] : golden.files) {
    std::error_code error;
    fs::create_directories((folder.path() / name).parent_path(), error);
    written = support::write_file(folder.path() / name, content) && written;
  }
  if (!written) seen.broken = "cannot write the source to " + folder.path().string();
  for (const auto& run : golden.runs) {
    if (!seen.broken.empty()) break;
    if (golden.runs.size() > 1) seen.lines.push_back("$ xize " + run);
    run_one(command_of(options, path, run, folder.path()), path, seen);
  }
  return seen;
}

std::string quoted(const std::string& word) {
  return word.find_first_of(" '\"()") == std::string::npos
             ? word
             : "'" + support::replace_all(word, "'", "'\\''") + "'";
}

// Empty when the file holds, else what is wrong with it.
std::string judge(const Options& options, const fs::path& path) {
  const auto text = support::read_file(path);
  if (!text) return "cannot be read\n";
  const auto golden = parse(*text);
  if (golden.runs.empty()) return "has no `# RUN:` line\n";
  const auto seen = run_all(options, path, golden);
  if (!seen.broken.empty()) return seen.broken + "\n";

  std::string wrong;
  const bool named_failing = path.filename().string().starts_with("fail_");
  if (named_failing && !seen.failing) {
    wrong += "is named `fail_`, but every run exits 0: rename it\n";
  } else if (!named_failing && seen.failing) {
    wrong += "a run exits non-zero: name it `fail_" + path.filename().string() + "`\n";
  }
  if (seen.lines == golden.expectation) return wrong;
  if (options.reset) {
    const bool written = support::write_file(path, with_expectation(golden, seen.lines));
    return wrong + (written ? "" : "cannot be rewritten\n");
  }
  return wrong + support::unified_diff(golden.expectation, seen.lines) + "accept with:\n  " +
         quoted(options.runner) + " " + quoted(options.xize) + " --reset " + quoted(path.string()) +
         "\n";
}

std::optional<Options> read_options(int argc, char** argv) {
  Options options;
  options.runner = argv[0];
  for (int k = 1; k < argc; ++k) {
    const std::string word = argv[k];
    if (word == "--reset") {
      options.reset = true;
    } else if (options.xize.empty()) {
      options.xize = fs::absolute(word).string();
    } else if (fs::is_directory(word)) {
      for (const auto& entry : fs::recursive_directory_iterator(word)) {
        if (entry.is_regular_file() && is_golden(entry.path())) options.files.push_back(entry);
      }
    } else {
      options.files.emplace_back(word);
    }
  }
  std::sort(options.files.begin(), options.files.end());
  if (options.files.empty()) return std::nullopt;
  return options;
}

int run(const Options& options) {
  std::vector<std::string> verdicts(options.files.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t k = next++; k < verdicts.size(); k = next++) {
      verdicts[k] = judge(options, options.files[k]);
    }
  };
  std::vector<std::thread> workers;
  for (unsigned k = 1; k < std::max(1U, std::thread::hardware_concurrency()); ++k) {
    workers.emplace_back(work);
  }
  work();
  for (auto& worker : workers) worker.join();

  std::size_t failed = 0;
  for (std::size_t k = 0; k < verdicts.size(); ++k) {
    if (verdicts[k].empty()) continue;
    ++failed;
    std::cout << "FAILED " << options.files[k].string() << "\n" << verdicts[k] << "\n";
  }
  return support::close_run(verdicts.size() - failed, failed);
}

}  // namespace
}  // namespace xize::golden

int main(int argc, char** argv) {
  const auto options = xize::golden::read_options(argc, argv);
  if (!options) {
    std::cerr << "usage: xize_golden XIZE [--reset] PATH...\n"
                 "no golden file (*.xize, *.case) was found\n";
    return 2;
  }
  return xize::golden::run(*options);
}
