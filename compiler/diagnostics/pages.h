// The page of each code, built into the program from compiler/diagnostics/pages.
// In: a code. Out: its explanation with a failing and a mended example, as Markdown.
// Must hold: a page for every code, in both languages, and no page without a code.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "compiler/diagnostics/argument.h"

namespace xize::diagnostics {

// One file of the pages folder.
struct Page {
  std::string_view code;
  std::string_view markdown;
};

// All pages in the order of their codes.
std::span<const Page> pages();

// The whole page of a code, both languages; empty for an unknown code.
std::string_view page(std::string_view code);

// A section of a page (`English`, `中文`, `Example`) without its heading and outer blank lines.
std::string_view page_section(std::string_view markdown, std::string_view heading);

// The page of a code in one language: heading with the message, explanation, example; empty for an
// unknown code.
std::string page_text(std::string_view code, Language language);

}  // namespace xize::diagnostics
