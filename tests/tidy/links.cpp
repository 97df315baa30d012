#include <filesystem>
#include <regex>

#include "tests/support/text.h"
#include "tests/tidy/rules.h"

namespace xize::tidy {
namespace {

namespace fs = std::filesystem;

bool leads_outside(const std::string& target) {
  return target.find("://") != std::string::npos || target.starts_with("mailto:");
}

void check_page(const SourceTree& tree, const SourceFile& page, Verdict& verdict) {
  static const std::regex kLink(R"(\]\(([^)#\s]+)(#[^)\s]*)?\))");
  bool fenced = false;
  const auto lines = support::split_lines(page.text);
  for (std::size_t k = 0; k < lines.size(); ++k) {
    if (support::trim(lines[k]).starts_with("```")) fenced = !fenced;
    if (fenced) continue;
    for (std::sregex_iterator it(lines[k].begin(), lines[k].end(), kLink), end; it != end; ++it) {
      const std::string target = (*it)[1];
      if (leads_outside(target)) continue;
      if (fs::exists((tree.root / page.path).parent_path() / target)) continue;
      verdict.findings.push_back({page.path, k + 1, "`" + target + "` is not there"});
    }
  }
}

}  // namespace

std::vector<Verdict> check_links(const SourceTree& tree) {
  Verdict verdict{"links", "a reader who follows a page arrives somewhere", {}, {}};
  for (const auto& page : tree.files) {
    if (page.path.ends_with(".md")) check_page(tree, page, verdict);
  }
  return {verdict};
}

}  // namespace xize::tidy
