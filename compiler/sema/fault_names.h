// The names under which a test expects a fault, in both languages: grammar/keywords.def.
// In: `division by zero`, `除数为零`. Out: the kind of fault.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/value/value.h"

namespace xize::sema {

std::optional<value::FaultKind> fault_named(std::string_view name);
// The name a fault is printed by: the first of its spellings in the language.
std::string_view fault_words(value::FaultKind kind, bool chinese);

}  // namespace xize::sema
