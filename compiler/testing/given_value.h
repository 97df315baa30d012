// given_value: what a test writes for a cell, as the value a data file would have given.
// In: an expression and its column. Out: the value in the column's own unit, or the problem.
// Must hold: what the schema refuses in a file it refuses here.
#pragma once

#include <optional>
#include <variant>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/driver/compilation.h"
#include "compiler/lower/lower.h"

namespace xize::testing {

using GivenValue = std::variant<value::Value, diagnostics::Diagnostic>;

// A column of the model, and the schema its cells follow.
struct GivenColumn {
  const sema::Column& column;
  const table::ColumnSchema& schema;
};

GivenValue given_value(const driver::Compilation& compilation, base::StringPool& strings,
                       const GivenColumn& column, ast::ExprId expr);

}  // namespace xize::testing
