// The pages of messages, run case by case: the failing example reports exactly the page's code, the
// mended one reports nothing; advice of another kind than the page's is let pass, for examples are
// small. compiler/diagnostics/kinds.def describes the blocks of a page.
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <regex>
#include <set>
#include <thread>

#include "tests/support/process.h"
#include "tests/support/text.h"
#include "tests/tidy/rules.h"

namespace xize::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPages = "compiler/diagnostics/pages/";

// A fenced block: its words (`csv fail data/部门.csv`) and what stands in it.
struct CaseBlock {
  std::vector<std::string> words;
  std::string text;
};

std::vector<CaseBlock> case_blocks(const SourceFile& page) {
  std::vector<CaseBlock> blocks;
  bool open = false;
  for (const auto& line : support::split_lines(page.text)) {
    if (line.starts_with("```")) {
      open = !open;
      if (open) blocks.push_back({support::split_words(line.substr(3)), {}});
    } else if (open) {
      blocks.back().text += line + "\n";
    }
  }
  return blocks;
}

// Lays the files of one case into `folder` and gives the script that shows it.
std::string lay_out(const std::vector<CaseBlock>& blocks, std::string_view wanted,
                    const fs::path& folder) {
  std::string script = "xize check policy.xize";
  bool own_script = false;
  for (const auto& [words, text] : blocks) {
    if (words.size() < 2 || (words[1] != wanted && words[1] != "both")) continue;
    if (words[0] == "sh") {
      script = text;
      own_script = true;
    } else if (words[0] == "xize") {
      support::write_file(folder / (words.size() > 2 ? words[2] : "policy.xize"), text);
    } else if (words.size() > 2) {
      fs::create_directories((folder / words[2]).parent_path());
      support::write_file(folder / words[2], text);
      if (!own_script) script = "xize score policy.xize --data data";
    }
  }
  return script;
}

// A failing case in a `text` block cannot be brought about: it would be a mistake of the program.
bool is_only_shown(const std::vector<CaseBlock>& blocks) {
  return std::any_of(blocks.begin(), blocks.end(), [](const CaseBlock& block) {
    return block.words.size() > 1 && block.words[0] == "text" && block.words[1] == "fail";
  });
}

std::set<std::string> codes_in(const std::string& text, const std::string& own) {
  static const std::regex kCode("(advice)?\\[(XZ[0-9]{4})\\]");
  std::set<std::string> codes;
  for (std::sregex_iterator it(text.begin(), text.end(), kCode), end; it != end; ++it) {
    if (!(*it)[1].matched || (*it)[2] == own) codes.insert((*it)[2]);
  }
  return codes;
}

support::Ended run_case(const std::string& script, const fs::path& folder, const fs::path& bin) {
  support::Command command;
  command.words = {"sh", "-c", script};
  command.folder = folder;
  command.merged = true;
  const char* path = std::getenv("PATH");
  command.environment = {"PATH=" + bin.string() + ":" + (path == nullptr ? "/usr/bin:/bin" : path),
                         "LC_ALL=", "LANG=en_US.UTF-8", "NO_COLOR=1"};
  return support::run(command);
}

Verdict check_page(const SourceFile& page, const fs::path& bin) {
  Verdict verdict{"page " + page.path, "a message is explained by what it really says", {}, {}};
  const auto code = fs::path(page.path).stem().string();
  const auto blocks = case_blocks(page);
  for (const std::string wanted : {"fail", "ok"}) {
    if (wanted == "fail" && is_only_shown(blocks)) continue;
    const support::TemporaryFolder folder;
    const auto ended = run_case(lay_out(blocks, wanted, folder.path()), folder.path(), bin);
    const auto expected = wanted == "fail" ? std::set{code} : std::set<std::string>{};
    if (ended.status < 126 && codes_in(ended.out, code) == expected) continue;
    verdict.findings.push_back({page.path, 0,
                                "the case `" + wanted + "` should report " +
                                    (wanted == "fail" ? "only " + code : "nothing") +
                                    ", but ended with " + std::to_string(ended.status) + "\n" +
                                    ended.out});
  }
  return verdict;
}

}  // namespace

std::vector<Verdict> check_pages(const SourceTree& tree, const fs::path& xize) {
  const support::TemporaryFolder bin;
  fs::create_symlink(fs::absolute(xize), bin.path() / "xize");
  std::vector<const SourceFile*> pages;
  for (const auto& page : tree.files) {
    if (page.path.starts_with(kPages)) pages.push_back(&page);
  }
  // Cases wait for the programs they run: one thread for each core.
  std::vector<Verdict> verdicts(pages.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < pages.size(); i = next++) {
      verdicts[i] = check_page(*pages[i], bin.path());
    }
  };
  std::vector<std::jthread> workers;
  for (unsigned i = 1; i < std::thread::hardware_concurrency(); ++i) workers.emplace_back(work);
  work();
  workers.clear();
  return verdicts;
}

}  // namespace xize::tidy
