// Flags that commands over data share: the policy, the data, parameters, open rules, the seed.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "compiler/driver/scoring.h"
#include "tools/cli/session.h"

namespace xize::cli {

// What every command that reads data is told.
struct DataFlags {
  std::string policy;
  std::string as_of;                    // a day; empty: the policy itself
  std::vector<std::string> data;
  std::vector<std::string> parameters;  // NAME=VALUE
};
struct ScoringFlags : DataFlags {
  std::string unspecified = "error";
  std::string period;
  std::string seed;
};

// Where records are read from, if not from files.
struct RecordsFlags {
  std::string url;
  int timeout = 0;  // seconds; 0: the usual
};

void add_records_flags(CLI::App& command, const Session& session, RecordsFlags& flags);
// `--parameter` and `--unspecified`, each alone; the next two add them with the rest.
void add_parameter_flag(CLI::App& command, const Session& session, DataFlags& flags);
void add_unspecified_flag(CLI::App& command, const Session& session, ScoringFlags& flags);
// The policy, its version and its parameters; then the data, too.
void add_policy_flags(CLI::App& command, const Session& session, DataFlags& flags);
void add_data_flags(CLI::App& command, const Session& session, DataFlags& flags);
void add_scoring_flags(CLI::App& command, const Session& session, ScoringFlags& flags);
// The policy, or of its versions the one that `--as-of` asks for; null when that was reported.
std::unique_ptr<driver::Compilation> compile(const DataFlags& flags, Session& session);
// Names and texts; a parameter without `=` has an empty value.
std::vector<std::pair<std::string, std::string>> parameters_of(const DataFlags& flags);
// True if the text can be a seed, or is blank; else reported as wrong use.
bool check_seed(const std::string& seed, Session& session);
// What shows progress while a person watches; empty otherwise.
std::function<void(const engine::Progress&)> progress_line(Session& session);
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
