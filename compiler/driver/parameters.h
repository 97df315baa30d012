// Parameters of a run: the texts of the command line as values of the program's slots.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/diagnostics/sink.h"
#include "runtime/program/program.h"

namespace xize::driver {

// False if one is unknown, cannot be read, or has neither a value nor a default; all are reported.
bool read_parameters(program::Program& program,
                     const std::vector<std::pair<std::string, std::string>>& given,
                     std::vector<std::optional<value::Value>>& values, diagnostics::Sink& sink);

}  // namespace xize::driver
