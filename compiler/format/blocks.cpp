#include "compiler/format/blocks.h"

#include <string_view>
#include <variant>

#include "compiler/format/entries.h"

namespace xize::format {
namespace {

bool is_block(const ast::ExprNode& node) {
  return std::holds_alternative<ast::Case>(node) || std::holds_alternative<ast::TierValue>(node);
}

bool is_block(const ast::Clause& clause) {
  if (const auto* judge = std::get_if<ast::JudgeScale>(&clause.scale)) {
    return !judge->levels.empty();
  }
  return std::holds_alternative<ast::LinearScale>(clause.scale) ||
         std::holds_alternative<ast::TierScale>(clause.scale) ||
         std::holds_alternative<ast::RankScale>(clause.scale) ||
         std::holds_alternative<ast::ChecklistScale>(clause.scale);
}

template <class Node>
bool is_block(const Node& node) {
  using namespace ast;
  if constexpr (std::is_same_v<Node, ast::Node>) {
    return !node.entries.empty() || node.kind != NodeKind::Item;
  } else if constexpr (std::is_same_v<Node, Ordered> || std::is_same_v<Node, Policy>) {
    return !node.entries.empty();
  } else if constexpr (std::is_same_v<Node, Sample>) {
    return !node.columns.empty();
  } else if constexpr (std::is_same_v<Node, Grade>) {
    return !node.rows.empty();
  }
  return std::is_same_v<Node, Table> || std::is_same_v<Node, Lookup> ||
         std::is_same_v<Node, Claims> || std::is_same_v<Node, Method> ||
         std::is_same_v<Node, When> || std::is_same_v<Node, Together> ||
         std::is_same_v<Node, Pick> || std::is_same_v<Node, Quote> ||
         std::is_same_v<Node, Amends> || std::is_same_v<Node, Test> ||
         std::is_same_v<Node, Property>;
}

std::string_view trailing_blanks(std::string_view text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? text : text.substr(last + 1);
}

std::size_t count_newlines(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

bool opens_block(const ast::Module& module, ast::ExprId id) {
  const auto& node = module.exprs[id].node;
  return is_block(node) || opens_block<ast::ExprNode>(module, node);
}

bool opens_block(const ast::Module& module, ast::EntryId id) {
  const auto& node = module.entries[id].node;
  return std::visit([](const auto& alternative) { return is_block(alternative); }, node) ||
         opens_block<ast::EntryNode>(module, node);
}

bool continues_line(const Page& page, ast::EntryId id) {
  if (!page.zh()) return false;
  auto before = page.file.text().substr(0, span_of(page, id).begin);
  before.remove_suffix(trailing_blanks(before).size());
  return before.ends_with("，") || before.ends_with(",");
}

std::uint32_t closing_brace(const Page& page, std::uint32_t from) {
  const std::string_view text = page.file.text();
  for (std::uint32_t i = from; i < page.entry.end && i < text.size(); ++i) {
    const auto rest = text.substr(i);
    if (rest.front() == '}' || rest.starts_with("｝")) return i;
    if (rest.front() == '#' || rest.starts_with("＃")) {
      const auto line_end = rest.find('\n');
      if (line_end == std::string_view::npos) break;
      i += static_cast<std::uint32_t>(line_end);
    }
  }
  return std::max(from, page.entry.end);
}

void Lines::separate(std::uint32_t begin) {
  const std::string_view text = page_.file.text();
  if (begin > text.size()) return;
  // Before the first item only the blanks behind `{` or its comment count.
  const std::string_view before =
      is_first_ ? trailing_blanks(text.substr(0, begin))
                : text.substr(std::min(last_end_, begin), begin - std::min(last_end_, begin));
  if (count_newlines(before) > 1) page_.sheet.blank_line();
  is_first_ = false;
}

void Lines::before(source::Span span, bool whole) {
  while (const auto* comment = page_.comments.next_own_line(whole ? span.end : span.begin)) {
    separate(comment->span.begin);
    page_.sheet.add_comment(comment->text);
    page_.sheet.end_line();
    last_end_ = comment->span.end;
  }
  separate(span.begin);
}

void Lines::after(source::Span span, std::uint32_t offset) {
  last_end_ = span.end;
  while (const auto* comment = page_.comments.next_trailing(offset)) {
    page_.sheet.add_comment(comment->text);
    last_end_ = std::max(last_end_, comment->span.end);
  }
  page_.sheet.end_line();
}

void Lines::close(std::uint32_t offset) {
  while (const auto* comment = page_.comments.next_own_line(offset)) {
    separate(comment->span.begin);
    page_.sheet.add_comment(comment->text);
    page_.sheet.end_line();
    last_end_ = comment->span.end;
  }
}

void print_entries(Page& page, const std::vector<ast::EntryId>& entries) {
  print_block(page, entries, [&](ast::EntryId id) { print_entry(page, id); });
}

}  // namespace xize::format
