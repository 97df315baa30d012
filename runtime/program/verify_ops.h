// verify_ops: each op against its row of ops.def, without regard to stages.
#pragma once

#include <string>
#include <vector>

#include "runtime/program/program.h"

namespace xize::program {

void verify_ops(const Program& program, std::vector<std::string>& out);

}  // namespace xize::program
