// The names under which a test expects a fault, in both languages.
// In: `division by zero`, `除数为零`. Out: the kind of fault.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "runtime/value/value.h"

namespace xize::sema {

// Blanks between words do not matter.
std::optional<value::FaultKind> fault_named(std::string_view name);
// All names in one language.
std::vector<std::string_view> fault_names(bool chinese);

}  // namespace xize::sema
