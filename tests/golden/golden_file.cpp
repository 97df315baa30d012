#include "tests/golden/golden_file.h"

#include "tests/support/text.h"

namespace xize::golden {
namespace {

constexpr std::string_view kRun = "# RUN:";
constexpr std::string_view kFile = "# ---- 文件 / file:";
constexpr std::string_view kOutput = "# ---- 输出 / output ----";

// `# text` is text, `#` an empty line.
std::string uncomment(std::string_view line) {
  if (line.starts_with("# ")) return std::string(line.substr(2));
  if (line.starts_with("#")) return std::string(line.substr(1));
  return std::string(line);
}

std::string_view next_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return line;
}

}  // namespace

GoldenFile parse(std::string_view text) {
  GoldenFile golden;
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto line_start = static_cast<std::size_t>(rest.data() - text.data());
    const auto line = next_line(rest);
    if (line == kOutput) {
      golden.before_output = text.substr(0, line_start);
      while (!rest.empty()) golden.expectation.push_back(uncomment(next_line(rest)));
      return golden;
    }
    if (line.starts_with(kFile)) {
      golden.files.emplace_back(support::trim(line.substr(kFile.size())), "");
    } else if (!golden.files.empty()) {
      golden.files.back().second += uncomment(line) + "\n";
    } else {
      if (line.starts_with(kRun)) golden.runs.emplace_back(support::trim(line.substr(kRun.size())));
      golden.source = text.substr(0, static_cast<std::size_t>(rest.data() - text.data()));
    }
  }
  golden.before_output = text;
  return golden;
}

std::string with_expectation(const GoldenFile& golden, const std::vector<std::string>& lines) {
  std::string text = golden.before_output;
  if (!text.empty() && text.back() != '\n') text += '\n';
  text += std::string(kOutput) + "\n";
  for (const auto& line : lines) text += line.empty() ? "#\n" : "# " + line + "\n";
  return text;
}

}  // namespace xize::golden
