// The rules: what each protects is said in its verdict.
// In: the tree. Out: one verdict for each rule; no findings means that it holds.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/tidy/source_tree.h"

namespace xize::tidy {

// Includes: the table of `compiler/README.md`, foreign libraries, link lines, cycles.
std::vector<Verdict> check_layering(const SourceTree& tree);
// Lines of functions and files, parameters, columns.
std::vector<Verdict> check_sizes(const SourceTree& tree);
// Names of files, folders, types and namespaces; what stands at the top level.
std::vector<Verdict> check_names(const SourceTree& tree);
// What two files of a room call by one name, each in an unnamed namespace.
std::vector<Verdict> check_room_names(const SourceTree& tree);
// Comments on header types; promises instead of code.
std::vector<Verdict> check_comments(const SourceTree& tree);
// Links of the pages to files of the tree.
std::vector<Verdict> check_links(const SourceTree& tree);
// Runs the fenced blocks of every page with `xize` on the PATH; one verdict for each block. With
// `reset`, the pages are rewritten to show what their commands print.
std::vector<Verdict> check_documents(const SourceTree& tree, const std::filesystem::path& xize,
                                     bool reset);
// Runs the failing and the mended example of every message's page; one verdict for each page.
std::vector<Verdict> check_pages(const SourceTree& tree, const std::filesystem::path& xize);

}  // namespace xize::tidy
