// The suite's operations as exact rational arithmetic and one rounding.
// In: a case with finite operands. Out: the number and what rounding did to it, or why rationals
// have no such operation.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/rational.h"
#include "tests/oracles/decimal_case.h"

namespace xize::oracles {

// Empty for a mode this project does not have.
std::optional<value::Rounding> rounding_mode(std::string_view name);

// What an operation gives.
struct Answer {
  value::Rational number;
  // Whether rounding changed the value; empty for operations that do not say so.
  std::optional<bool> inexact;
  std::string_view skipped;  // why there is no answer, empty if there is one
};

// Operations the rooms have no counterpart of, as `operation`, lower case; empty if there is one.
std::string_view why_no_counterpart(const std::string& operation);

// The answer of `c`, its operands read.
Answer answer(const DecimalCase& c, const std::vector<Decimal>& operands, value::Rounding mode);

}  // namespace xize::oracles
