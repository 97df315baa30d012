// syntax: from text to tree, through ANTLR, which nobody outside this room sees.
// In: a loaded file. Out: a Module; it always exists, what could not be read is an Invalid node and
// is reported once. Must hold: no exception leaves; limits on nesting, tokens and expressions.
// Cost: about 2 MB of Chinese text a second.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/ast/module.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/source/file.h"

namespace xize::syntax {

// Whether the worked examples of a policy are read; a run does without them, and faster.
enum class Examples : std::uint8_t { Read, LeftOut };

ast::Module parse(const source::File& file, diagnostics::Sink& sink,
                  Examples examples = Examples::Read);
// Reads the last part of the file, from the byte `begin` on; its entries join those of the module.
void parse_part(ast::Module& module, const source::File& file, std::uint32_t begin,
                diagnostics::Sink& sink);

// A place where ANTLR's exact detection finds two readings of one text.
struct Ambiguity {
  source::Span span;
  std::string rule;
};
// Parses with exact ambiguity detection (slow); empty for an unambiguous text.
std::vector<Ambiguity> find_ambiguities(const source::File& file);

// The tokens as `TYPE text`, one a line.
std::string print_tokens(const source::File& file);

}  // namespace xize::syntax
