// skeleton: the files of a new policy, that check, test and score as they are.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/diagnostics/argument.h"

namespace xize::driver {

// Paths in the folder of the new policy, and their texts.
std::vector<std::pair<std::string, std::string>> skeleton_files(diagnostics::Language language);

}  // namespace xize::driver
