#include "compiler/format/fragment.h"

#include "compiler/format/entries.h"
#include "compiler/format/expressions.h"

namespace xize::format {
namespace {

// What `print` writes on a page without a file behind it.
template <class Print>
std::string on_a_page(const ast::Module& module, ast::Surface surface, const Print& print) {
  const source::File none("", "");
  Page page(module, none, surface);
  page.comments = Comments({});
  print(page);
  std::string text = page.sheet.take();
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

std::string fragment(const ast::Module& module, const ast::EntryNode& node, ast::Surface surface) {
  return on_a_page(module, surface, [&](Page& page) { print_entry(page, node); });
}

std::string fragment(const ast::Module& module, ast::ExprId expr, ast::Surface surface) {
  return on_a_page(module, surface, [&](Page& page) { print_expr(page, expr, Binding::Any); });
}

std::string fragment(const ast::Module& module, const ast::GroupExpr& group, ast::Surface surface) {
  return on_a_page(module, surface, [&](Page& page) { print_group(page, group, true); });
}

}  // namespace xize::format
