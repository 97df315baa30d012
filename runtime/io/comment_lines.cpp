#include "runtime/io/comment_lines.h"

#include <memory>
#include <string_view>
#include <utility>

#include "runtime/io/csv_reader.h"
#include "runtime/io/text_decoder.h"

namespace xize::io {
namespace {

std::variant<std::string, ReadFault> read_head(ByteSource& bytes) {
  TextDecoder decoder;
  std::string text;
  std::vector<char> chunk(kChunkBytes);
  while (text.size() < kPreambleBytesMax) {
    const auto result = bytes.read(chunk);
    if (const auto* fault = std::get_if<ReadFault>(&result)) return *fault;
    const std::size_t count = std::get<std::size_t>(result);
    const std::string_view read(chunk.data(), count);
    const auto bad = count > 0 ? decoder.feed(read, text) : decoder.finish(text);
    if (bad) return ReadFault{bad->kind, {}};
    if (count == 0) break;
  }
  return text;
}

// `"# a ""b""",,` as it was before a spreadsheet saved it; nothing if the line is no comment.
std::string comment_in(std::string_view line) {
  while (!line.empty() && std::string_view(",;\t\r ").find(line.back()) != line.npos) {
    line.remove_suffix(1);
  }
  const bool quoted = line.size() > 1 && line.front() == '"' && line.back() == '"';
  if (quoted) line = line.substr(1, line.size() - 2);
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    text += line[i];
    if (quoted && line[i] == '"') ++i;
  }
  return text.starts_with('#') ? text.substr(1) : std::string();
}

}  // namespace

std::variant<std::vector<std::string>, ReadFault> read_comment_lines(const std::string& path) {
  auto opened = open_file(path);
  if (auto* fault = std::get_if<ReadFault>(&opened)) return std::move(*fault);
  auto head = read_head(*std::get<std::unique_ptr<ByteSource>>(opened));
  if (auto* fault = std::get_if<ReadFault>(&head)) return std::move(*fault);
  std::vector<std::string> comments;
  std::string_view rest = std::get<std::string>(head);
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    std::string comment = comment_in(line);
    if (!comment.empty()) comments.push_back(std::move(comment));
    else if (line.find_first_not_of("\r \t,;") != line.npos) break;
  }
  return comments;
}

}  // namespace xize::io
