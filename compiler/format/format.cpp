#include "compiler/format/format.h"

#include "compiler/format/blocks.h"
#include "compiler/format/entries.h"

namespace xize::format {

std::string to_text(const ast::Module& module, const source::File& file, const Options& options) {
  Page page(module, file, options.surface.value_or(module.surface));
  const auto end = static_cast<std::uint32_t>(file.text().size()) + 1;
  page.entry.end = end;
  print_lines(page, module.top, end, [&](ast::EntryId id) { print_entry(page, id); });
  return page.sheet.take();
}

}  // namespace xize::format
