// same_outcome: do two engines say the same, to the last digit and fault.
// In: the outcomes of one program over the same data. Out: the first difference, in words.
#pragma once

#include <string>

#include "runtime/engine/engine.h"

namespace xize::differential {

// Empty if they are the same.
std::string difference(const program::Program& program, const engine::Outcome& expected,
                       const engine::Outcome& found);

// A value as text, with its fault and where it was raised.
std::string value_text(const value::Value& v);

}  // namespace xize::differential
