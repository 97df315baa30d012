// What a stage made of a policy, as text for whoever works on the compiler.
#pragma once

#include <string>
#include <string_view>

#include "compiler/driver/compilation.h"

namespace xize::driver {

// `stage` is tokens, parse or program; a policy with errors has no program.
std::string print_stage(const Compilation& compilation, std::string_view stage);

}  // namespace xize::driver
