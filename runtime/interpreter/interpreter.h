// interpreter: the definition of the language. Slow, exact and obvious: every other engine is
// checked against it.
// In: a verified program, units, records, options. Out: the Outcome that engine.h describes.
// Cost: one evaluation of each op for each unit row, row or group; memory for the values of kept
// ops and of those that stages hand on, for each unit row.
#pragma once

#include "runtime/engine/engine.h"

namespace xize::interpreter {

// `units` may be marked faulty by `records` while it runs: a scan that finds an error in the data
// of a unit says so before populations are compared.
engine::Outcome run(const program::Program& program, const table::UnitTable& units,
                    engine::RecordSource& records, const engine::RunOptions& options);

}  // namespace xize::interpreter
