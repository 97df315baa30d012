// emit: a checked policy as SQL, a view for each rubric.
// In: a sound Compilation, the dialect. Out: the text of the views, each result with a comment that
// names and quotes what it is; what the dialect cannot say exactly is left out and reported.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/compilation.h"
#include "compiler/lower/lower.h"

namespace xize::driver {

// What to emit for.
struct EmitRequest {
  std::string dialect;  // postgresql, clickhouse, duckdb, sqlite
  std::vector<std::pair<std::string, std::string>> parameters;  // name, text
  lower::UnspecifiedMode unspecified = lower::UnspecifiedMode::Error;
};

// The views of all rubrics. Empty where a parameter is wrong or nothing of any rubric can be said;
// a rubric that cannot is reported and left out.
std::optional<std::string> emit_sql(const Compilation& compilation, const EmitRequest& request,
                                    diagnostics::Sink& sink);

}  // namespace xize::driver
