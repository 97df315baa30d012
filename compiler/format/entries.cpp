#include "compiler/format/entries.h"

namespace xize::format {
namespace {

// An entry that could not be read has no form; the caller does not print such trees.
void print(Page&, const ast::InvalidEntry&) {}

}  // namespace

void print_entry(Page& page, ast::EntryId id) {
  print_entry(page, page.module.entries[id].node);
}

void print_entry(Page& page, const ast::EntryNode& entry) {
  std::visit([&](const auto& node) { print(page, node); }, entry);
}

}  // namespace xize::format
