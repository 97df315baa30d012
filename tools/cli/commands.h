// The commands of the program; each adds itself and its flags to the application.
#pragma once

#include <CLI/CLI.hpp>

#include "tools/cli/session.h"

namespace xize::cli {

void add_check(CLI::App& app, Session& session);
void add_fmt(CLI::App& app, Session& session);
void add_score(CLI::App& app, Session& session);
void add_explain(CLI::App& app, Session& session);
void add_whatif(CLI::App& app, Session& session);
void add_improve(CLI::App& app, Session& session);
void add_sensitivity(CLI::App& app, Session& session);
void add_reach(CLI::App& app, Session& session);
void add_verify(CLI::App& app, Session& session);
void add_test(CLI::App& app, Session& session);
void add_sample(CLI::App& app, Session& session);
void add_diff(CLI::App& app, Session& session);
void add_emit(CLI::App& app, Session& session);
void add_new(CLI::App& app, Session& session);
void add_template(CLI::App& app, Session& session);
void add_completion(CLI::App& app, Session& session);

}  // namespace xize::cli
