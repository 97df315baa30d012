// Wrong flags and arguments as diagnostics, in the language of the session.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "tools/cli/session.h"

namespace xize::cli {

// The text that `--help` or `--version` asked for.
std::string help_or_version(const CLI::App& app);
// Reports what the parser refused, with the nearest flag or command, and sets Exit::WrongUse.
void report_usage_error(const CLI::ParseError& error, const CLI::App& app, Session& session);

}  // namespace xize::cli
