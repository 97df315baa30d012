// The names under which a test expects a fault, in both languages: grammar/keywords.def.
// In: `division by zero`, `除数为零`. Out: the kind of fault.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/value/value.h"

namespace xize::sema {

std::optional<value::FaultKind> fault_named(std::string_view name);

}  // namespace xize::sema
