// What commands about one unit share: its flags, and the run with its row.
#pragma once

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "tools/cli/scoring_flags.h"

namespace xize::cli {

struct UnitFlags : ScoringFlags {
  std::string unit;
  Format format = Format::Text;
  std::string output;
};

// The flags of scoring, `--unit`, `--format text|json` and `-o`.
void add_unit_flags(CLI::App& command, const Session& session, UnitFlags& flags);

// A scored policy whose records were kept, and the row that is meant.
struct UnitRun {
  std::unique_ptr<driver::Compilation> compilation;
  std::unique_ptr<driver::Scoring> scoring;  // null: why was reported
  std::size_t row = 0;
};
UnitRun run_for_unit(const UnitFlags& flags, Session& session);

// The policy and its run over the data with records kept, for all units.
UnitRun run_keeping_records(const ScoringFlags& flags, const std::vector<std::string>& trace,
                            Session& session);

// The period asked for, else the last one among the traced rows; what is left out is said.
std::string period_shown(const std::string& asked, const driver::Scoring& scoring,
                         Session& session);

}  // namespace xize::cli
