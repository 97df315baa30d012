// Blocks: `{ … }` with one entry or row on each line, comments and blank lines kept.
// In: the items of a block and how to print one. Out: the block on the page.
// The rule: a block with a single item that opens no block of its own, has no comment and fits its
// line stands on one line, `head { item }`; every other block has a line for each item.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "compiler/ast/visit.h"
#include "compiler/format/page.h"

namespace xize::format {

// True when the expression, entry or row prints a block or a source quote somewhere inside.
bool opens_block(const ast::Module& module, ast::EntryId id);
bool opens_block(const ast::Module& module, ast::ExprId id);
template <class Part>
bool opens_block(const ast::Module& module, const Part& part) {
  using ast::for_each_child;  // or that of a line which is no part of the tree
  bool found = false;
  for_each_child(part, [&](auto id) { found = found || opens_block(module, id); });
  return found;
}

// Where an item stands in the file.
inline source::Span span_of(const Page& page, ast::EntryId id) {
  return page.module.entries[id].span;
}
template <class Row>
source::Span span_of(const Page&, const Row& row) {
  return row.span;
}

// True for `，否则…`, which stands on the line of the sentence that it belongs to.
bool continues_line(const Page& page, ast::EntryId id);
template <class Row>
bool continues_line(const Page&, const Row&) {
  return false;
}
// Behind the last item that stands on the line of the one at `first`.
template <class Items>
std::size_t line_end(const Page& page, const Items& items, std::size_t first) {
  std::size_t end = first + 1;
  while (end < items.size() && continues_line(page, items[end])) ++end;
  return end;
}

// The `}` that follows `from` in the file, comments skipped; at most the end of the entry.
std::uint32_t closing_brace(const Page& page, std::uint32_t from);

// The lines of one block as they are written: what came before decides on empty lines.
class Lines {
 public:
  explicit Lines(Page& page) : page_(page) {}

  // Own-line comments before `span`, then an empty line if the file had one. `whole`: also those
  // within the span, for an item that has no lines of its own to put them on.
  void before(source::Span span, bool whole);
  // Comments behind the item, up to `offset`; then the end of the line.
  void after(source::Span span, std::uint32_t offset);
  // The comments left up to the end of the block.
  void close(std::uint32_t offset);

 private:
  void separate(std::uint32_t begin);

  Page& page_;
  std::uint32_t last_end_ = 0;
  bool is_first_ = true;
};

// One item, as the entry at hand.
template <class Item, class Print>
void print_item(Page& page, const Item& item, const Print& print) {
  const source::Span outer = std::exchange(page.entry, span_of(page, item));
  print(item);
  page.entry = outer;
}

// The items of one line.
template <class Items, class Print>
void print_line(Page& page, const Items& line, const Print& print) {
  bool is_first = true;
  for (const auto& item : line) {
    if (!is_first) page.put(Comma{});
    print_item(page, item, print);
    is_first = false;
  }
}

// Items one below the other, up to `end` in the file.
template <class Items, class Print>
void print_lines(Page& page, const Items& items, std::uint32_t end, const Print& print) {
  Lines lines(page);
  for (std::size_t i = 0, last = 0; i < items.size(); i = last) {
    last = line_end(page, items, i);
    const auto span = source::join(span_of(page, items[i]), span_of(page, items[last - 1]));
    const std::uint32_t next =
        last < items.size() ? std::max(span_of(page, items[last]).begin, span.end) : end;
    lines.before(span, !opens_block(page.module, items[i]));
    print_line(page, std::span(items).subspan(i, last - i), print);
    lines.after(span, next);
  }
  lines.close(end);
}

// ` {`, the items, `}`; the head stands on the open line.
template <class Items, class Print>
void print_block(Page& page, const Items& items, const Print& print) {
  const std::uint32_t last = items.empty() ? page.entry.end : span_of(page, items.back()).end;
  const std::uint32_t end = items.empty() ? last : closing_brace(page, last);
  const bool has_comment = page.comments.any_before(end);
  if (items.empty() && !has_comment) return page.put(" {}");
  const bool is_one_line = !items.empty() && line_end(page, items, 0) == items.size();
  if (is_one_line && !has_comment && !opens_block(page.module, items[0])) {
    const auto mark = page.sheet.mark();
    page.put(" { ");
    print_line(page, items, print);
    page.sheet.put(" }");
    if (page.sheet.open_line_fits()) return;
    page.sheet.go_back(mark);
  }
  page.put(" {");
  const std::uint32_t first = items.empty() ? end : span_of(page, items[0]).begin;
  while (const auto* comment = page.comments.next_trailing(first)) {
    page.sheet.add_comment(comment->text);
  }
  page.sheet.end_line();
  page.sheet.indent();
  print_lines(page, items, end, print);
  page.sheet.dedent();
  page.put("}");
}

// A block of entries.
void print_entries(Page& page, const std::vector<ast::EntryId>& entries);

}  // namespace xize::format
