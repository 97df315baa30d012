// Flags that `score` and `explain` share: the policy, the data, parameters, open rules.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "compiler/driver/scoring.h"
#include "tools/cli/session.h"

namespace xize::cli {

struct ScoringFlags {
  std::string policy;
  std::vector<std::string> data;
  std::vector<std::string> parameters;  // NAME=VALUE
  std::string unspecified = "error";
  std::string period;
};

void add_scoring_flags(CLI::App& command, const Session& session, ScoringFlags& flags);
// The request the flags make; a parameter without `=` has an empty value.
driver::ScoringRequest request_of(const ScoringFlags& flags, Session& session);
// True if the policy has this rubric, or none was asked for; else reported.
bool check_rubric(const driver::Compilation& compilation, const std::string& rubric,
                  Session& session);

// `--period all`.
bool means_all(const std::string& period);
// True if the data have this period, or none was asked for; else reported.
bool check_period(const driver::Scoring& scoring, const std::string& period, Session& session);

}  // namespace xize::cli
