// xize_tidy ROOT [XIZE [--reset]]: the style of the project as tests that fail.
// Prints each rule with what it measured; a broken one says where, and why the rule exists. Without
// the program XIZE the examples of the pages are not run; `--reset` writes what they print now into
// the pages.
#include <iostream>
#include <string_view>

#include "tests/support/text.h"
#include "tests/tidy/rules.h"

namespace xize::tidy {
namespace {

void append(std::vector<Verdict>& all, std::vector<Verdict> more) {
  for (auto& verdict : more) all.push_back(std::move(verdict));
}

void print(const Verdict& verdict) {
  if (verdict.findings.empty()) {
    if (!verdict.note.empty())
      std::cout << "ok     " << verdict.rule << ": " << verdict.note << "\n";
    return;
  }
  std::cout << "FAILED " << verdict.rule << ": " << verdict.why << "\n";
  for (const auto& finding : verdict.findings) {
    std::cout << "  " << finding.path;
    if (finding.line > 0) std::cout << ":" << finding.line;
    std::cout << ": " << finding.what << "\n";
  }
  if (!verdict.note.empty()) std::cout << "  (" << verdict.note << ")\n";
}

int run(const std::filesystem::path& root, const std::filesystem::path& xize, bool reset) {
  const auto tree = read_tree(root);
  std::vector<Verdict> verdicts;
  append(verdicts, check_layering(tree));
  append(verdicts, check_sizes(tree));
  append(verdicts, check_names(tree));
  append(verdicts, check_room_names(tree));
  append(verdicts, check_comments(tree));
  append(verdicts, check_links(tree));
  if (!xize.empty()) {
    append(verdicts, check_documents(tree, xize, reset));
    append(verdicts, check_pages(tree, xize));
  }

  std::size_t failed = 0;
  for (const auto& verdict : verdicts) {
    print(verdict);
    if (!verdict.findings.empty()) ++failed;
  }
  return support::close_run(verdicts.size() - failed, failed);
}

}  // namespace
}  // namespace xize::tidy

int main(int argc, char** argv) {
  const bool reset = argc == 4 && std::string_view(argv[3]) == "--reset";
  if (argc < 2 || (argc > 3 && !reset)) {
    std::cerr << "usage: xize_tidy ROOT [XIZE [--reset]]\n";
    return 2;
  }
  return xize::tidy::run(argv[1], argc > 2 ? argv[2] : "", reset);
}
