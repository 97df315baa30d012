// Sampling: a checked policy and data to the lists that inspectors look at (language §8).
// In: a sound Compilation, data, a seed. Out: for each sample the rows that were drawn, and what is
// needed to draw them again.
// Must hold: the same policy, data, seed and earlier lists give the same lists on every machine and
// in whatever order the rows stand. Rows that are drawn from are held in memory.
//
// The lot of a row is the SHA-256 of five lines: the seed, the name of the sample, the unit, the
// period (blank without one) and the row's key; the smallest lots are drawn. The ending of a
// sample at equal steps is, where the policy leaves it open, the SHA-256 of the first two of these
// lines as a number modulo the step.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/compilation.h"
#include "compiler/lower/lower.h"
#include "runtime/engine/engine.h"
#include "runtime/io/data_set.h"

namespace xize::driver {

// What to draw from, and how.
struct SamplingRequest {
  std::vector<std::string> data;                                // folders or files
  std::vector<std::pair<std::string, std::string>> parameters;  // name, text
  std::string seed;                                             // digits: normal_seed
  std::vector<std::string> samples;                             // only these; empty: all
  std::string period;              // as a cell says it; empty: the last period of the data
  std::vector<std::string> after;  // earlier lists, the oldest first: files, or folders of lists
  std::function<void(const engine::Progress&)> progress;
};

// How many rows of a unit might be drawn, and how many were.
struct UnitDraw {
  std::string unit;
  std::size_t rows = 0;
  std::size_t drawn = 0;
};

// One row of a list: where it stands in the records it was drawn from, and its cells as texts.
struct ListRow {
  std::string unit;
  std::string key;      // its key cells, one a line
  std::uint64_t line = 0;
  std::vector<std::string> cells;  // by column of the list
};

// What was drawn for one sample.
struct SampleList {
  std::string name, from;
  std::vector<std::string> columns;       // of the list: those of the records, then its own
  std::optional<value::Rational> ending;  // of a sample at equal steps
  bool ending_drawn = false;              // the policy leaves it open
  std::string data;                       // a digest of all rows that might be drawn
  std::uint32_t after = 0;                // earlier lists that were taken into account
  std::vector<UnitDraw> units;            // in the order of the data
  std::vector<ListRow> rows;              // in the order of the data
};

// The lists of one draw.
struct Sampling {
  std::string policy;
  std::string seed, period;  // period: blank without one
  std::vector<std::string> samples, after;  // as the request has them
  std::vector<SampleList> lists;
};

// Null where something is wrong with the data or the request; each thing is reported.
std::unique_ptr<Sampling> draw_samples(const Compilation& compilation,
                                       const SamplingRequest& request, diagnostics::Sink& sink);

// One draw for each period of the data, in order. Empty where one cannot be drawn.
std::vector<Sampling> draw_every_period(const Compilation& compilation,
                                        const SamplingRequest& request, diagnostics::Sink& sink);

// Draws again what a list says of itself (its sample, seed and period replace those of the request)
// and reports how the list and the draw differ. Null where it cannot be drawn.
std::unique_ptr<Sampling> replay_list(const Compilation& compilation, SamplingRequest request,
                                      const std::string& path, diagnostics::Sink& sink);

// A seed as it counts: 1 to 20 digits, without zeros in front. Empty if it is none.
std::string normal_seed(std::string_view text);

}  // namespace xize::driver
