// print: a program as readable text, stage by stage, then what its ops mean.
// Out: one line for each op, `%7 = div %3 %5`, with the names of columns, constants and units.
#pragma once

#include <string>

#include "runtime/program/program.h"

namespace xize::program {

std::string print(const Program& program);

// A value as printed programs and traces show it.
std::string print_value(const Program& program, const value::Value& value);

// The name of a fault: `DivisionByZero`.
std::string_view name(value::FaultKind kind);

}  // namespace xize::program
