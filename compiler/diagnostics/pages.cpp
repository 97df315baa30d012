#include "compiler/diagnostics/pages.h"

#include <algorithm>

#include "compiler/diagnostics/kinds.h"
#include "compiler/diagnostics/render_words.h"

namespace xize::diagnostics {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of('\n');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of('\n') - begin + 1);
}

}  // namespace

std::string_view page(std::string_view code) {
  const auto all = pages();
  const auto found = std::ranges::find(all, code, &Page::code);
  return found == all.end() ? std::string_view() : found->markdown;
}

std::string_view page_section(std::string_view markdown, std::string_view heading) {
  const auto title = "\n## " + std::string(heading) + "\n";
  const auto at = markdown.find(title);
  if (at == std::string_view::npos) return {};
  const auto body = markdown.substr(at + title.size());
  return trimmed(body.substr(0, body.find("\n## ")));
}

std::string page_text(std::string_view code, Language language) {
  const auto markdown = page(code);
  const Row* known = find_code(code);
  if (markdown.empty() || known == nullptr) return {};
  const bool chinese = language == Language::Chinese;
  std::string out = "# " + std::string(code) + (chinese ? "：" : ": ");
  out += template_text(known->message.in(language)) + "\n\n";
  out += std::string(page_section(markdown, chinese ? "中文" : "English")) + "\n\n";
  out += chinese ? "## 示例\n\n" : "## Example\n\n";
  return out + std::string(page_section(markdown, "Example")) + "\n";
}

}  // namespace xize::diagnostics
