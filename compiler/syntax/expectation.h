// What was expected, in words: one short form for each rule that a reader would recognise.
#pragma once

#include <antlr4-runtime.h>

#include "compiler/diagnostics/argument.h"

namespace xize::syntax {

// The form of the innermost rule around `context` that has one.
diagnostics::Term expectation(const antlr4::ParserRuleContext* context);
// What is missing before a comparison that begins a sentence.
diagnostics::Term missing_measure();
// Rules whose errors end with the entry.
bool is_entry_rule(std::size_t rule);
// Rules that list entries separated by line ends.
bool is_list_rule(std::size_t rule);

}  // namespace xize::syntax
