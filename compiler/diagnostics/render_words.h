// The words of one diagnostic in one language: templates of its row filled with its arguments.
// In: a diagnostic. Out: plain UTF-8 lines without place or colour.
#pragma once

#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostic.h"

namespace xize::diagnostics {

// The message, one line.
std::string message_text(const Diagnostic& diagnostic, Language language);
// What to do, one line.
std::string help_text(const Diagnostic& diagnostic, Language language);
// The message of a secondary place, one line.
std::string note_text(const Related& related, Language language);
// "did you mean `a` or `b`?", or empty where nothing is suggested.
std::string suggestion_text(const Diagnostic& diagnostic, Language language);
// The words of a row that nobody has reported: its placeholders become `…`.
std::string template_text(std::string_view text);

}  // namespace xize::diagnostics
