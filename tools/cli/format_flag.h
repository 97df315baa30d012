// The flag `--format` that every reporting command has.
#pragma once

#include <vector>

#include <CLI/CLI.hpp>

#include "tools/cli/session.h"

namespace xize::cli {

// Adds `--format` with the formats this command knows; the first is the default.
CLI::Option* add_format_flag(CLI::App& command, const Session& session, Format& format,
                             const std::vector<Format>& known);

}  // namespace xize::cli
