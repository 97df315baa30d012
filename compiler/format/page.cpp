#include "compiler/format/page.h"

#include <algorithm>

#include "compiler/format/expressions.h"

namespace xize::format {

const ast::NumberLit* Page::literal(ast::ExprId id) const {
  return id.valid() ? std::get_if<ast::NumberLit>(&node(id)) : nullptr;
}

std::string_view Page::found(Keyword keyword, source::Span within) const {
  const bool in_file = within.begin < within.end && within.end <= file.text().size();
  return in_file ? words.found_in(file.slice(within), keyword) : std::string_view{};
}

std::string_view Page::found_before(Keyword keyword, std::uint32_t end) const {
  const std::string_view whole = file.text();
  const auto text = whole.substr(0, std::min<std::size_t>(end, whole.size()));
  const auto last = text.find_last_not_of(" \t");
  if (last == std::string_view::npos) return {};
  return words.found_at(text.substr(0, last + 1), keyword, true);
}

std::string_view Page::found_behind(Keyword keyword, std::uint32_t begin) const {
  const std::string_view text = file.text();
  const auto first = text.find_first_not_of(" \t", std::min<std::size_t>(begin, text.size()));
  return first == std::string_view::npos ? std::string_view{}
                                         : words.found_at(text.substr(first), keyword, false);
}

void Page::put_piece(const Written& word) {
  const std::string_view as_written = found(word.keyword, word.within);
  const std::string_view usual = word.usual.empty() ? words(word.keyword) : word.usual;
  sheet.put(as_written.empty() ? usual : as_written);
}

Written Page::head(Keyword keyword) const {
  const std::string_view file_text = file.text();
  const auto text = file_text.substr(std::min<std::size_t>(entry.begin, file_text.size()));
  const auto end = std::min(text.find_first_of(" \t\r\n{(\""), text.size());
  return {keyword, {entry.begin, entry.begin + static_cast<std::uint32_t>(end)}};
}

void Page::put_piece(Value value) { print_expr(*this, value.id, value.binding); }

void Page::put_piece(const Called& called) {
  const std::string& text = called.name.text;
  const bool at_head = sheet.at_line_start() && called.place == NamePlace::Operand;
  const NamePlace where = at_head ? NamePlace::Head : called.place;
  if (!needs_quotes(text, where)) return sheet.put(text);
  const bool in_curly = called.label && zh() && has_paired_quotes(text);
  if (in_curly || text.find('`') != std::string::npos) return sheet.put(quoted(text, zh()));
  put("`", text, "`");
}

void Page::put_piece(Quoted text) { sheet.put(quoted(text.text, zh())); }

void put_names(Page& page, const std::vector<ast::Name>& names, bool labels) {
  put_list(page, names, [&](const ast::Name& name) {
    page.put(Called{name, NamePlace::Declared, labels});
  });
}

void put_values(Page& page, const std::vector<ast::ExprId>& values, Binding binding) {
  put_list(page, values, [&](ast::ExprId id) { page.put(Value{id, binding}); });
}

void put_strings(Page& page, const std::vector<std::string>& texts) {
  put_list(page, texts, [&](const std::string& text) { page.put(Quoted{text}); });
}

bool has_paired_quotes(std::string_view text) {
  constexpr std::string_view kOpen = "“", kClose = "”";
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto rest = text.substr(i);
    if (rest.front() == '\n' || rest.front() == '\r') return false;
    if (rest.starts_with(kOpen)) ++depth;
    if (rest.starts_with(kClose) && --depth < 0) return false;
  }
  return depth == 0;
}

std::string quoted(std::string_view text, bool chinese) {
  const bool in_ascii = text.find('"') == std::string_view::npos;
  const bool in_curly = has_paired_quotes(text);
  if (in_curly && (chinese || !in_ascii)) return "“" + std::string(text) + "”";
  return "\"" + std::string(text) + "\"";
}

}  // namespace xize::format
