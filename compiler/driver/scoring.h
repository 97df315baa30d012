// Scoring: a checked policy and data files to an outcome.
// In: a sound Compilation, what to read, parameters. Out: the program, the data and the outcome
// together, and findings: problems of the data, checks that fail, items that could not be computed.
// Must hold: records are folded as they are read; what the sink says has a place and a remedy.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/compilation.h"
#include "compiler/driver/engine_choice.h"
#include "compiler/driver/picked_rows.h"
#include "compiler/driver/stage_clock.h"
#include "compiler/lower/lower.h"
#include "runtime/blockwise/blockwise.h"
#include "runtime/engine/engine.h"
#include "runtime/io/data_set.h"

namespace xize::driver {

class RemoteRecords;

// What to score with.
struct ScoringRequest {
  std::vector<std::string> data;                                   // folders or files
  std::vector<std::pair<std::string, std::string>> parameters;     // name, text
  lower::UnspecifiedMode unspecified = lower::UnspecifiedMode::Error;
  std::string seed;                                                // for samples without a list
  std::string records;                                             // URL of a database, or blank
  int records_timeout = 0;                                         // seconds a query; 0: an hour
  std::vector<std::string> trace_units;                            // keep every value of these
  Engine engine = Engine::Auto;
  bool only_results = false;                                       // keep no steps on the way
  bool keep_records = false;                                       // hold them, to score again
  std::function<void(const engine::Progress&)> progress;
};

// A run and what it was made of.
struct Scoring {
  lower::Lowered lowered;
  std::shared_ptr<RemoteRecords> remote;  // where the request names a database
  io::DataSet data;
  std::vector<std::optional<value::Value>> parameters;  // by slot
  std::vector<table::Table> records;   // by table of the schema; empty unless they were to be kept
  engine::Outcome outcome;
  std::vector<blockwise::StageReport> stages;  // how blocks computed each; empty: all interpreted
  EngineChoice engine;
  std::vector<StageCost> costs;        // by stage
  std::chrono::nanoseconds reading{};  // the time to read the units
  std::vector<RowsByLine> taken;       // the records that a selection took, by row selection
};

// Null where nothing could be scored: no readable unit table, a parameter without a value, an
// unknown unit asked for; each is reported.
std::unique_ptr<Scoring> score(const Compilation& compilation, const ScoringRequest& request,
                               diagnostics::Sink& sink);

// Reports the faults of the items, sections and totals of unit rows, once for each cause; what the
// policy leaves open once for all units.
void report_faults(const Compilation& compilation, const Scoring& scoring,
                   const std::vector<std::size_t>& rows, diagnostics::Sink& sink);

// The working-day calendar that comes with the program.
const builtins::WorkdayCalendar& calendar();

}  // namespace xize::driver
