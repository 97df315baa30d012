// Flags that many commands have: `--format`, `-o`, and the policies they read.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "tools/cli/session.h"

namespace xize::cli {

// Adds `--format` with the formats this command knows; the first is the default.
CLI::Option* add_format_flag(CLI::App& command, const Session& session, Format& format,
                             const std::vector<Format>& known);
// Adds `-o, --output` with a file.
void add_output_flag(CLI::App& command, const Session& session, std::string& output);
// Adds one or more policies, each a file or a folder.
void add_policies(CLI::App& command, const Session& session, std::vector<std::string>& policies);

}  // namespace xize::cli
