// Flags that `score` and `explain` share: the policy, the data, parameters, open rules.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "compiler/driver/scoring.h"
#include "tools/cli/session.h"

namespace xize::cli {

struct ScoringFlags {
  std::string policy;
  std::string as_of;                    // a day; empty: the policy itself
  std::vector<std::string> data;
  std::vector<std::string> parameters;  // NAME=VALUE
  std::string unspecified = "error";
};

void add_scoring_flags(CLI::App& command, const Session& session, ScoringFlags& flags);
// The policy, or of its versions the one that `--as-of` asks for; null when that was reported.
std::unique_ptr<driver::Compilation> compile(const ScoringFlags& flags, Session& session);
// The request the flags make; a parameter without `=` has an empty value.
driver::ScoringRequest request_of(const ScoringFlags& flags, Session& session);
// True if the policy has this rubric, or none was asked for; else reported.
bool check_rubric(const driver::Compilation& compilation, const std::string& rubric,
                  Session& session);

}  // namespace xize::cli
