// Diagnostics as people and programs read them.
// In: a sink, a language. Out: UTF-8 text; nothing is written anywhere.
// Must hold: all three forms say the same: code, place, message, help, notes, fix.
#pragma once

#include <string>
#include <string_view>

#include "compiler/diagnostics/sink.h"

namespace xize::diagnostics {

// How text is rendered; colour is for a terminal that wants it.
struct TextStyle {
  Language language = Language::English;
  bool colour = false;
};

// One finding with its source lines, ending with a blank line. Columns count code points, carets
// stand under the characters also where these take two cells.
std::string render_text(const Diagnostic& diagnostic, TextStyle style);
// All findings by place, then the summary line.
std::string render_text(const Sink& sink, TextStyle style);

// `2 errors, 1 warning` or `2 个错误，1 个警告`; `no errors` where there is neither.
std::string summary_line(const Sink& sink, Language language);

// One JSON object for each finding, one on a line.
std::string render_json_lines(const Sink& sink, Language language);

// A SARIF 2.1.0 log with one run; `version` is the tool's.
std::string render_sarif(const Sink& sink, Language language, std::string_view version);

}  // namespace xize::diagnostics
