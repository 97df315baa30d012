// Faults that lower rooms hand up as values, turned into diagnostics.
// In: a source::LoadError or a value::FaultKind. Out: the row that belongs to it, reported.
#pragma once

#include <string_view>

#include "compiler/diagnostics/sink.h"
#include "compiler/source/file.h"
#include "runtime/value/value.h"

namespace xize::diagnostics {

// Reports why a policy file could not be loaded; a misspelt path suggests its neighbours.
Draft report_load_error(Sink& sink, const source::LoadError& error);

// What a fault of scoring belongs to: a unit, and the item, section or measure that failed for it.
struct FaultyNode {
  std::string_view unit;
  std::string_view node;
  std::size_t others = 0;  // further units with the same fault
};

// Reports a fault while scoring at the place of the operation that raised it; a bad cell was
// reported where it stands.
void report_fault(Sink& sink, value::FaultKind fault, Location where, FaultyNode node);

}  // namespace xize::diagnostics
